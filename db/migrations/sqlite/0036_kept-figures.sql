CREATE TABLE `counted_reports` (
	`person_id` text NOT NULL,
	`post_id` text NOT NULL,
	`kind` text NOT NULL,
	`pillar` text NOT NULL,
	`said_by` text NOT NULL,
	`place` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`person_id`, `post_id`, `kind`, `pillar`)
);
--> statement-breakpoint
CREATE INDEX `counted_reports_newest` ON `counted_reports` (`pillar`,`created_at`,`post_id`,`kind`,`person_id`,`place`);--> statement-breakpoint
CREATE INDEX `counted_reports_place` ON `counted_reports` (`pillar`,`place`,`created_at`,`post_id`,`kind`);--> statement-breakpoint
CREATE TABLE `key_point_places` (
	`key_point_id` text NOT NULL,
	`place` text NOT NULL,
	`kind` text NOT NULL,
	`people` integer NOT NULL,
	`since` integer NOT NULL,
	PRIMARY KEY(`key_point_id`, `place`),
	FOREIGN KEY (`key_point_id`) REFERENCES `key_points`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `key_point_places_most` ON `key_point_places` (`place`,`people`,`since`,`key_point_id`);--> statement-breakpoint
CREATE INDEX `key_point_places_kind` ON `key_point_places` (`place`,`kind`,`people`,`since`,`key_point_id`);--> statement-breakpoint
CREATE TABLE `key_point_reports` (
	`key_point_id` text NOT NULL,
	`post_id` text NOT NULL,
	`person_id` text NOT NULL,
	`kind` text NOT NULL,
	`place` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`key_point_id`, `post_id`),
	FOREIGN KEY (`key_point_id`) REFERENCES `key_points`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `key_point_reports_newest` ON `key_point_reports` (`created_at`,`key_point_id`,`person_id`,`kind`,`place`);--> statement-breakpoint
CREATE TABLE `report_days` (
	`pillar` text NOT NULL,
	`kind` text NOT NULL,
	`place` text NOT NULL,
	`day` integer NOT NULL,
	`people` integer NOT NULL,
	`reports` integer NOT NULL,
	`by_author` integer NOT NULL,
	`by_moderator` integer NOT NULL,
	`by_import` integer NOT NULL,
	`by_machine` integer NOT NULL,
	PRIMARY KEY(`pillar`, `place`, `kind`, `day`)
);
--> statement-breakpoint
CREATE INDEX `report_days_since` ON `report_days` (`pillar`,`day`,`place`,`kind`,`people`);--> statement-breakpoint
CREATE TABLE `stale_figures` (
	`subject` text NOT NULL,
	`id` text NOT NULL,
	PRIMARY KEY(`subject`, `id`)
);
--> statement-breakpoint
CREATE TABLE `thread_facets` (
	`facet` text NOT NULL,
	`thread_id` text NOT NULL,
	PRIMARY KEY(`facet`, `thread_id`),
	FOREIGN KEY (`thread_id`) REFERENCES `threads`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `thread_facets_thread` ON `thread_facets` (`thread_id`);--> statement-breakpoint
CREATE TABLE `thread_figures` (
	`thread_id` text PRIMARY KEY NOT NULL,
	`is_public` integer NOT NULL,
	`is_pinned` integer NOT NULL,
	`answers` integer NOT NULL,
	`people` integer NOT NULL,
	`countries` integer NOT NULL,
	`voices` integer NOT NULL,
	`active_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`thread_id`) REFERENCES `threads`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `thread_figures_latest` ON `thread_figures` (`is_public`,`is_pinned`,`active_at`,`thread_id`);--> statement-breakpoint
CREATE INDEX `thread_figures_new` ON `thread_figures` (`is_public`,`created_at`,`thread_id`);--> statement-breakpoint
CREATE INDEX `thread_figures_top` ON `thread_figures` (`is_public`,`voices`,`active_at`,`thread_id`);--> statement-breakpoint
CREATE INDEX `thread_figures_unanswered` ON `thread_figures` (`is_public`,`answers`,`created_at`,`thread_id`);--> statement-breakpoint
DROP INDEX `posts_opening`;--> statement-breakpoint
DROP INDEX `posts_counted`;--> statement-breakpoint
CREATE INDEX `posts_in_thread` ON `posts` (`thread_id`,`is_opening`,`state`,`author_id`,`country`,`region`,`industry`,`language`);