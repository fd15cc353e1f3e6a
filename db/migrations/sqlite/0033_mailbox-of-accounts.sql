ALTER TABLE `users` ADD `mailbox_key` text;--> statement-breakpoint
CREATE INDEX `users_mailbox_key` ON `users` (`mailbox_key`);