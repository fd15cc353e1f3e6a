CREATE TABLE `jobs` (
	`name` text PRIMARY KEY NOT NULL,
	`next_run_at` integer NOT NULL,
	`attempts` integer NOT NULL,
	`claim` text,
	`lease_until` integer,
	`started_at` integer,
	`ended_at` integer,
	`ok` integer,
	`succeeded_at` integer,
	`failed_at` integer,
	`error` text,
	`failures` integer NOT NULL
);
