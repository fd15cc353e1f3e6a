ALTER TABLE `conversations` ADD `deleted_at` integer;--> statement-breakpoint
ALTER TABLE `setting_changes` ADD `conversation_id` text REFERENCES conversations(id);--> statement-breakpoint
CREATE INDEX `setting_changes_conversation` ON `setting_changes` (`conversation_id`,`created_at`);