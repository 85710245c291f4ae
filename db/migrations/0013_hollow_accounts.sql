CREATE TABLE "handovers" (
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"object_id" uuid NOT NULL,
	"to_id" uuid,
	CONSTRAINT "handovers_user_id_object_id_pk" PRIMARY KEY("user_id","object_id")
);
--> statement-breakpoint
CREATE TABLE "without_credential" (
	"user_id" uuid PRIMARY KEY NOT NULL
);
--> statement-breakpoint
ALTER TABLE "handovers" ADD CONSTRAINT "handovers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handovers" ADD CONSTRAINT "handovers_to_id_users_id_fk" FOREIGN KEY ("to_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "without_credential" ADD CONSTRAINT "without_credential_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "handovers_by_receiver" ON "handovers" USING btree ("to_id");--> statement-breakpoint
-- Kept by triggers: a person begins without a credential, gets one with a password or a passkey, and is without one again
-- when the last of them is gone.
CREATE FUNCTION note_new_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO without_credential (user_id) VALUES (NEW.id);
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION note_credential() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	DELETE FROM without_credential WHERE user_id = NEW.user_id;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION note_lost_credential() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO without_credential (user_id)
	SELECT u.id FROM users u
	 WHERE u.id = OLD.user_id AND u.configuration = 'default'
	   AND NOT EXISTS (SELECT 1 FROM passwords p WHERE p.user_id = u.id)
	   AND NOT EXISTS (SELECT 1 FROM passkeys k WHERE k.user_id = u.id)
	    ON CONFLICT DO NOTHING;
	RETURN NULL;
END $$;
--> statement-breakpoint
INSERT INTO without_credential (user_id)
SELECT u.id FROM users u
 WHERE u.configuration = 'default'
   AND NOT EXISTS (SELECT 1 FROM passwords p WHERE p.user_id = u.id)
   AND NOT EXISTS (SELECT 1 FROM passkeys k WHERE k.user_id = u.id);
--> statement-breakpoint
CREATE TRIGGER users_note_new AFTER INSERT ON users FOR EACH ROW WHEN (NEW.configuration = 'default') EXECUTE FUNCTION note_new_person();
--> statement-breakpoint
CREATE TRIGGER passwords_note_new AFTER INSERT ON passwords FOR EACH ROW EXECUTE FUNCTION note_credential();
--> statement-breakpoint
CREATE TRIGGER passwords_note_lost AFTER DELETE ON passwords FOR EACH ROW EXECUTE FUNCTION note_lost_credential();
--> statement-breakpoint
CREATE TRIGGER passkeys_note_new AFTER INSERT ON passkeys FOR EACH ROW EXECUTE FUNCTION note_credential();
--> statement-breakpoint
CREATE TRIGGER passkeys_note_lost AFTER DELETE ON passkeys FOR EACH ROW EXECUTE FUNCTION note_lost_credential();
