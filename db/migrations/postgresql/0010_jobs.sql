CREATE TABLE "jobs" (
	"name" text COLLATE "C" PRIMARY KEY NOT NULL,
	"next_run_at" bigint NOT NULL,
	"attempts" bigint NOT NULL,
	"claim" text COLLATE "C",
	"lease_until" bigint,
	"started_at" bigint,
	"ended_at" bigint,
	"ok" boolean,
	"succeeded_at" bigint,
	"failed_at" bigint,
	"error" text COLLATE "C",
	"failures" bigint NOT NULL
);
