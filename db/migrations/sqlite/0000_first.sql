CREATE TABLE `affirmations` (
	`post_id` text NOT NULL,
	`user_id` text NOT NULL,
	`country` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`post_id`, `user_id`),
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `affirmations_user` ON `affirmations` (`user_id`);--> statement-breakpoint
CREATE TABLE `post_barriers` (
	`post_id` text NOT NULL,
	`kind` text NOT NULL,
	PRIMARY KEY(`post_id`, `kind`),
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `post_barriers_kind` ON `post_barriers` (`kind`);--> statement-breakpoint
CREATE TABLE `post_pillars` (
	`post_id` text NOT NULL,
	`pillar` text NOT NULL,
	PRIMARY KEY(`post_id`, `pillar`),
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `posts` (
	`id` text PRIMARY KEY NOT NULL,
	`thread_id` text NOT NULL,
	`author_id` text NOT NULL,
	`is_opening` integer DEFAULT false NOT NULL,
	`parent_id` text,
	`reply_to_id` text,
	`state` text NOT NULL,
	`body` text NOT NULL,
	`html` text NOT NULL,
	`excerpt` text NOT NULL,
	`language` text NOT NULL,
	`country` text,
	`region` text,
	`industry` text,
	`impact` integer,
	`revision` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`edited_at` integer,
	`imported_at` integer,
	FOREIGN KEY (`thread_id`) REFERENCES `threads`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`parent_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reply_to_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `posts_thread` ON `posts` (`thread_id`,`parent_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `posts_opening` ON `posts` (`thread_id`,`is_opening`);--> statement-breakpoint
CREATE INDEX `posts_region` ON `posts` (`region`,`created_at`);--> statement-breakpoint
CREATE INDEX `posts_author` ON `posts` (`author_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `posts_created` ON `posts` (`created_at`);--> statement-breakpoint
CREATE INDEX `posts_state` ON `posts` (`state`,`created_at`);--> statement-breakpoint
CREATE TABLE `submissions` (
	`key` text PRIMARY KEY NOT NULL,
	`location` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `thread_pillars` (
	`thread_id` text NOT NULL,
	`pillar` text NOT NULL,
	PRIMARY KEY(`thread_id`, `pillar`),
	FOREIGN KEY (`thread_id`) REFERENCES `threads`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `thread_pillars_pillar` ON `thread_pillars` (`pillar`);--> statement-breakpoint
CREATE TABLE `threads` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`title` text NOT NULL,
	`state` text NOT NULL,
	`language` text NOT NULL,
	`author_id` text NOT NULL,
	`source_key` text,
	`source_url` text,
	`question_number` integer,
	`created_at` integer NOT NULL,
	`active_at` integer NOT NULL,
	FOREIGN KEY (`author_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `threads_slug` ON `threads` (`slug`);--> statement-breakpoint
CREATE UNIQUE INDEX `threads_source_key` ON `threads` (`source_key`);--> statement-breakpoint
CREATE INDEX `threads_active` ON `threads` (`state`,`active_at`);--> statement-breakpoint
CREATE INDEX `threads_created` ON `threads` (`state`,`created_at`);--> statement-breakpoint
CREATE TABLE `deliveries` (
	`subscription_id` text NOT NULL,
	`digest_id` text NOT NULL,
	`mail_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`subscription_id`, `digest_id`),
	FOREIGN KEY (`subscription_id`) REFERENCES `subscriptions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`digest_id`) REFERENCES `digests`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `deliveries_mail` ON `deliveries` (`mail_id`);--> statement-breakpoint
CREATE TABLE `digest_sources` (
	`digest_id` text NOT NULL,
	`post_id` text NOT NULL,
	PRIMARY KEY(`digest_id`, `post_id`),
	FOREIGN KEY (`digest_id`) REFERENCES `digests`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `digest_sources_post` ON `digest_sources` (`post_id`);--> statement-breakpoint
CREATE TABLE `digests` (
	`id` text PRIMARY KEY NOT NULL,
	`scope` text NOT NULL,
	`period` text NOT NULL,
	`period_start` integer NOT NULL,
	`period_end` integer NOT NULL,
	`version` integer NOT NULL,
	`state` text NOT NULL,
	`content` text NOT NULL,
	`content_hash` text NOT NULL,
	`built_at` integer NOT NULL,
	`published_at` integer,
	`published_by_id` text,
	FOREIGN KEY (`published_by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `digests_version` ON `digests` (`scope`,`period`,`version`);--> statement-breakpoint
CREATE INDEX `digests_published` ON `digests` (`state`,`published_at`);--> statement-breakpoint
CREATE TABLE `subscription_pillars` (
	`subscription_id` text NOT NULL,
	`pillar` text NOT NULL,
	PRIMARY KEY(`subscription_id`, `pillar`),
	FOREIGN KEY (`subscription_id`) REFERENCES `subscriptions`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `subscription_scopes` (
	`subscription_id` text NOT NULL,
	`scope` text NOT NULL,
	PRIMARY KEY(`subscription_id`, `scope`),
	FOREIGN KEY (`subscription_id`) REFERENCES `subscriptions`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `subscription_scopes_scope` ON `subscription_scopes` (`scope`);--> statement-breakpoint
CREATE TABLE `subscriptions` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text,
	`email_key` text,
	`language` text NOT NULL,
	`frequency` text NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`confirmed_at` integer,
	`left_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `subscriptions_email` ON `subscriptions` (`email_key`);--> statement-breakpoint
CREATE INDEX `subscriptions_state` ON `subscriptions` (`state`,`created_at`);--> statement-breakpoint
CREATE TABLE `limits` (
	`key` text PRIMARY KEY NOT NULL,
	`points` integer NOT NULL,
	`expires_at` integer
);
--> statement-breakpoint
CREATE INDEX `limits_expires` ON `limits` (`expires_at`);--> statement-breakpoint
CREATE TABLE `mails` (
	`id` text PRIMARY KEY NOT NULL,
	`to_address` text NOT NULL,
	`subject` text NOT NULL,
	`text` text NOT NULL,
	`html` text,
	`headers` text NOT NULL,
	`kind` text DEFAULT 'letter' NOT NULL,
	`created_at` integer NOT NULL,
	`not_before` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`lease_until` integer,
	`sent_at` integer,
	`failed_at` integer,
	`last_error` text
);
--> statement-breakpoint
CREATE INDEX `mails_due` ON `mails` (`sent_at`,`failed_at`,`kind`,`not_before`);--> statement-breakpoint
CREATE TABLE `cases` (
	`id` text PRIMARY KEY NOT NULL,
	`post_id` text NOT NULL,
	`cause` text NOT NULL,
	`opened_at` integer NOT NULL,
	`closed_at` integer,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `cases_open` ON `cases` (`closed_at`,`opened_at`);--> statement-breakpoint
CREATE INDEX `cases_post` ON `cases` (`post_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `cases_one_open` ON `cases` (`post_id`) WHERE "cases"."closed_at" is null;--> statement-breakpoint
CREATE TABLE `decisions` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text,
	`post_id` text NOT NULL,
	`author_id` text NOT NULL,
	`moderator_id` text NOT NULL,
	`action` text NOT NULL,
	`rule` text,
	`note` text,
	`automated` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`moderator_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `decisions_post` ON `decisions` (`post_id`);--> statement-breakpoint
CREATE INDEX `decisions_created` ON `decisions` (`created_at`);--> statement-breakpoint
CREATE TABLE `flags` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`post_id` text NOT NULL,
	`user_id` text NOT NULL,
	`reason` text NOT NULL,
	`note` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `flags_once` ON `flags` (`post_id`,`user_id`);--> statement-breakpoint
CREATE INDEX `flags_case` ON `flags` (`case_id`);--> statement-breakpoint
CREATE TABLE `mail_tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`purpose` text NOT NULL,
	`redirect_to` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `mail_tokens_user` ON `mail_tokens` (`user_id`);--> statement-breakpoint
CREATE TABLE `notifications` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`kind` text NOT NULL,
	`post_id` text,
	`decision_id` text,
	`created_at` integer NOT NULL,
	`read_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `notifications_user` ON `notifications` (`user_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE INDEX `sessions_expires` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`handle` text NOT NULL,
	`handle_key` text NOT NULL,
	`name` text,
	`email` text,
	`email_key` text,
	`password_hash` text,
	`role` text DEFAULT 'member' NOT NULL,
	`country` text,
	`language` text,
	`created_at` integer NOT NULL,
	`confirmed_at` integer,
	`suspended_until` integer,
	`imported_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_handle_key` ON `users` (`handle_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `users_email_key` ON `users` (`email_key`);--> statement-breakpoint
CREATE TABLE `settings` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
