-- Copies for all who are changed at once. Where nothing that is copied differs, nothing is written. The settings keep each person
-- looked up by an index: a connection keeps its first plan, which might have been made for very many.
CREATE FUNCTION copy_changed_person_keys() RETURNS trigger LANGUAGE plpgsql SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
	UPDATE group_members c SET person_name_key = u.name_key, person_last_sign_in = coalesce(u.last_sign_in_at, '-infinity'),
	       person_role_id = u.primary_role_id, person_present = u.status <> 'archived'
	  FROM changed u
	 WHERE c.user_id = u.id AND (c.person_name_key, c.person_last_sign_in, c.person_role_id, c.person_present)
	       IS DISTINCT FROM (u.name_key, coalesce(u.last_sign_in_at, '-infinity'), u.primary_role_id, u.status <> 'archived');
	UPDATE user_roles c SET person_name_key = u.name_key, person_last_sign_in = coalesce(u.last_sign_in_at, '-infinity'),
	       person_role_id = u.primary_role_id, person_present = u.status <> 'archived'
	  FROM changed u
	 WHERE c.user_id = u.id AND (c.person_name_key, c.person_last_sign_in, c.person_role_id, c.person_present)
	       IS DISTINCT FROM (u.name_key, coalesce(u.last_sign_in_at, '-infinity'), u.primary_role_id, u.status <> 'archived');
	RETURN NULL;
END $$;
--> statement-breakpoint
DROP TRIGGER users_copy_person_keys ON users;
--> statement-breakpoint
DROP FUNCTION copy_person_keys();
--> statement-breakpoint
CREATE TRIGGER users_copy_person_keys AFTER UPDATE ON users REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION copy_changed_person_keys();
