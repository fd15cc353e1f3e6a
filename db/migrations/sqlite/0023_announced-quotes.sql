CREATE TABLE `digest_announcements` (
	`digest_id` text NOT NULL,
	`quote` text NOT NULL,
	`post_id` text NOT NULL,
	`told_at` integer NOT NULL,
	PRIMARY KEY(`digest_id`, `quote`),
	FOREIGN KEY (`digest_id`) REFERENCES `digests`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `digest_announcements_post` ON `digest_announcements` (`post_id`);--> statement-breakpoint
ALTER TABLE `digests` ADD `announced_at` integer;--> statement-breakpoint
ALTER TABLE `digests` ADD `presses` text;