CREATE TABLE `appeals` (
	`id` text PRIMARY KEY NOT NULL,
	`decision_id` text NOT NULL,
	`case_id` text NOT NULL,
	`author_id` text NOT NULL,
	`body` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`decision_id`) REFERENCES `decisions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `appeals_decision` ON `appeals` (`decision_id`);--> statement-breakpoint
CREATE INDEX `appeals_case` ON `appeals` (`case_id`);--> statement-breakpoint
CREATE INDEX `appeals_author` ON `appeals` (`author_id`);--> statement-breakpoint
CREATE TABLE `case_causes` (
	`case_id` text NOT NULL,
	`cause` text NOT NULL,
	`detail` text DEFAULT '' NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`case_id`, `cause`, `detail`),
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `case_causes_cause` ON `case_causes` (`cause`,`created_at`);--> statement-breakpoint
CREATE TABLE `__new_cases` (
	`id` text PRIMARY KEY NOT NULL,
	`post_id` text,
	`thread_id` text,
	`person_id` text,
	`opened_at` integer NOT NULL,
	`closed_at` integer,
	`claimed_by_id` text,
	`claimed_until` integer,
	`reminded_at` integer,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`thread_id`) REFERENCES `threads`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`claimed_by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
INSERT INTO `case_causes`("case_id", "cause", "detail", "created_at") SELECT "id", "cause", '', "opened_at" FROM `cases`;--> statement-breakpoint
INSERT INTO `__new_cases`("id", "post_id", "opened_at", "closed_at") SELECT "id", "post_id", "opened_at", "closed_at" FROM `cases`;--> statement-breakpoint
DROP TABLE `cases`;--> statement-breakpoint
ALTER TABLE `__new_cases` RENAME TO `cases`;--> statement-breakpoint
CREATE INDEX `cases_open` ON `cases` (`closed_at`,`opened_at`);--> statement-breakpoint
CREATE INDEX `cases_post` ON `cases` (`post_id`);--> statement-breakpoint
CREATE INDEX `cases_thread` ON `cases` (`thread_id`);--> statement-breakpoint
CREATE INDEX `cases_person` ON `cases` (`person_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `cases_one_open` ON `cases` (`post_id`) WHERE "cases"."closed_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX `cases_one_open_thread` ON `cases` (`thread_id`) WHERE "cases"."closed_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX `cases_one_open_person` ON `cases` (`person_id`) WHERE "cases"."closed_at" is null;--> statement-breakpoint
CREATE TABLE `__new_decisions` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text,
	`post_id` text,
	`thread_id` text,
	`author_id` text NOT NULL,
	`moderator_id` text,
	`action` text NOT NULL,
	`rule` text,
	`note` text,
	`private_note` text,
	`automated` integer DEFAULT false NOT NULL,
	`found_by_machine` integer DEFAULT false NOT NULL,
	`told` text,
	`until` integer,
	`appeal_id` text,
	`undoes_id` text,
	`part_of_id` text,
	`batch_id` text,
	`change` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`thread_id`) REFERENCES `threads`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`moderator_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`appeal_id`) REFERENCES `appeals`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`undoes_id`) REFERENCES `decisions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`part_of_id`) REFERENCES `decisions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_decisions`("id", "case_id", "post_id", "thread_id", "author_id", "moderator_id", "action", "rule", "note", "automated", "created_at") SELECT "id", "case_id", "post_id", (SELECT "thread_id" FROM `posts` WHERE `posts`."id" = `decisions`."post_id"), "author_id", "moderator_id", "action", "rule", "note", "automated", "created_at" FROM `decisions`;--> statement-breakpoint
DROP TABLE `decisions`;--> statement-breakpoint
ALTER TABLE `__new_decisions` RENAME TO `decisions`;--> statement-breakpoint
CREATE INDEX `decisions_post` ON `decisions` (`post_id`);--> statement-breakpoint
CREATE INDEX `decisions_thread` ON `decisions` (`thread_id`);--> statement-breakpoint
CREATE INDEX `decisions_author` ON `decisions` (`author_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `decisions_case` ON `decisions` (`case_id`);--> statement-breakpoint
CREATE INDEX `decisions_part` ON `decisions` (`part_of_id`);--> statement-breakpoint
CREATE INDEX `decisions_created` ON `decisions` (`created_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `decisions_appeal` ON `decisions` (`appeal_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `decisions_undoes` ON `decisions` (`undoes_id`);--> statement-breakpoint
ALTER TABLE `posts` ADD `duplicate_of` text REFERENCES posts(id);--> statement-breakpoint
ALTER TABLE `threads` ADD `pinned_at` integer;--> statement-breakpoint
ALTER TABLE `threads` ADD `slow_minutes` integer;--> statement-breakpoint
ALTER TABLE `threads` ADD `slow_until` integer;--> statement-breakpoint
ALTER TABLE `threads` ADD `merged_into` text REFERENCES threads(id);--> statement-breakpoint
ALTER TABLE `users` ADD `silenced_until` integer;--> statement-breakpoint
-- A decision, once recorded, is never changed or removed: not by a bug, not by a moderator. The
-- triggers went with the table that was made anew above.
CREATE TRIGGER decisions_no_update BEFORE UPDATE ON decisions
BEGIN
  SELECT RAISE(ABORT, 'decisions are append-only');
END;
--> statement-breakpoint
CREATE TRIGGER decisions_no_delete BEFORE DELETE ON decisions
BEGIN
  SELECT RAISE(ABORT, 'decisions are append-only');
END;
