CREATE INDEX "events_by_outcome" ON "events" USING btree ("outcome","at","id") WHERE outcome <> 'succeeded';--> statement-breakpoint
CREATE INDEX "events_unsuccessful" ON "events" USING btree ("operation","at","person_id","outcome") WHERE outcome <> 'succeeded';--> statement-breakpoint
CREATE INDEX "clients_awaiting" ON "clients" USING btree ("token_expires_at") WHERE awaiting and status <> 'deregistered';--> statement-breakpoint
CREATE INDEX "clients_reused" ON "clients" USING btree ("token_reused_at") WHERE token_reused_at is not null;