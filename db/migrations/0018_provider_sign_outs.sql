ALTER TABLE "identities" ADD COLUMN "refused_group_ids" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "used_logout_tokens" ADD COLUMN "subject" text;--> statement-breakpoint
ALTER TABLE "used_logout_tokens" ADD COLUMN "sid" text;--> statement-breakpoint
ALTER TABLE "used_logout_tokens" ADD COLUMN "issued_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "links" ADD COLUMN "identity_id" uuid;--> statement-breakpoint
CREATE INDEX "used_logout_tokens_by_sid" ON "used_logout_tokens" USING btree ("provider_id","sid");--> statement-breakpoint
CREATE INDEX "used_logout_tokens_by_subject" ON "used_logout_tokens" USING btree ("provider_id","subject");--> statement-breakpoint
CREATE INDEX "sessions_by_provider_sid" ON "sessions" USING btree ("provider_sid") WHERE provider_sid is not null and ended_at is null;