CREATE TABLE `barrier_acts` (
	`id` text PRIMARY KEY NOT NULL,
	`act` text NOT NULL,
	`person_id` text NOT NULL,
	`subject` text NOT NULL,
	`post_ids` text NOT NULL,
	`kinds` text NOT NULL,
	`pillars` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `barrier_acts_subject` ON `barrier_acts` (`subject`,`created_at`);--> statement-breakpoint
CREATE TABLE `barrier_group_posts` (
	`post_id` text PRIMARY KEY NOT NULL,
	`group_id` text NOT NULL,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`group_id`) REFERENCES `barrier_groups`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `barrier_group_posts_group` ON `barrier_group_posts` (`group_id`);--> statement-breakpoint
CREATE TABLE `barrier_groups` (
	`id` text PRIMARY KEY NOT NULL,
	`region` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `barrier_groups_region` ON `barrier_groups` (`region`,`created_at`);--> statement-breakpoint
CREATE TABLE `barrier_set_aside` (
	`key` text PRIMARY KEY NOT NULL,
	`post_ids` text NOT NULL,
	`created_at` integer NOT NULL
);
