ALTER TABLE `users` ADD `handle_look` text;--> statement-breakpoint
ALTER TABLE `users` ADD `name_look` text;--> statement-breakpoint
CREATE INDEX `users_handle_look` ON `users` (`handle_look`);--> statement-breakpoint
CREATE INDEX `users_name_look` ON `users` (`name_look`);