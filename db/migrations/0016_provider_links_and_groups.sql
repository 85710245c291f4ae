CREATE TABLE "awaited_identities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"provider_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"email" text NOT NULL,
	"email_key" text NOT NULL,
	"made_by" uuid,
	"ends_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "awaited_identities_email" UNIQUE("provider_id","email_key"),
	CONSTRAINT "awaited_identities_user" UNIQUE("provider_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "provider_groups" (
	"provider_id" uuid NOT NULL,
	"value" text NOT NULL,
	"group_id" uuid NOT NULL,
	CONSTRAINT "provider_groups_provider_id_value_group_id_pk" PRIMARY KEY("provider_id","value","group_id")
);
--> statement-breakpoint
CREATE TABLE "used_logout_tokens" (
	"provider_id" uuid NOT NULL,
	"jti" text NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	CONSTRAINT "used_logout_tokens_provider_id_jti_pk" PRIMARY KEY("provider_id","jti")
);
--> statement-breakpoint
CREATE TABLE "session_id_tokens" (
	"session_id" uuid PRIMARY KEY NOT NULL,
	"sealed" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "group_members" ADD COLUMN "provider_id" uuid;--> statement-breakpoint
ALTER TABLE "identity_providers" ADD COLUMN "groups_claim" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "identity_providers" ADD COLUMN "only_way_in" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "awaited_identities" ADD CONSTRAINT "awaited_identities_provider_id_identity_providers_id_fk" FOREIGN KEY ("provider_id") REFERENCES "public"."identity_providers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "awaited_identities" ADD CONSTRAINT "awaited_identities_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "awaited_identities" ADD CONSTRAINT "awaited_identities_made_by_users_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provider_groups" ADD CONSTRAINT "provider_groups_provider_id_identity_providers_id_fk" FOREIGN KEY ("provider_id") REFERENCES "public"."identity_providers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provider_groups" ADD CONSTRAINT "provider_groups_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "used_logout_tokens" ADD CONSTRAINT "used_logout_tokens_provider_id_identity_providers_id_fk" FOREIGN KEY ("provider_id") REFERENCES "public"."identity_providers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_id_tokens" ADD CONSTRAINT "session_id_tokens_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "awaited_identities_by_user" ON "awaited_identities" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "awaited_identities_by_maker" ON "awaited_identities" USING btree ("made_by");--> statement-breakpoint
CREATE INDEX "provider_groups_by_group" ON "provider_groups" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "used_logout_tokens_by_end" ON "used_logout_tokens" USING btree ("ends_at");--> statement-breakpoint
CREATE INDEX "group_members_by_provider" ON "group_members" USING btree ("provider_id") WHERE provider_id is not null;--> statement-breakpoint
CREATE INDEX "identities_by_provider" ON "identities" USING btree ("provider_id","last_sign_in_at");--> statement-breakpoint
CREATE UNIQUE INDEX "identity_providers_only_way_in" ON "identity_providers" USING btree ("only_way_in") WHERE only_way_in;