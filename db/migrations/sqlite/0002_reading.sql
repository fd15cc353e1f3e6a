CREATE TABLE `bookmarks` (
	`user_id` text NOT NULL,
	`post_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `post_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `bookmarks_newest` ON `bookmarks` (`user_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `follows` (
	`user_id` text NOT NULL,
	`kind` text NOT NULL,
	`code` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `kind`, `code`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `follows_code` ON `follows` (`kind`,`code`);--> statement-breakpoint
CREATE TABLE `read_marks` (
	`user_id` text NOT NULL,
	`thread_id` text NOT NULL,
	`through_id` text NOT NULL,
	`through` integer NOT NULL,
	`seen_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `thread_id`, `through_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`thread_id`) REFERENCES `threads`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `reading_choices` (
	`user_id` text PRIMARY KEY NOT NULL,
	`all_read_at` integer,
	`watch_own` integer DEFAULT true NOT NULL,
	`mail` text DEFAULT 'daily' NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `suppressions` (
	`address_hash` text NOT NULL,
	`kind` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`address_hash`, `kind`)
);
--> statement-breakpoint
CREATE TABLE `thread_watches` (
	`user_id` text NOT NULL,
	`thread_id` text NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `thread_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`thread_id`) REFERENCES `threads`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `thread_watches_thread` ON `thread_watches` (`thread_id`,`state`);--> statement-breakpoint
ALTER TABLE `posts` ADD `shown_at` integer;--> statement-breakpoint
ALTER TABLE `notifications` ADD `mail_id` text;--> statement-breakpoint
CREATE INDEX `notifications_to_mail` ON `notifications` (`mail_id`,`kind`,`created_at`);--> statement-breakpoint
CREATE INDEX `notifications_post` ON `notifications` (`post_id`);