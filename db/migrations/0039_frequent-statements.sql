-- One index of memberships fewer: the key begins with the person and holds the end, and the index by name holds everybody in a group.
DROP INDEX "group_members_by_user";--> statement-breakpoint
DROP INDEX "user_roles_by_role";--> statement-breakpoint
DROP INDEX "group_members_by_name";--> statement-breakpoint
DROP INDEX "user_roles_by_name";--> statement-breakpoint
ALTER TABLE "group_members" DROP CONSTRAINT "group_members_group_id_user_id_pk";--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_user_id_group_id_pk" PRIMARY KEY("user_id","group_id") INCLUDE ("ends_at");--> statement-breakpoint
CREATE INDEX "group_members_by_name" ON "group_members" USING btree ("group_id","person_present","person_name_key","user_id","ends_at","person_role_id");--> statement-breakpoint
CREATE INDEX "user_roles_by_name" ON "user_roles" USING btree ("role_id","person_present","person_name_key","user_id","ends_at","person_role_id");--> statement-breakpoint
CREATE INDEX "group_members_sampled" ON "group_members" USING btree ("group_id","user_id","ends_at","person_role_id") WHERE person_present and (uuid_hash(user_id) & 15) = 0;--> statement-breakpoint
CREATE INDEX "user_roles_sampled" ON "user_roles" USING btree ("role_id","user_id","ends_at","person_role_id") WHERE person_present and (uuid_hash(user_id) & 15) = 0;--> statement-breakpoint
CREATE INDEX "users_sampled" ON "users" USING btree ("primary_role_id","id") WHERE status <> 'archived' and (uuid_hash(id) & 15) = 0;--> statement-breakpoint
CREATE INDEX "users_sampled_search" ON "users" USING btree ("search","id") WHERE status <> 'archived' and octet_length(search) <= 500 and (uuid_hash(id) & 511) = 0;--> statement-breakpoint
ALTER INDEX "users_search" SET (gin_pending_list_limit = 512);--> statement-breakpoint
-- Row by row, so that a change of nothing that is copied does not look at the copies. Many changed in one statement take an eighth longer for it.
DROP TRIGGER users_copy_person_keys ON users;
--> statement-breakpoint
DROP FUNCTION copy_changed_person_keys();
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
CREATE TRIGGER users_copy_person_keys AFTER UPDATE OF name_key, last_sign_in_at, primary_role_id, status ON users FOR EACH ROW
	WHEN (NEW.name_key <> OLD.name_key OR NEW.last_sign_in_at IS DISTINCT FROM OLD.last_sign_in_at
	      OR NEW.primary_role_id <> OLD.primary_role_id OR (NEW.status = 'archived') <> (OLD.status = 'archived'))
	EXECUTE FUNCTION copy_person_keys();
--> statement-breakpoint
-- What one person holds at a moment, for the one question that every request asks: as `held_roles` says it, but each thing looked up for all groups
-- at once and told once, and joined by whoever asks (lib/authz/load.ts). `carried` is a text of "group=role".
CREATE OR REPLACE FUNCTION access_of(person uuid, moment timestamptz, OUT version uuid, OUT account_ends_at timestamptz, OUT held json)
LANGUAGE plpgsql STABLE AS $$
BEGIN
	WITH joined AS MATERIALIZED (
		SELECT array_agg(gm.group_id) AS groups,
		       json_agg(json_build_array(gm.group_id, gm.ends_at)) FILTER (WHERE gm.ends_at IS NOT NULL) AS ends
		  FROM group_members gm WHERE gm.user_id = person AND (gm.ends_at IS NULL OR gm.ends_at > moment)
	)
	SELECT (SELECT c.version FROM role_catalogue c), u.access_ends_at, json_build_object(
	         'primary', u.primary_role_id,
	         'direct', (SELECT json_agg(json_build_array(ur.role_id, ur.ends_at))
	                      FROM user_roles ur WHERE ur.user_id = person AND (ur.ends_at IS NULL OR ur.ends_at > moment)),
	         'joined', joined.ends, 'carried', carrying.roles, 'ends', carrying.ends, 'names', named.names)
	  INTO version, account_ends_at, held
	  FROM joined LEFT JOIN users u ON u.id = person
	  CROSS JOIN LATERAL (
		SELECT array_agg(gr.group_id) AS groups, string_agg(gr.group_id || '=' || gr.role_id, ' ') AS roles,
		       json_agg(json_build_array(gr.group_id, gr.role_id, gr.ends_at)) FILTER (WHERE gr.ends_at IS NOT NULL) AS ends
		  FROM group_roles gr WHERE gr.group_id = ANY (joined.groups) AND (gr.ends_at IS NULL OR gr.ends_at > moment)
	  ) carrying
	  CROSS JOIN LATERAL (SELECT json_object_agg(g.id, g.name) AS names FROM groups g WHERE g.id = ANY (carrying.groups)) named;
END $$;
