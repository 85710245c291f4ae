-- Gives a person the place below their manager, and everybody below them theirs.
CREATE FUNCTION move_place(who uuid, manager uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	own text;
	above text := '';
BEGIN
	SELECT path INTO own FROM places WHERE user_id = who;
	IF manager IS NOT NULL THEN
		SELECT path INTO above FROM places WHERE user_id = manager;
	END IF;
	UPDATE places SET path = coalesce(above, '') || substr(path, length(own) - 7) WHERE path >= own AND path < own || '~';
END $$;
--> statement-breakpoint
-- A statement that moves several people fires this for each in the order of the rows. A manager who seems to stand below the person may only
-- wait for their own turn: the managers decide then, and whoever is above moves first, from the top.
CREATE OR REPLACE FUNCTION place_anew() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	chain uuid[] := '{}';
	manager uuid := NEW.manager_id;
BEGIN
	PERFORM pg_advisory_xact_lock(hashtext('gatehouse.organisation'));
	IF EXISTS (SELECT 1 FROM places own, places above WHERE own.user_id = NEW.id AND above.user_id = manager AND starts_with(above.path, own.path)) THEN
		WHILE manager IS NOT NULL LOOP
			IF manager = NEW.id OR manager = ANY (chain) THEN
				RAISE EXCEPTION 'Somebody would stand below themselves' USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
			END IF;
			chain := chain || manager;
			SELECT manager_id INTO manager FROM users WHERE id = manager;
		END LOOP;
		FOR step IN REVERSE cardinality(chain)..1 LOOP
			PERFORM move_place(chain[step], chain[step + 1]);
		END LOOP;
	END IF;
	PERFORM move_place(NEW.id, NEW.manager_id);
	RETURN NULL;
END $$;
