CREATE TABLE `erasures` (
	`user_id` text PRIMARY KEY NOT NULL,
	`handle_hash` text NOT NULL,
	`words` text NOT NULL,
	`erased_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `erasures_handle` ON `erasures` (`handle_hash`);--> statement-breakpoint
ALTER TABLE `users` ADD `handle_skeleton` text;--> statement-breakpoint
ALTER TABLE `users` ADD `time_zone` text;--> statement-breakpoint
ALTER TABLE `users` ADD `theme` text;--> statement-breakpoint
ALTER TABLE `users` ADD `region_only` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `bio` text;--> statement-breakpoint
ALTER TABLE `users` ADD `erased_at` integer;--> statement-breakpoint
CREATE INDEX `users_handle_skeleton` ON `users` (`handle_skeleton`);