CREATE INDEX "client_tokens_open" ON "client_tokens" USING btree ("created_at","client_id") WHERE used_at is null and revoked_at is null;--> statement-breakpoint
CREATE INDEX "links_by_made" ON "links" USING btree ("created_at","id") WHERE used_at is null and revoked_at is null;--> statement-breakpoint
CREATE INDEX "sessions_by_start" ON "sessions" USING btree ("started_at","id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "access_tokens_by_made" ON "access_tokens" USING btree ("created_at","id") WHERE revoked_at is null;--> statement-breakpoint
CREATE INDEX "access_tokens_by_use" ON "access_tokens" USING btree (coalesce(access_tokens.last_used_at, '-infinity'::timestamptz),"id") WHERE revoked_at is null;