ALTER TABLE `affirmations` RENAME TO `me_toos`;--> statement-breakpoint
DROP INDEX `affirmations_user`;--> statement-breakpoint
DROP INDEX `affirmations_counted`;--> statement-breakpoint
CREATE INDEX `me_toos_user` ON `me_toos` (`user_id`);--> statement-breakpoint
CREATE INDEX `me_toos_counted` ON `me_toos` (`created_at`,`post_id`,`user_id`,`country`);