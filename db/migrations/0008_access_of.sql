-- What one person holds at a moment, for the one question that every request asks: the version of the catalogue, until
-- when the account lasts, and each role with its origin, as [role, group, name of the group, end]. One statement whose
-- plan each connection keeps.
CREATE FUNCTION access_of(person uuid, moment timestamptz, OUT version uuid, OUT account_ends_at timestamptz, OUT held json)
LANGUAGE plpgsql STABLE AS $$
BEGIN
	SELECT (SELECT c.version FROM role_catalogue c),
	       (SELECT u.access_ends_at FROM users u WHERE u.id = person),
	       coalesce(json_agg(json_build_array(h.role_id, h.group_id, h.group_name, h.ends_at)), '[]')
	  INTO version, account_ends_at, held
	  FROM held_roles(ARRAY[person], moment) h;
END $$;
