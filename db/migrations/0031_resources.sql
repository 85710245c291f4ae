CREATE TABLE "resources" (
	"id" uuid PRIMARY KEY NOT NULL,
	"type" text collate "C" NOT NULL,
	"external_id" text NOT NULL,
	"name" text NOT NULL,
	"name_key" text collate "und-x-icu" NOT NULL,
	"search" text DEFAULT '' NOT NULL,
	"key_version" integer DEFAULT 2 NOT NULL,
	"url" text,
	"owner_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"version_event_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "resources_external_id" UNIQUE("type","external_id")
);
--> statement-breakpoint
ALTER TABLE "resources" ADD CONSTRAINT "resources_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "resources_by_owner" ON "resources" USING btree ("owner_id","type");--> statement-breakpoint
CREATE INDEX "resources_by_name" ON "resources" USING btree ("name_key","id");--> statement-breakpoint
CREATE INDEX "resources_by_updated" ON "resources" USING btree ("updated_at","id");--> statement-breakpoint
CREATE INDEX "resources_search" ON "resources" USING gin ("search" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "resources_old_keys" ON "resources" USING btree ("id") WHERE key_version < 2;--> statement-breakpoint
-- Whoever sees all people and groups and the whole log, as an auditor, sees what is owned beside groups.
INSERT INTO "role_operations" ("role_id", "operation", "scope")
SELECT "role_id", 'resource.read', 'all'
  FROM "role_operations"
 WHERE "operation" IN ('user.read', 'group.read', 'audit.read') AND "scope" = 'all'
 GROUP BY "role_id" HAVING count(*) = 3
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Whoever may reregister clients of their own may replace a token of theirs that was lost unused.
INSERT INTO "role_operations" ("role_id", "operation", "scope")
SELECT "role_id", 'client.renew', 'self'
  FROM "role_operations"
 WHERE "operation" = 'client.reregister' AND "scope" = 'self'
ON CONFLICT DO NOTHING;
