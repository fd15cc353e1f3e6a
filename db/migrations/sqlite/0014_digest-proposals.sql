CREATE TABLE `digest_proposals` (
	`id` text PRIMARY KEY NOT NULL,
	`digest_id` text NOT NULL,
	`quote` text,
	`language` text NOT NULL,
	`original` text NOT NULL,
	`original_hash` text NOT NULL,
	`text` text NOT NULL,
	`model` text NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`digest_id`) REFERENCES `digests`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `digest_proposals_once` ON `digest_proposals` (`digest_id`,`language`,`original_hash`);