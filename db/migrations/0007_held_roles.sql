CREATE TABLE "role_catalogue" (
	"version" uuid PRIMARY KEY NOT NULL
);
--> statement-breakpoint
INSERT INTO "role_catalogue" ("version") VALUES (gen_random_uuid());
--> statement-breakpoint
CREATE FUNCTION renew_role_catalogue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE role_catalogue SET version = gen_random_uuid();
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER roles_renew_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "roles" FOR EACH STATEMENT EXECUTE FUNCTION renew_role_catalogue();
--> statement-breakpoint
CREATE TRIGGER role_operations_renew_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "role_operations" FOR EACH STATEMENT EXECUTE FUNCTION renew_role_catalogue();
--> statement-breakpoint
CREATE TRIGGER role_combinations_renew_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "role_combinations" FOR EACH STATEMENT EXECUTE FUNCTION renew_role_catalogue();
--> statement-breakpoint
CREATE TRIGGER app_operations_renew_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "app_operations" FOR EACH STATEMENT EXECUTE FUNCTION renew_role_catalogue();
--> statement-breakpoint
-- Every role that reaches people at a moment, in force or dormant, a row for each origin. A function, because each
-- connection keeps its plan, and to plan it takes longer than to run it.
CREATE FUNCTION held_roles(people uuid[], moment timestamptz)
RETURNS TABLE (person_id uuid, role_id uuid, group_id uuid, group_name text, ends_at timestamptz)
LANGUAGE plpgsql STABLE ROWS 20 AS $$
#variable_conflict use_column
BEGIN
	RETURN QUERY
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
	 WHERE (gm.ends_at IS NULL OR gm.ends_at > moment) AND (gr.ends_at IS NULL OR gr.ends_at > moment);
END $$;
