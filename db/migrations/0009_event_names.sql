ALTER TABLE "events" ADD COLUMN "named_ids" uuid[];--> statement-breakpoint
ALTER TABLE "groups" ADD COLUMN "version_event_id" uuid;--> statement-breakpoint
ALTER TABLE "roles" ADD COLUMN "version_event_id" uuid;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "version_event_id" uuid;--> statement-breakpoint
CREATE INDEX "events_by_named" ON "events" USING gin ("named_ids") WHERE named_ids <> '{}';