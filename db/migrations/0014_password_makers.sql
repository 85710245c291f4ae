ALTER TABLE "passwords" ADD COLUMN "set_by" uuid;--> statement-breakpoint
CREATE INDEX "passwords_by_maker" ON "passwords" USING btree ("set_by","user_id") WHERE set_by is not null;