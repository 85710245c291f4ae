CREATE TABLE "revoked_tokens" (
	"jti" uuid PRIMARY KEY NOT NULL,
	"ends_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "signing_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"public_key" jsonb NOT NULL,
	"sealed" text NOT NULL,
	"signs_from" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "used_assertions" (
	"client_id" uuid NOT NULL,
	"jti" text NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	CONSTRAINT "used_assertions_client_id_jti_pk" PRIMARY KEY("client_id","jti")
);
--> statement-breakpoint
ALTER TABLE "clients" ADD COLUMN "token_epoch" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "clients" ADD COLUMN "disconnected_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "clients" ADD COLUMN "instance" text;--> statement-breakpoint
ALTER TABLE "clients" ADD COLUMN "previous_instance" text;--> statement-breakpoint
ALTER TABLE "clients" ADD COLUMN "copied_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "used_assertions" ADD CONSTRAINT "used_assertions_client_id_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "revoked_tokens_by_end" ON "revoked_tokens" USING btree ("ends_at");--> statement-breakpoint
CREATE INDEX "used_assertions_by_end" ON "used_assertions" USING btree ("ends_at");--> statement-breakpoint
CREATE INDEX "clients_copied" ON "clients" USING btree ("copied_at") WHERE copied_at is not null;