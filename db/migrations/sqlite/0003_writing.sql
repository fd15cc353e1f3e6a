CREATE TABLE `drafts` (
	`user_id` text NOT NULL,
	`place` text NOT NULL,
	`fields` text NOT NULL,
	`earlier` text NOT NULL,
	`saved_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `place`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `drafts_saved` ON `drafts` (`saved_at`);--> statement-breakpoint
CREATE TABLE `post_revisions` (
	`post_id` text NOT NULL,
	`number` integer NOT NULL,
	`body` text NOT NULL,
	`html` text NOT NULL,
	`editor_id` text NOT NULL,
	`reason` text,
	`created_at` integer NOT NULL,
	`hidden_at` integer,
	`hidden_by` text,
	`hidden_rule` text,
	PRIMARY KEY(`post_id`, `number`),
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`editor_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`hidden_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `waiting_posts` (
	`id` text PRIMARY KEY NOT NULL,
	`place` text NOT NULL,
	`fields` text NOT NULL,
	`language` text NOT NULL,
	`user_id` text,
	`created_at` integer NOT NULL,
	`taken_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `waiting_posts_user` ON `waiting_posts` (`user_id`);--> statement-breakpoint
CREATE INDEX `waiting_posts_age` ON `waiting_posts` (`created_at`);--> statement-breakpoint
ALTER TABLE `posts` ADD `deleted_at` integer;--> statement-breakpoint
ALTER TABLE `posts` ADD `deleted_from` text;