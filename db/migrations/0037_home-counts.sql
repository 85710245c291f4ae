DROP INDEX "users_by_status";--> statement-breakpoint
CREATE INDEX "groups_old_keys" ON "groups" USING btree ("id") WHERE key_version < 2;--> statement-breakpoint
CREATE INDEX "users_by_status" ON "users" USING btree ("status","access_ends_at","locked_at","locked_until","disabled_until","status_before_disable") WHERE status <> 'archived';