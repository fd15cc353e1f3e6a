CREATE TABLE `legal_notices` (
	`id` text PRIMARY KEY NOT NULL,
	`post_id` text NOT NULL,
	`case_id` text NOT NULL,
	`location` text NOT NULL,
	`explanation` text NOT NULL,
	`name` text,
	`email` text,
	`user_id` text,
	`language` text NOT NULL,
	`good_faith` integer NOT NULL,
	`created_at` integer NOT NULL,
	`decided_at` integer,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `legal_notices_case` ON `legal_notices` (`case_id`);--> statement-breakpoint
CREATE INDEX `legal_notices_created` ON `legal_notices` (`created_at`);--> statement-breakpoint
CREATE TABLE `mod_messages` (
	`id` text PRIMARY KEY NOT NULL,
	`talk_id` text NOT NULL,
	`author_id` text NOT NULL,
	`from_moderators` integer NOT NULL,
	`body` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`talk_id`) REFERENCES `mod_talks`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`author_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `mod_messages_talk` ON `mod_messages` (`talk_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `mod_talks` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`subject` text NOT NULL,
	`created_at` integer NOT NULL,
	`active_at` integer NOT NULL,
	`awaits_moderators` integer NOT NULL,
	`closed_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `mod_talks_person` ON `mod_talks` (`person_id`);--> statement-breakpoint
CREATE INDEX `mod_talks_active` ON `mod_talks` (`active_at`);--> statement-breakpoint
CREATE TABLE `person_notes` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`author_id` text NOT NULL,
	`body` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`author_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `person_notes_person` ON `person_notes` (`person_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `practice_answers` (
	`case_id` text NOT NULL,
	`moderator_id` text NOT NULL,
	`action` text NOT NULL,
	`rule` text,
	`answered_at` integer NOT NULL,
	PRIMARY KEY(`case_id`, `moderator_id`),
	FOREIGN KEY (`case_id`) REFERENCES `practice_cases`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`moderator_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `practice_answers_moderator` ON `practice_answers` (`moderator_id`);--> statement-breakpoint
CREATE TABLE `practice_cases` (
	`id` text PRIMARY KEY NOT NULL,
	`position` integer NOT NULL,
	`matter` text NOT NULL,
	`action` text NOT NULL,
	`rule` text,
	`why` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `patterns` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`text` text NOT NULL,
	`effect` text NOT NULL,
	`note` text,
	`added_by_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`retired_at` integer,
	`retired_by_id` text,
	FOREIGN KEY (`added_by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`retired_by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `signals` (
	`id` text PRIMARY KEY NOT NULL,
	`post_id` text NOT NULL,
	`kind` text NOT NULL,
	`effect` text NOT NULL,
	`pattern_id` text,
	`matched` text,
	`other_post_id` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`pattern_id`) REFERENCES `patterns`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`other_post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `signals_post` ON `signals` (`post_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `text_prints` (
	`post_id` text PRIMARY KEY NOT NULL,
	`print` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `text_prints_print` ON `text_prints` (`print`,`created_at`);