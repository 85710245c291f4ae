-- In SQL, so that it becomes part of whatever asks it, and is planned with that: in PL/pgSQL it was planned anew at each call,
-- because how many people would be asked about was not known.
CREATE OR REPLACE FUNCTION held_roles(people uuid[], moment timestamptz)
RETURNS TABLE (person_id uuid, role_id uuid, group_id uuid, group_name text, ends_at timestamptz)
LANGUAGE sql STABLE ROWS 20 AS $$
	SELECT u.id, u.primary_role_id, NULL::uuid, NULL::text, NULL::timestamptz
	  FROM unnest(people) p (id) JOIN users u ON u.id = p.id
	UNION ALL
	SELECT p.id, ur.role_id, NULL, NULL, ur.ends_at
	  FROM unnest(people) p (id) JOIN user_roles ur ON ur.user_id = p.id
	 WHERE ur.ends_at IS NULL OR ur.ends_at > moment
	UNION ALL
	SELECT p.id, gr.role_id, g.id, g.name, least(gm.ends_at, gr.ends_at)
	  FROM unnest(people) p (id)
	  JOIN group_members gm ON gm.user_id = p.id
	  JOIN group_roles gr ON gr.group_id = gm.group_id
	  JOIN groups g ON g.id = gm.group_id
	 WHERE (gm.ends_at IS NULL OR gm.ends_at > moment) AND (gr.ends_at IS NULL OR gr.ends_at > moment)
$$;
