CREATE INDEX "group_members_odd_ends" ON "group_members" USING btree ("user_id") WHERE (ends_at < '2000-01-01 00:00:00+00' or ends_at >= '2200-01-01 00:00:00+00');--> statement-breakpoint
CREATE INDEX "group_roles_odd_ends" ON "group_roles" USING btree ("group_id") WHERE (ends_at < '2000-01-01 00:00:00+00' or ends_at >= '2200-01-01 00:00:00+00');--> statement-breakpoint
CREATE INDEX "user_roles_odd_ends" ON "user_roles" USING btree ("user_id") WHERE (ends_at < '2000-01-01 00:00:00+00' or ends_at >= '2200-01-01 00:00:00+00');--> statement-breakpoint
CREATE INDEX "users_odd_ends" ON "users" USING btree ("id") WHERE (access_ends_at < '2000-01-01 00:00:00+00' or access_ends_at >= '2200-01-01 00:00:00+00') or (disabled_until < '2000-01-01 00:00:00+00' or disabled_until >= '2200-01-01 00:00:00+00');
--> statement-breakpoint
-- Ends lie in the years 2000 to 2199. Triggers and not checks: PostgreSQL asks a check, also one that is NOT VALID, at
-- every update of a row, and a row of an earlier version could not be changed in anything any more.
CREATE FUNCTION refuse_odd_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'An end lies in the years 2000 to 2199' USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END $$;
--> statement-breakpoint
CREATE TRIGGER "users_access_ends_at_new" BEFORE INSERT ON "users" FOR EACH ROW WHEN (NEW."access_ends_at" < '2000-01-01 00:00:00+00' OR NEW."access_ends_at" >= '2200-01-01 00:00:00+00') EXECUTE FUNCTION refuse_odd_end();
--> statement-breakpoint
CREATE TRIGGER "users_access_ends_at_changed" BEFORE UPDATE OF "access_ends_at" ON "users" FOR EACH ROW WHEN (NEW."access_ends_at" IS DISTINCT FROM OLD."access_ends_at" AND (NEW."access_ends_at" < '2000-01-01 00:00:00+00' OR NEW."access_ends_at" >= '2200-01-01 00:00:00+00')) EXECUTE FUNCTION refuse_odd_end();
--> statement-breakpoint
CREATE TRIGGER "users_disabled_until_new" BEFORE INSERT ON "users" FOR EACH ROW WHEN (NEW."disabled_until" < '2000-01-01 00:00:00+00' OR NEW."disabled_until" >= '2200-01-01 00:00:00+00') EXECUTE FUNCTION refuse_odd_end();
--> statement-breakpoint
CREATE TRIGGER "users_disabled_until_changed" BEFORE UPDATE OF "disabled_until" ON "users" FOR EACH ROW WHEN (NEW."disabled_until" IS DISTINCT FROM OLD."disabled_until" AND (NEW."disabled_until" < '2000-01-01 00:00:00+00' OR NEW."disabled_until" >= '2200-01-01 00:00:00+00')) EXECUTE FUNCTION refuse_odd_end();
--> statement-breakpoint
CREATE TRIGGER "user_roles_ends_at_new" BEFORE INSERT ON "user_roles" FOR EACH ROW WHEN (NEW."ends_at" < '2000-01-01 00:00:00+00' OR NEW."ends_at" >= '2200-01-01 00:00:00+00') EXECUTE FUNCTION refuse_odd_end();
--> statement-breakpoint
CREATE TRIGGER "user_roles_ends_at_changed" BEFORE UPDATE OF "ends_at" ON "user_roles" FOR EACH ROW WHEN (NEW."ends_at" IS DISTINCT FROM OLD."ends_at" AND (NEW."ends_at" < '2000-01-01 00:00:00+00' OR NEW."ends_at" >= '2200-01-01 00:00:00+00')) EXECUTE FUNCTION refuse_odd_end();
--> statement-breakpoint
CREATE TRIGGER "group_members_ends_at_new" BEFORE INSERT ON "group_members" FOR EACH ROW WHEN (NEW."ends_at" < '2000-01-01 00:00:00+00' OR NEW."ends_at" >= '2200-01-01 00:00:00+00') EXECUTE FUNCTION refuse_odd_end();
--> statement-breakpoint
CREATE TRIGGER "group_members_ends_at_changed" BEFORE UPDATE OF "ends_at" ON "group_members" FOR EACH ROW WHEN (NEW."ends_at" IS DISTINCT FROM OLD."ends_at" AND (NEW."ends_at" < '2000-01-01 00:00:00+00' OR NEW."ends_at" >= '2200-01-01 00:00:00+00')) EXECUTE FUNCTION refuse_odd_end();
--> statement-breakpoint
CREATE TRIGGER "group_roles_ends_at_new" BEFORE INSERT ON "group_roles" FOR EACH ROW WHEN (NEW."ends_at" < '2000-01-01 00:00:00+00' OR NEW."ends_at" >= '2200-01-01 00:00:00+00') EXECUTE FUNCTION refuse_odd_end();
--> statement-breakpoint
CREATE TRIGGER "group_roles_ends_at_changed" BEFORE UPDATE OF "ends_at" ON "group_roles" FOR EACH ROW WHEN (NEW."ends_at" IS DISTINCT FROM OLD."ends_at" AND (NEW."ends_at" < '2000-01-01 00:00:00+00' OR NEW."ends_at" >= '2200-01-01 00:00:00+00')) EXECUTE FUNCTION refuse_odd_end();
