CREATE TABLE `community_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`person_id` text,
	`act` text NOT NULL,
	`vocabulary` text NOT NULL,
	`slug` text NOT NULL,
	`reason` text NOT NULL,
	`before` text NOT NULL,
	`after` text NOT NULL,
	`undone_at` integer,
	`undone_by_id` text,
	FOREIGN KEY (`person_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`undone_by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `community_changes_at` ON `community_changes` (`at`);--> statement-breakpoint
CREATE TABLE `term_texts` (
	`vocabulary` text NOT NULL,
	`slug` text NOT NULL,
	`language` text NOT NULL,
	`name` text NOT NULL,
	`short` text NOT NULL,
	`description` text NOT NULL,
	`examples` text NOT NULL,
	PRIMARY KEY(`vocabulary`, `slug`, `language`)
);
--> statement-breakpoint
CREATE TABLE `terms` (
	`vocabulary` text NOT NULL,
	`slug` text NOT NULL,
	`position` integer NOT NULL,
	`glyph` text,
	`colour` text,
	`state` text NOT NULL,
	`merged_into` text,
	PRIMARY KEY(`vocabulary`, `slug`)
);
--> statement-breakpoint
ALTER TABLE `digests` ADD `term_names` text;