CREATE TABLE `mail_refusals` (
	`mail_id` text NOT NULL,
	`cause` text NOT NULL,
	`domain` text NOT NULL,
	`address_hash` text,
	`reply` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`mail_id`, `cause`)
);
--> statement-breakpoint
CREATE INDEX `mail_refusals_address` ON `mail_refusals` (`address_hash`);--> statement-breakpoint
CREATE INDEX `mail_refusals_created` ON `mail_refusals` (`created_at`);