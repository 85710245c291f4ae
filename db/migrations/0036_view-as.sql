ALTER TABLE "sessions" ADD COLUMN "viewing_id" uuid;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "viewing_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_viewing_id_users_id_fk" FOREIGN KEY ("viewing_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sessions_by_viewing" ON "sessions" USING btree ("viewing_id") WHERE viewing_id is not null;