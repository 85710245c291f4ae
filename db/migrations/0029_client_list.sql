CREATE INDEX "clients_by_name" ON "clients" USING btree (name_key collate "und-x-icu","id");--> statement-breakpoint
CREATE INDEX "clients_by_contact" ON "clients" USING btree (coalesce(clients.last_heartbeat_at, '-infinity'::timestamptz),"id");--> statement-breakpoint
CREATE INDEX "clients_by_version" ON "clients" USING btree ((string_to_array(regexp_replace(substring(clients.version from '^v?([0-9]{1,9}(?:[.][0-9]{1,9}){0,3})'), '([.]0+)+$', ''), '.')::bigint[]));--> statement-breakpoint
CREATE INDEX "clients_search" ON "clients" USING gin ("search" gin_trgm_ops);--> statement-breakpoint
-- Whoever may generate clients of their own may rename them.
INSERT INTO "role_operations" ("role_id", "operation", "scope")
SELECT "role_id", 'client.rename', 'self'
  FROM "role_operations"
 WHERE "operation" = 'client.generate' AND "scope" = 'self'
ON CONFLICT DO NOTHING;
