DROP INDEX "users_by_status_name";--> statement-breakpoint
DROP INDEX "users_by_configuration";--> statement-breakpoint
DROP INDEX "users_by_status";--> statement-breakpoint
DROP INDEX "users_by_primary_role";--> statement-breakpoint
CREATE INDEX "users_ending" ON "users" USING btree ("access_ends_at") WHERE access_ends_at is not null;--> statement-breakpoint
CREATE INDEX "users_by_status" ON "users" USING btree ("status") WHERE status <> 'archived';--> statement-breakpoint
CREATE INDEX "users_by_primary_role" ON "users" USING btree ("primary_role_id");