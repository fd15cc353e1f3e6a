ALTER TABLE `digest_proposals` ADD `decided_by_id` text REFERENCES users(id);--> statement-breakpoint
ALTER TABLE `digest_proposals` ADD `decided_at` integer;