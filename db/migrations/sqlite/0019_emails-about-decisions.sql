ALTER TABLE `mails` ADD `decision_id` text;--> statement-breakpoint
CREATE INDEX `mails_decision` ON `mails` (`decision_id`);