DROP INDEX "group_members_by_user";--> statement-breakpoint
CREATE INDEX "group_members_by_user" ON "group_members" USING btree ("user_id","group_id","ends_at");