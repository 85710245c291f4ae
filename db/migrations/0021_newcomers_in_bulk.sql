-- A connection keeps the plan of its first newcomers, usually of one, and compared each of many with each of them by that plan. Who
-- is led by another newcomer is looked up whatever the plan is for, and only these are walked to.
CREATE OR REPLACE FUNCTION place_newcomers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	placed integer;
BEGIN
	IF EXISTS (SELECT 1 FROM newcomers WHERE manager_id IS NOT NULL) THEN
		PERFORM pg_advisory_xact_lock(hashtext('gatehouse.organisation'));
	END IF;
	WITH RECURSIVE numbered AS MATERIALIZED (
		SELECT id, manager_id, status <> 'archived' AS present, place_number() AS own,
		       manager_id IS NOT NULL AND manager_id IN (SELECT id FROM newcomers) AS led FROM newcomers
	), led AS MATERIALIZED (
		SELECT id, manager_id, present, own FROM numbered WHERE led
	), placed AS (
		SELECT n.id, coalesce(p.path, '') || n.own AS path, n.present
		  FROM numbered n LEFT JOIN places p ON p.user_id = n.manager_id WHERE NOT n.led
		UNION ALL
		SELECT n.id, p.path || n.own, n.present FROM led n JOIN placed p ON n.manager_id = p.id
	) INSERT INTO places (user_id, path, present) SELECT id, path, present FROM placed;
	GET DIAGNOSTICS placed = ROW_COUNT;
	IF placed < (SELECT count(*) FROM newcomers) THEN
		RAISE EXCEPTION 'Somebody would stand below themselves' USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
	END IF;
	RETURN NULL;
END $$;
