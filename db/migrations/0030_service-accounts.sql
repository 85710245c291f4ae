CREATE TABLE "service_account_roles" (
	"service_account_id" uuid NOT NULL,
	"role_id" uuid NOT NULL,
	CONSTRAINT "service_account_roles_service_account_id_role_id_pk" PRIMARY KEY("service_account_id","role_id")
);
--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD COLUMN "principal_id" uuid;--> statement-breakpoint
UPDATE "idempotency_keys" SET "principal_id" = "owner_id";--> statement-breakpoint
ALTER TABLE "idempotency_keys" ALTER COLUMN "principal_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "idempotency_keys" DROP CONSTRAINT "idempotency_keys_owner_id_key_pk";--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_principal_id_key_pk" PRIMARY KEY("principal_id","key");--> statement-breakpoint
ALTER TABLE "service_accounts" ALTER COLUMN "name_key" SET DATA TYPE text collate "und-x-icu";--> statement-breakpoint
ALTER TABLE "access_tokens" ALTER COLUMN "user_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "service_accounts" ADD COLUMN "search" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "service_accounts" ADD COLUMN "disabled_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "service_accounts" ADD COLUMN "created_by" uuid;--> statement-breakpoint
ALTER TABLE "service_accounts" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "service_accounts" ADD COLUMN "version_event_id" uuid;--> statement-breakpoint
ALTER TABLE "access_tokens" ADD COLUMN "service_account_id" uuid;--> statement-breakpoint
ALTER TABLE "access_tokens" ADD COLUMN "by_owner" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "service_account_roles" ADD CONSTRAINT "service_account_roles_service_account_id_service_accounts_id_fk" FOREIGN KEY ("service_account_id") REFERENCES "public"."service_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_account_roles" ADD CONSTRAINT "service_account_roles_role_id_roles_id_fk" FOREIGN KEY ("role_id") REFERENCES "public"."roles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "service_account_roles_by_role" ON "service_account_roles" USING btree ("role_id","service_account_id");--> statement-breakpoint
ALTER TABLE "access_tokens" ADD CONSTRAINT "access_tokens_service_account_id_service_accounts_id_fk" FOREIGN KEY ("service_account_id") REFERENCES "public"."service_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "service_accounts_by_created" ON "service_accounts" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "idempotency_keys_by_owner" ON "idempotency_keys" USING btree ("owner_id");--> statement-breakpoint
CREATE UNIQUE INDEX "access_tokens_account_name" ON "access_tokens" USING btree ("service_account_id","name_key") WHERE revoked_at is null and replaced_at is null;--> statement-breakpoint
CREATE INDEX "access_tokens_by_account" ON "access_tokens" USING btree ("service_account_id","name_key","id");--> statement-breakpoint
ALTER TABLE "access_tokens" ADD CONSTRAINT "access_tokens_one_holder" CHECK (num_nonnulls(user_id, service_account_id) = 1);--> statement-breakpoint
UPDATE "access_tokens" SET "by_owner" = true WHERE "created_by" = "user_id";--> statement-breakpoint
-- They are searched from now on: the folding of names after the start fills the column.
UPDATE "service_accounts" SET "key_version" = 1;--> statement-breakpoint
-- Whoever may have tokens of their own sees the service accounts that they own, and makes tokens for them.
INSERT INTO "role_operations" ("role_id", "operation", "scope")
SELECT r."role_id", t."operation", 'self'
  FROM "role_operations" r, (VALUES ('service_account.read'), ('service_account.issue_token')) t ("operation")
 WHERE r."operation" = 'token.create' AND r."scope" = 'self'
ON CONFLICT DO NOTHING;--> statement-breakpoint
-- Whoever sees the tokens of everyone, as an auditor does, sees the service accounts of everyone.
INSERT INTO "role_operations" ("role_id", "operation", "scope")
SELECT "role_id", 'service_account.read', 'all'
  FROM "role_operations"
 WHERE "operation" = 'token.read' AND "scope" = 'all'
ON CONFLICT DO NOTHING;
