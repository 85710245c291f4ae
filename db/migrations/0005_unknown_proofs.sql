CREATE TABLE "unknown_proofs" (
	"operation" text NOT NULL,
	"address" text NOT NULL,
	"minute" timestamp with time zone NOT NULL,
	"count" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "unknown_proofs_operation_address_minute_pk" PRIMARY KEY("operation","address","minute")
);
--> statement-breakpoint
DROP TABLE "unknown_name_failures" CASCADE;