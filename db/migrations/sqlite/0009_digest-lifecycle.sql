CREATE TABLE `digest_disputes` (
	`id` text PRIMARY KEY NOT NULL,
	`digest_id` text NOT NULL,
	`post_id` text NOT NULL,
	`author_id` text NOT NULL,
	`body` text NOT NULL,
	`state` text NOT NULL,
	`answer` text,
	`created_at` integer NOT NULL,
	`decided_at` integer,
	FOREIGN KEY (`digest_id`) REFERENCES `digests`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `digest_disputes_once` ON `digest_disputes` (`digest_id`,`post_id`);--> statement-breakpoint
CREATE INDEX `digest_disputes_post` ON `digest_disputes` (`post_id`);--> statement-breakpoint
CREATE TABLE `digest_errata` (
	`digest_id` text NOT NULL,
	`post_id` text NOT NULL,
	`cause` text NOT NULL,
	`withdrawn_at` integer NOT NULL,
	`restored_at` integer,
	PRIMARY KEY(`digest_id`, `post_id`),
	FOREIGN KEY (`digest_id`) REFERENCES `digests`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `digest_errata_post` ON `digest_errata` (`post_id`);--> statement-breakpoint
CREATE TABLE `digest_plans` (
	`period` text NOT NULL,
	`scope` text NOT NULL,
	`state` text NOT NULL,
	`changed_at` integer NOT NULL,
	PRIMARY KEY(`period`, `scope`)
);
--> statement-breakpoint
CREATE INDEX `digest_plans_state` ON `digest_plans` (`state`,`changed_at`);--> statement-breakpoint
ALTER TABLE `digest_sources` ADD `quoted` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `digests` ADD `drafted` text;--> statement-breakpoint
ALTER TABLE `digests` ADD `thin` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `digests` ADD `note` text;--> statement-breakpoint
ALTER TABLE `digests` ADD `note_by_id` text REFERENCES users(id);--> statement-breakpoint
ALTER TABLE `digests` ADD `corrects` integer;--> statement-breakpoint
ALTER TABLE `digests` ADD `checked_at` integer;--> statement-breakpoint
CREATE INDEX `digests_checked` ON `digests` (`state`,`checked_at`);