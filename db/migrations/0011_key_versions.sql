-- Rows that are here already have keys of the first folding: 1. Those to come get 2.
ALTER TABLE "clients" ADD COLUMN "search" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "clients" ADD COLUMN "key_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "groups" ADD COLUMN "search" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "groups" ADD COLUMN "key_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "service_accounts" ADD COLUMN "key_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "roles" ADD COLUMN "key_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "key_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "clients" ALTER COLUMN "key_version" SET DEFAULT 2;--> statement-breakpoint
ALTER TABLE "groups" ALTER COLUMN "key_version" SET DEFAULT 2;--> statement-breakpoint
ALTER TABLE "service_accounts" ALTER COLUMN "key_version" SET DEFAULT 2;--> statement-breakpoint
ALTER TABLE "roles" ALTER COLUMN "key_version" SET DEFAULT 2;--> statement-breakpoint
ALTER TABLE "users" ALTER COLUMN "key_version" SET DEFAULT 2;--> statement-breakpoint
-- Until the job has folded them, groups and clients are searched by their names as they are.
UPDATE "groups" SET "search" = ' ' || lower("name" || ' ' || "description");--> statement-breakpoint
UPDATE "clients" SET "search" = ' ' || lower("name");--> statement-breakpoint
CREATE INDEX "clients_old_keys" ON "clients" USING btree ("id") WHERE key_version < 2;--> statement-breakpoint
CREATE INDEX "users_old_keys" ON "users" USING btree ("id") WHERE key_version < 2;
