CREATE TABLE `digest_key_points` (
	`digest_id` text NOT NULL,
	`key_point_id` text NOT NULL,
	PRIMARY KEY(`digest_id`, `key_point_id`),
	FOREIGN KEY (`digest_id`) REFERENCES `digests`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`key_point_id`) REFERENCES `key_points`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `digest_key_points_point` ON `digest_key_points` (`key_point_id`);--> statement-breakpoint
CREATE TABLE `key_point_acts` (
	`id` text PRIMARY KEY NOT NULL,
	`act` text NOT NULL,
	`key_point_id` text,
	`other_id` text,
	`person_id` text NOT NULL,
	`before` text NOT NULL,
	`after` text NOT NULL,
	`undoes` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`key_point_id`) REFERENCES `key_points`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`other_id`) REFERENCES `key_points`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`undoes`) REFERENCES `key_point_acts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `key_point_acts_point` ON `key_point_acts` (`key_point_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `key_point_acts_other` ON `key_point_acts` (`other_id`);--> statement-breakpoint
CREATE INDEX `key_point_acts_newest` ON `key_point_acts` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `key_point_acts_undoes` ON `key_point_acts` (`undoes`);--> statement-breakpoint
CREATE TABLE `key_point_posts` (
	`post_id` text PRIMARY KEY NOT NULL,
	`key_point_id` text NOT NULL,
	`said_by` text NOT NULL,
	`added_by_id` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`key_point_id`) REFERENCES `key_points`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`added_by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `key_point_posts_point` ON `key_point_posts` (`key_point_id`);--> statement-breakpoint
CREATE TABLE `key_point_stances` (
	`key_point_id` text NOT NULL,
	`user_id` text NOT NULL,
	`stance` text NOT NULL,
	`country` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`key_point_id`, `user_id`),
	FOREIGN KEY (`key_point_id`) REFERENCES `key_points`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `key_point_stances_user` ON `key_point_stances` (`user_id`);--> statement-breakpoint
CREATE TABLE `key_point_texts` (
	`key_point_id` text NOT NULL,
	`language` text NOT NULL,
	`title` text NOT NULL,
	`sentence` text NOT NULL,
	`proposed_by` text NOT NULL,
	`model` text,
	`source_post_id` text,
	`accepted_by_id` text,
	`accepted_at` integer,
	PRIMARY KEY(`key_point_id`, `language`),
	FOREIGN KEY (`key_point_id`) REFERENCES `key_points`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`source_post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`accepted_by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `key_point_texts_source` ON `key_point_texts` (`source_post_id`);--> statement-breakpoint
CREATE TABLE `key_points` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`region` text NOT NULL,
	`merged_into_id` text,
	`created_at` integer NOT NULL,
	`created_by_id` text,
	FOREIGN KEY (`merged_into_id`) REFERENCES `key_points`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `key_points_region` ON `key_points` (`region`,`created_at`);--> statement-breakpoint
CREATE INDEX `key_points_merged` ON `key_points` (`merged_into_id`);--> statement-breakpoint
DROP INDEX `posts_counted`;--> statement-breakpoint
ALTER TABLE `posts` ADD `not_barrier` text;--> statement-breakpoint
ALTER TABLE `posts` ADD `not_barrier_at` integer;--> statement-breakpoint
CREATE INDEX `posts_counted` ON `posts` (`state`,`is_opening`,`created_at`,`id`,`thread_id`,`author_id`,`country`,`region`,`industry`,`not_barrier`);--> statement-breakpoint
-- Who named a kind: whoever accepted it last, else the file the post was imported from, else its author.
CREATE TABLE `__new_post_barriers` (
	`post_id` text NOT NULL,
	`kind` text NOT NULL,
	`said_by` text NOT NULL,
	`person_id` text,
	PRIMARY KEY(`post_id`, `kind`),
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_post_barriers` (`post_id`, `kind`, `said_by`, `person_id`)
SELECT post_id, kind,
	CASE WHEN named_by = author_id THEN 'author' WHEN named_by IS NOT NULL THEN 'moderator'
		WHEN imported_at IS NOT NULL THEN 'import' ELSE 'author' END,
	CASE WHEN named_by <> author_id THEN named_by END
FROM (
	SELECT barriers.post_id, barriers.kind, posts.author_id, posts.imported_at,
		(SELECT acts.person_id FROM barrier_acts AS acts, json_each(acts.kinds) AS kinds
		WHERE acts.act = 'accept' AND acts.subject = barriers.post_id AND kinds.value = barriers.kind
		ORDER BY acts.created_at DESC, acts.id DESC LIMIT 1) AS named_by
	FROM post_barriers AS barriers INNER JOIN posts ON posts.id = barriers.post_id
);
--> statement-breakpoint
DROP TABLE `post_barriers`;--> statement-breakpoint
ALTER TABLE `__new_post_barriers` RENAME TO `post_barriers`;--> statement-breakpoint
CREATE INDEX `post_barriers_kind` ON `post_barriers` (`kind`);