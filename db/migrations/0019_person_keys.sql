ALTER TABLE "group_members" ADD COLUMN "person_name_key" text collate "und-x-icu" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "group_members" ADD COLUMN "person_last_sign_in" timestamp with time zone DEFAULT '-infinity' NOT NULL;--> statement-breakpoint
ALTER TABLE "group_members" ADD COLUMN "person_role_id" uuid;--> statement-breakpoint
ALTER TABLE "group_members" ADD COLUMN "person_present" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "user_roles" ADD COLUMN "person_name_key" text collate "und-x-icu" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "user_roles" ADD COLUMN "person_last_sign_in" timestamp with time zone DEFAULT '-infinity' NOT NULL;--> statement-breakpoint
ALTER TABLE "user_roles" ADD COLUMN "person_role_id" uuid;--> statement-breakpoint
ALTER TABLE "user_roles" ADD COLUMN "person_present" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- Copies what lists sort and choose people by to wherever it differs, and gives the number of rows.
CREATE FUNCTION fill_person_keys() RETURNS bigint LANGUAGE sql VOLATILE AS $$
	WITH members AS (
		UPDATE group_members c SET person_name_key = u.name_key, person_last_sign_in = coalesce(u.last_sign_in_at, '-infinity'),
		       person_role_id = u.primary_role_id, person_present = u.status <> 'archived'
		  FROM users u
		 WHERE u.id = c.user_id AND (c.person_name_key, c.person_last_sign_in, c.person_role_id, c.person_present)
		       IS DISTINCT FROM (u.name_key, coalesce(u.last_sign_in_at, '-infinity'), u.primary_role_id, u.status <> 'archived')
		RETURNING 1
	), holders AS (
		UPDATE user_roles c SET person_name_key = u.name_key, person_last_sign_in = coalesce(u.last_sign_in_at, '-infinity'),
		       person_role_id = u.primary_role_id, person_present = u.status <> 'archived'
		  FROM users u
		 WHERE u.id = c.user_id AND (c.person_name_key, c.person_last_sign_in, c.person_role_id, c.person_present)
		       IS DISTINCT FROM (u.name_key, coalesce(u.last_sign_in_at, '-infinity'), u.primary_role_id, u.status <> 'archived')
		RETURNING 1
	) SELECT (SELECT count(*) FROM members) + (SELECT count(*) FROM holders)
$$;
--> statement-breakpoint
SELECT fill_person_keys();
--> statement-breakpoint
CREATE INDEX "group_members_by_name" ON "group_members" USING btree ("group_id","person_name_key","user_id","ends_at","person_role_id") WHERE person_present;--> statement-breakpoint
CREATE INDEX "group_members_by_last_sign_in" ON "group_members" USING btree ("group_id","person_last_sign_in","user_id","ends_at","person_role_id") WHERE person_present;--> statement-breakpoint
CREATE INDEX "user_roles_by_name" ON "user_roles" USING btree ("role_id","person_name_key","user_id","ends_at","person_role_id") WHERE person_present;--> statement-breakpoint
CREATE INDEX "user_roles_by_last_sign_in" ON "user_roles" USING btree ("role_id","person_last_sign_in","user_id","ends_at","person_role_id") WHERE person_present;--> statement-breakpoint
CREATE INDEX "users_by_primary_role_name" ON "users" USING btree ("primary_role_id","name_key","id") WHERE status <> 'archived';--> statement-breakpoint
CREATE INDEX "users_by_primary_role_last_sign_in" ON "users" USING btree ("primary_role_id",(coalesce(last_sign_in_at, '-infinity'::timestamptz)),"id") WHERE status <> 'archived';
--> statement-breakpoint
-- The share lock waits for whoever is changing the person, and has them wait for this: neither misses the other.
CREATE FUNCTION take_person_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	SELECT u.name_key, coalesce(u.last_sign_in_at, '-infinity'), u.primary_role_id, u.status <> 'archived'
	  INTO NEW.person_name_key, NEW.person_last_sign_in, NEW.person_role_id, NEW.person_present
	  FROM users u WHERE u.id = NEW.user_id FOR SHARE;
	NEW.person_present := coalesce(NEW.person_present, false);
	NEW.person_name_key := coalesce(NEW.person_name_key, '');
	NEW.person_last_sign_in := coalesce(NEW.person_last_sign_in, '-infinity');
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION copy_person_keys() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	last_sign_in timestamptz := coalesce(NEW.last_sign_in_at, '-infinity');
	present boolean := NEW.status <> 'archived';
BEGIN
	UPDATE group_members SET person_name_key = NEW.name_key, person_last_sign_in = last_sign_in,
	       person_role_id = NEW.primary_role_id, person_present = present WHERE user_id = NEW.id;
	UPDATE user_roles SET person_name_key = NEW.name_key, person_last_sign_in = last_sign_in,
	       person_role_id = NEW.primary_role_id, person_present = present WHERE user_id = NEW.id;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER group_members_take_person_keys BEFORE INSERT ON group_members FOR EACH ROW EXECUTE FUNCTION take_person_keys();
--> statement-breakpoint
CREATE TRIGGER user_roles_take_person_keys BEFORE INSERT ON user_roles FOR EACH ROW EXECUTE FUNCTION take_person_keys();
--> statement-breakpoint
CREATE TRIGGER users_copy_person_keys AFTER UPDATE OF name_key, last_sign_in_at, primary_role_id, status ON users FOR EACH ROW
	WHEN (NEW.name_key <> OLD.name_key OR NEW.last_sign_in_at IS DISTINCT FROM OLD.last_sign_in_at
	      OR NEW.primary_role_id <> OLD.primary_role_id OR (NEW.status = 'archived') <> (OLD.status = 'archived'))
	EXECUTE FUNCTION copy_person_keys();
