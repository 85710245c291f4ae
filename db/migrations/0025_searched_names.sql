CREATE INDEX "users_by_name_short_search" ON "users" USING btree ("name_key","id","search") WHERE status <> 'archived' and octet_length(search) <= 500;--> statement-breakpoint
CREATE INDEX "users_by_name_long_search" ON "users" USING btree ("name_key","id") WHERE status <> 'archived' and octet_length(search) > 500;--> statement-breakpoint
-- A thousand texts, spread over all, tell whether a search finds more people than are counted (lib/users/list/searched.ts).
ALTER TABLE "users" ALTER COLUMN "search" SET STATISTICS 1000;--> statement-breakpoint
ANALYZE "users" ("search");
