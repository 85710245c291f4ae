CREATE TABLE "places" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"path" text collate "C" NOT NULL,
	"present" boolean NOT NULL
);
--> statement-breakpoint
ALTER TABLE "places" ADD CONSTRAINT "places_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "places_by_path" ON "places" USING btree ("path","user_id","present");
--> statement-breakpoint
CREATE SEQUENCE place_numbers MAXVALUE 4294967295;
--> statement-breakpoint
CREATE FUNCTION place_number() RETURNS text LANGUAGE sql VOLATILE AS $$
	SELECT lpad(to_hex(nextval('place_numbers')), 8, '0')
$$;
--> statement-breakpoint
-- Gives a person this place, and everybody below them theirs. None of them has one yet.
CREATE FUNCTION place_under(top uuid, above text) RETURNS void LANGUAGE sql VOLATILE AS $$
	WITH RECURSIVE placed AS (
		SELECT id, above || place_number() AS path, status <> 'archived' AS present FROM users WHERE id = top
		UNION ALL
		SELECT u.id, p.path || place_number(), u.status <> 'archived' FROM users u JOIN placed p ON u.manager_id = p.id WHERE u.id <> top
	) INSERT INTO places (user_id, path, present) SELECT id, path, present FROM placed
$$;
--> statement-breakpoint
-- Makes every place anew, from the top down. A ring of managers is cut at one of them, who then stands at the top.
CREATE FUNCTION fill_places() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	cut uuid;
	seen uuid[];
BEGIN
	PERFORM pg_advisory_xact_lock(hashtext('gatehouse.organisation'));
	DELETE FROM places;
	WITH RECURSIVE numbered AS MATERIALIZED (
		SELECT id, manager_id, status <> 'archived' AS present, place_number() AS own FROM users
	), placed AS (
		SELECT id, own AS path, present FROM numbered WHERE manager_id IS NULL
		UNION ALL
		SELECT n.id, p.path || n.own, n.present FROM numbered n JOIN placed p ON n.manager_id = p.id
	) INSERT INTO places (user_id, path, present) SELECT id, path, present FROM placed;
	LOOP
		SELECT u.id INTO cut FROM users u WHERE NOT EXISTS (SELECT 1 FROM places p WHERE p.user_id = u.id) LIMIT 1;
		EXIT WHEN NOT FOUND;
		seen := '{}';
		WHILE NOT cut = ANY (seen) LOOP
			seen := seen || cut;
			SELECT manager_id INTO cut FROM users WHERE id = cut;
		END LOOP;
		PERFORM place_under(cut, '');
	END LOOP;
END $$;
--> statement-breakpoint
-- People whose place is not one step below their manager's, but for those at whom a ring is cut.
CREATE FUNCTION misplaced() RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
	SELECT u.id FROM users u LEFT JOIN places p ON p.user_id = u.id LEFT JOIN places m ON m.user_id = u.manager_id
	 WHERE p.user_id IS NULL OR p.present <> (u.status <> 'archived') OR (p.path <> coalesce(m.path, '') || right(p.path, 8)
	       AND NOT (length(p.path) = 8 AND starts_with(m.path, p.path)))
$$;
--> statement-breakpoint
-- The lock is that of the organisation (db/locks.ts). Commands have it before their first row; who writes by hand takes it here.
CREATE FUNCTION place_newcomers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	placed integer;
BEGIN
	IF EXISTS (SELECT 1 FROM newcomers WHERE manager_id IS NOT NULL) THEN
		PERFORM pg_advisory_xact_lock(hashtext('gatehouse.organisation'));
	END IF;
	WITH RECURSIVE numbered AS MATERIALIZED (
		SELECT id, manager_id, status <> 'archived' AS present, place_number() AS own FROM newcomers
	), placed AS (
		SELECT n.id, coalesce(p.path, '') || n.own AS path, n.present
		  FROM numbered n LEFT JOIN places p ON p.user_id = n.manager_id
		 WHERE NOT EXISTS (SELECT 1 FROM numbered m WHERE m.id = n.manager_id)
		UNION ALL
		SELECT n.id, p.path || n.own, n.present FROM numbered n JOIN placed p ON n.manager_id = p.id
	) INSERT INTO places (user_id, path, present) SELECT id, path, present FROM placed;
	GET DIAGNOSTICS placed = ROW_COUNT;
	IF placed < (SELECT count(*) FROM newcomers) THEN
		RAISE EXCEPTION 'Somebody would stand below themselves' USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
	END IF;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION place_anew() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	above text := '';
	own text;
BEGIN
	PERFORM pg_advisory_xact_lock(hashtext('gatehouse.organisation'));
	SELECT path INTO own FROM places WHERE user_id = NEW.id;
	IF NEW.manager_id IS NOT NULL THEN
		SELECT path INTO above FROM places WHERE user_id = NEW.manager_id;
		IF NEW.manager_id = NEW.id OR starts_with(above, own) THEN
			RAISE EXCEPTION 'Somebody would stand below themselves' USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
		END IF;
	END IF;
	UPDATE places SET path = coalesce(above, '') || substr(path, length(own) - 7) WHERE path >= own AND path < own || '~';
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION note_presence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE places SET present = NEW.status <> 'archived' WHERE user_id = NEW.id;
	RETURN NULL;
END $$;
--> statement-breakpoint
SELECT fill_places();
--> statement-breakpoint
CREATE TRIGGER users_note_presence AFTER UPDATE OF status ON users FOR EACH ROW WHEN ((NEW.status = 'archived') <> (OLD.status = 'archived')) EXECUTE FUNCTION note_presence();
--> statement-breakpoint
CREATE TRIGGER users_place_newcomers AFTER INSERT ON users REFERENCING NEW TABLE AS newcomers FOR EACH STATEMENT EXECUTE FUNCTION place_newcomers();
--> statement-breakpoint
CREATE TRIGGER users_place_anew AFTER UPDATE OF manager_id ON users FOR EACH ROW WHEN (NEW.manager_id IS DISTINCT FROM OLD.manager_id) EXECUTE FUNCTION place_anew();
