-- What an event tells, in small letters, without the program that was used: what the log is searched in.
CREATE FUNCTION told_text(told jsonb) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
	SELECT lower(jsonb_path_query_array(told - 'agent', '$.*.value')::text COLLATE "und-x-icu")
$$;
--> statement-breakpoint
CREATE INDEX "event_values_told" ON "event_values" USING gin (told_text("values") gin_trgm_ops) WITH (gin_pending_list_limit = 512);
