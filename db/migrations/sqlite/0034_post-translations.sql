CREATE TABLE `post_translations` (
	`id` text PRIMARY KEY NOT NULL,
	`post_id` text NOT NULL,
	`revision` integer NOT NULL,
	`language` text NOT NULL,
	`body` text NOT NULL,
	`html` text NOT NULL,
	`person_id` text,
	`machine` text,
	`created_at` integer NOT NULL,
	`removed_at` integer,
	`removed_by_id` text,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`removed_by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `post_translations_post` ON `post_translations` (`post_id`,`language`);--> statement-breakpoint
CREATE INDEX `post_translations_person` ON `post_translations` (`person_id`);--> statement-breakpoint
DROP INDEX `flags_once`;--> statement-breakpoint
ALTER TABLE `flags` ADD `translation_id` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `flags_once` ON `flags` (`post_id`,`user_id`,`translation_id`);--> statement-breakpoint
ALTER TABLE `digest_proposals` ADD `translation_id` text;--> statement-breakpoint
ALTER TABLE `users` ADD `reads` text;