CREATE TABLE "access_tokens" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"hash" text NOT NULL,
	"prefix" text NOT NULL,
	"last_four" text NOT NULL,
	"operations" text[] NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"replaced_at" timestamp with time zone,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone,
	"last_used_address" text,
	"last_used_agent" text,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "access_tokens_hash" UNIQUE("hash")
);
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "token_id" uuid;--> statement-breakpoint
ALTER TABLE "access_tokens" ADD CONSTRAINT "access_tokens_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "access_tokens_name" ON "access_tokens" USING btree ("user_id","name_key") WHERE revoked_at is null and replaced_at is null;--> statement-breakpoint
CREATE INDEX "access_tokens_by_user" ON "access_tokens" USING btree ("user_id","name_key","id");--> statement-breakpoint
-- Whoever may edit their own account may have tokens of their own.
INSERT INTO "role_operations" ("role_id", "operation", "scope")
SELECT r."role_id", t."operation", 'self'
  FROM "role_operations" r, (VALUES ('token.read'), ('token.create'), ('token.regenerate'), ('token.revoke')) t ("operation")
 WHERE r."operation" = 'account.update' AND r."scope" = 'self'
ON CONFLICT DO NOTHING;
