CREATE TABLE `same_barrier_proposals` (
	`post_id` text PRIMARY KEY NOT NULL,
	`other_id` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`other_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `same_barrier_proposals_other` ON `same_barrier_proposals` (`other_id`);