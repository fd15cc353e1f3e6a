CREATE TABLE `translations` (
	`id` text PRIMARY KEY NOT NULL,
	`subject` text NOT NULL,
	`subject_id` text NOT NULL,
	`field` text NOT NULL,
	`language` text NOT NULL,
	`text` text NOT NULL,
	`html` text NOT NULL,
	`original` text NOT NULL,
	`at` integer NOT NULL,
	`person_id` text,
	`undone_at` integer,
	`undone_by_id` text,
	FOREIGN KEY (`person_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`undone_by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `translations_subject` ON `translations` (`subject`,`subject_id`,`language`);