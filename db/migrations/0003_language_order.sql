ALTER TABLE "groups" ALTER COLUMN "name_key" SET DATA TYPE text collate "und-x-icu";--> statement-breakpoint
ALTER TABLE "roles" ALTER COLUMN "name_key" SET DATA TYPE text collate "und-x-icu";--> statement-breakpoint
CREATE INDEX "groups_by_created" ON "groups" USING btree ("created_at","id");