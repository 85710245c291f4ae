CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
CREATE TABLE "event_values" (
	"event_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"values" jsonb NOT NULL,
	CONSTRAINT "event_values_event_id_at_pk" PRIMARY KEY("event_id","at")
) PARTITION BY RANGE ("at");
--> statement-breakpoint
CREATE TABLE "events" (
	"id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" uuid,
	"session_id" uuid,
	"operation" text NOT NULL,
	"outcome" text NOT NULL,
	"target_kind" text NOT NULL,
	"target_id" uuid,
	"person_id" uuid,
	"request_id" text,
	"commitments" jsonb NOT NULL,
	CONSTRAINT "events_id_at_pk" PRIMARY KEY("id","at")
) PARTITION BY RANGE ("at");
--> statement-breakpoint
CREATE TABLE "client_days" (
	"day" date NOT NULL,
	"client_id" uuid NOT NULL,
	CONSTRAINT "client_days_day_client_id_pk" PRIMARY KEY("day","client_id")
);
--> statement-breakpoint
CREATE TABLE "client_tokens" (
	"id" uuid PRIMARY KEY NOT NULL,
	"client_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"used_address" text,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "client_tokens_hash" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "clients" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"status" text NOT NULL,
	"awaiting" boolean DEFAULT true NOT NULL,
	"token_prefix" text NOT NULL,
	"token_last_four" text NOT NULL,
	"token_expires_at" timestamp with time zone NOT NULL,
	"token_confirmed_at" timestamp with time zone,
	"token_reused_at" timestamp with time zone,
	"public_key" jsonb,
	"key_thumbprint" text,
	"version" text,
	"platform" text,
	"registered_at" timestamp with time zone,
	"deregistered_at" timestamp with time zone,
	"last_heartbeat_at" timestamp with time zone,
	"last_address" text,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "clients_name" UNIQUE("user_id","name_key")
);
--> statement-breakpoint
CREATE TABLE "group_members" (
	"group_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"ends_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "group_members_group_id_user_id_pk" PRIMARY KEY("group_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "group_roles" (
	"group_id" uuid NOT NULL,
	"role_id" uuid NOT NULL,
	"ends_at" timestamp with time zone,
	CONSTRAINT "group_roles_group_id_role_id_pk" PRIMARY KEY("group_id","role_id")
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"owner_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "groups_name" UNIQUE("name_key")
);
--> statement-breakpoint
CREATE TABLE "service_accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"owner_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "service_accounts_name" UNIQUE("name_key")
);
--> statement-breakpoint
CREATE TABLE "app_operations" (
	"key" text PRIMARY KEY NOT NULL,
	"sentence" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "role_combinations" (
	"role_id" uuid NOT NULL,
	"primary_role_id" uuid NOT NULL,
	CONSTRAINT "role_combinations_role_id_primary_role_id_pk" PRIMARY KEY("role_id","primary_role_id")
);
--> statement-breakpoint
CREATE TABLE "role_operations" (
	"role_id" uuid NOT NULL,
	"operation" text NOT NULL,
	"scope" text NOT NULL,
	CONSTRAINT "role_operations_role_id_operation_scope_pk" PRIMARY KEY("role_id","operation","scope")
);
--> statement-breakpoint
CREATE TABLE "roles" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"kind" text NOT NULL,
	"rank" integer,
	"admin" boolean DEFAULT false NOT NULL,
	"built_in" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "roles_name" UNIQUE("name_key")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"stage" text DEFAULT 'open' NOT NULL,
	"address" text NOT NULL,
	"agent" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_reason" text,
	"ended_by" uuid
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "setup_codes" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"hash" text NOT NULL,
	"wrong_tries" integer DEFAULT 0 NOT NULL,
	"closed_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "passwords" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_names" (
	"key" text PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "unknown_name_failures" (
	"address" text NOT NULL,
	"minute" timestamp with time zone NOT NULL,
	"count" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "unknown_name_failures_key" UNIQUE("address","minute")
);
--> statement-breakpoint
CREATE TABLE "user_roles" (
	"user_id" uuid NOT NULL,
	"role_id" uuid NOT NULL,
	"ends_at" timestamp with time zone,
	CONSTRAINT "user_roles_user_id_role_id_pk" PRIMARY KEY("user_id","role_id")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"username" text NOT NULL,
	"username_key" text NOT NULL,
	"email" text NOT NULL,
	"email_key" text NOT NULL,
	"first_name" text NOT NULL,
	"last_name" text DEFAULT '' NOT NULL,
	"name_key" text collate "und-x-icu" NOT NULL,
	"search" text NOT NULL,
	"configuration" text DEFAULT 'default' NOT NULL,
	"primary_role_id" uuid NOT NULL,
	"manager_id" uuid,
	"status" text NOT NULL,
	"status_before_archive" text,
	"status_before_disable" text,
	"disabled_reason" text,
	"disabled_until" timestamp with time zone,
	"archived_at" timestamp with time zone,
	"must_change_password" boolean DEFAULT false NOT NULL,
	"access_ends_at" timestamp with time zone,
	"failed_sign_ins" integer DEFAULT 0 NOT NULL,
	"lockouts" integer DEFAULT 0 NOT NULL,
	"locked_at" timestamp with time zone,
	"locked_until" timestamp with time zone,
	"last_sign_in_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "client_days" ADD CONSTRAINT "client_days_client_id_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_tokens" ADD CONSTRAINT "client_tokens_client_id_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clients" ADD CONSTRAINT "clients_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_roles" ADD CONSTRAINT "group_roles_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_roles" ADD CONSTRAINT "group_roles_role_id_roles_id_fk" FOREIGN KEY ("role_id") REFERENCES "public"."roles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "groups_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_accounts" ADD CONSTRAINT "service_accounts_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_combinations" ADD CONSTRAINT "role_combinations_role_id_roles_id_fk" FOREIGN KEY ("role_id") REFERENCES "public"."roles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_combinations" ADD CONSTRAINT "role_combinations_primary_role_id_roles_id_fk" FOREIGN KEY ("primary_role_id") REFERENCES "public"."roles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_operations" ADD CONSTRAINT "role_operations_role_id_roles_id_fk" FOREIGN KEY ("role_id") REFERENCES "public"."roles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passwords" ADD CONSTRAINT "passwords_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_names" ADD CONSTRAINT "sign_in_names_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_roles" ADD CONSTRAINT "user_roles_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_roles" ADD CONSTRAINT "user_roles_role_id_roles_id_fk" FOREIGN KEY ("role_id") REFERENCES "public"."roles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_primary_role_id_roles_id_fk" FOREIGN KEY ("primary_role_id") REFERENCES "public"."roles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_manager_id_users_id_fk" FOREIGN KEY ("manager_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "events_by_time" ON "events" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "events_by_person" ON "events" USING btree ("person_id","at","id");--> statement-breakpoint
CREATE INDEX "events_by_actor" ON "events" USING btree ("actor_id","at","id");--> statement-breakpoint
CREATE INDEX "events_by_target" ON "events" USING btree ("target_id","at","id");--> statement-breakpoint
CREATE INDEX "events_by_operation" ON "events" USING btree ("operation","at","id");--> statement-breakpoint
CREATE INDEX "client_tokens_by_client" ON "client_tokens" USING btree ("client_id");--> statement-breakpoint
CREATE INDEX "clients_by_heartbeat" ON "clients" USING btree ("last_heartbeat_at");--> statement-breakpoint
CREATE INDEX "clients_by_status" ON "clients" USING btree ("status");--> statement-breakpoint
CREATE INDEX "group_members_by_user" ON "group_members" USING btree ("user_id","group_id");--> statement-breakpoint
CREATE INDEX "group_roles_by_role" ON "group_roles" USING btree ("role_id","group_id");--> statement-breakpoint
CREATE INDEX "groups_by_owner" ON "groups" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "service_accounts_by_owner" ON "service_accounts" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "role_combinations_by_primary" ON "role_combinations" USING btree ("primary_role_id");--> statement-breakpoint
CREATE INDEX "sessions_by_user" ON "sessions" USING btree ("user_id","started_at");--> statement-breakpoint
CREATE INDEX "sessions_live" ON "sessions" USING btree ("last_seen_at") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "sign_in_names_by_user" ON "sign_in_names" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "user_roles_by_role" ON "user_roles" USING btree ("role_id","user_id");--> statement-breakpoint
CREATE INDEX "users_search" ON "users" USING gin ("search" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "users_by_name" ON "users" USING btree ("name_key","id") WHERE status <> 'archived';--> statement-breakpoint
CREATE INDEX "users_by_username" ON "users" USING btree ("username_key","id") WHERE status <> 'archived';--> statement-breakpoint
CREATE INDEX "users_by_email" ON "users" USING btree ("email_key","id") WHERE status <> 'archived';--> statement-breakpoint
CREATE INDEX "users_by_status" ON "users" USING btree ("status","id") WHERE status <> 'archived';--> statement-breakpoint
CREATE INDEX "users_by_status_name" ON "users" USING btree ("status","name_key","id") WHERE status <> 'archived';--> statement-breakpoint
CREATE INDEX "users_by_configuration" ON "users" USING btree ("configuration","id") WHERE status <> 'archived';--> statement-breakpoint
CREATE INDEX "users_by_configuration_name" ON "users" USING btree ("configuration","name_key","id") WHERE status <> 'archived';--> statement-breakpoint
CREATE INDEX "users_by_created" ON "users" USING btree ("created_at","id") WHERE status <> 'archived';--> statement-breakpoint
CREATE INDEX "users_by_last_sign_in" ON "users" USING btree ((coalesce(last_sign_in_at, '-infinity'::timestamptz)),"id") WHERE status <> 'archived';--> statement-breakpoint
CREATE INDEX "users_by_primary_role" ON "users" USING btree ("primary_role_id","name_key","id") WHERE status <> 'archived';--> statement-breakpoint
CREATE INDEX "users_archived_by_name" ON "users" USING btree ("name_key","id") WHERE status = 'archived';--> statement-breakpoint
CREATE INDEX "users_by_manager" ON "users" USING btree ("manager_id","name_key","id");--> statement-breakpoint
CREATE INDEX "users_locked" ON "users" USING btree ("locked_at") WHERE locked_at is not null;--> statement-breakpoint
ALTER TABLE "users" ALTER COLUMN "search" SET STATISTICS 1000;
--> statement-breakpoint
CREATE FUNCTION ensure_event_partitions(first date, months integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	month date;
	parent text;
BEGIN
	PERFORM pg_advisory_xact_lock(hashtext('gatehouse.event_partitions'));
	FOR month IN SELECT generate_series(date_trunc('month', first), date_trunc('month', first) + make_interval(months => months), '1 month')::date LOOP
		FOREACH parent IN ARRAY ARRAY['events', 'event_values'] LOOP
			IF to_regclass(parent || '_' || to_char(month, 'YYYY_MM')) IS NULL THEN
				EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
					parent || '_' || to_char(month, 'YYYY_MM'), parent, month::timestamp AT TIME ZONE 'UTC', (month + interval '1 month') AT TIME ZONE 'UTC');
				IF parent = 'events' THEN
					EXECUTE format('CREATE TRIGGER events_never_truncated BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_event_change()',
						parent || '_' || to_char(month, 'YYYY_MM'));
				END IF;
			END IF;
		END LOOP;
	END LOOP;
END $$;
--> statement-breakpoint
CREATE FUNCTION refuse_event_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'events are append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE ON "events" FOR EACH ROW EXECUTE FUNCTION refuse_event_change();
--> statement-breakpoint
CREATE TRIGGER events_never_truncated BEFORE TRUNCATE ON "events" FOR EACH STATEMENT EXECUTE FUNCTION refuse_event_change();
--> statement-breakpoint
SELECT ensure_event_partitions((now() - interval '2 months')::date, 5);
