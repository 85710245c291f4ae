CREATE TABLE "identities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"provider_id" uuid NOT NULL,
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"user_id" uuid NOT NULL,
	"claims" jsonb NOT NULL,
	"last_sign_in_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "identities_subject" UNIQUE("provider_id","issuer","subject")
);
--> statement-breakpoint
CREATE TABLE "identity_providers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"key_version" integer DEFAULT 2 NOT NULL,
	"kind" text NOT NULL,
	"preset" text NOT NULL,
	"owner_id" uuid,
	"state" text DEFAULT 'draft' NOT NULL,
	"discovery_url" text NOT NULL,
	"issuer" text NOT NULL,
	"client_id" text NOT NULL,
	"secret_expires_at" timestamp with time zone,
	"scopes" text[] NOT NULL,
	"signing_algorithm" text NOT NULL,
	"connection_id" uuid NOT NULL,
	"tested_at" timestamp with time zone,
	"tested_by" uuid,
	"test_claims" jsonb,
	"mapping" jsonb NOT NULL,
	"domains" text[] NOT NULL,
	"trusts_email" boolean DEFAULT false NOT NULL,
	"creates_users" boolean DEFAULT false NOT NULL,
	"manages_users" boolean DEFAULT false NOT NULL,
	"ceiling_role_ids" uuid[] NOT NULL,
	"default_role_id" uuid,
	"default_group_ids" uuid[] NOT NULL,
	"contact" text DEFAULT '' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"version_event_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "identity_providers_slug" UNIQUE("slug"),
	CONSTRAINT "identity_providers_name" UNIQUE("name_key")
);
--> statement-breakpoint
CREATE TABLE "provider_secrets" (
	"provider_id" uuid PRIMARY KEY NOT NULL,
	"sealed" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "identity_id" uuid;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "provider_sid" text;--> statement-breakpoint
ALTER TABLE "identities" ADD CONSTRAINT "identities_provider_id_identity_providers_id_fk" FOREIGN KEY ("provider_id") REFERENCES "public"."identity_providers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identities" ADD CONSTRAINT "identities_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity_providers" ADD CONSTRAINT "identity_providers_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity_providers" ADD CONSTRAINT "identity_providers_default_role_id_roles_id_fk" FOREIGN KEY ("default_role_id") REFERENCES "public"."roles"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provider_secrets" ADD CONSTRAINT "provider_secrets_provider_id_identity_providers_id_fk" FOREIGN KEY ("provider_id") REFERENCES "public"."identity_providers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "identities_by_user" ON "identities" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "identity_providers_by_owner" ON "identity_providers" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "identity_providers_by_role" ON "identity_providers" USING btree ("default_role_id");--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_identity_id_identities_id_fk" FOREIGN KEY ("identity_id") REFERENCES "public"."identities"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sessions_by_identity" ON "sessions" USING btree ("identity_id") WHERE identity_id is not null;