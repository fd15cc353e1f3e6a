CREATE TABLE `conversations` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`source_key` text NOT NULL,
	`title` text NOT NULL,
	`link` text,
	`author` text,
	`language` text NOT NULL,
	`date` text,
	`summary_points` text NOT NULL,
	`introduction` text,
	`pillars` text NOT NULL,
	`glossary` text NOT NULL,
	`state` text NOT NULL,
	`opens_at` integer,
	`closes_at` integer,
	`created_at` integer NOT NULL,
	`opened_at` integer,
	`closed_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `conversations_slug` ON `conversations` (`slug`);--> statement-breakpoint
CREATE UNIQUE INDEX `conversations_source_key` ON `conversations` (`source_key`);--> statement-breakpoint
CREATE INDEX `conversations_opened` ON `conversations` (`state`,`opened_at`);--> statement-breakpoint
DROP INDEX `threads_source_key`;--> statement-breakpoint
ALTER TABLE `threads` ADD `conversation_id` text REFERENCES conversations(id);--> statement-breakpoint
CREATE UNIQUE INDEX `threads_question` ON `threads` (`conversation_id`,`source_key`);--> statement-breakpoint
CREATE INDEX `threads_source_key` ON `threads` (`source_key`);--> statement-breakpoint
-- The questions of a site of before become one open conversation; nothing else about them changes.
INSERT INTO `conversations` (`id`, `slug`, `source_key`, `title`, `link`, `language`, `summary_points`, `pillars`, `glossary`, `state`, `created_at`, `opened_at`)
SELECT 'c1',
	CASE WHEN first.id = 'q1' THEN 'democratizing-ai-power' ELSE first.slug END,
	CASE WHEN first.id = 'q1' THEN '3918ca541bd05ad99c070785b5c0e78b' ELSE coalesce(first.source_key, first.id) END,
	CASE WHEN first.id = 'q1' THEN 'Democratizing AI Power' ELSE first.title END,
	(SELECT min(source_url) FROM threads WHERE question_number IS NOT NULL),
	first.language, '[]', '[]', '[]', 'open', first.created_at, first.created_at
FROM threads AS first
WHERE first.id = (SELECT id FROM threads WHERE question_number IS NOT NULL OR source_key IS NOT NULL
	ORDER BY coalesce(question_number, 1000), created_at, id LIMIT 1);--> statement-breakpoint
UPDATE `threads` SET `conversation_id` = 'c1' WHERE `question_number` IS NOT NULL OR `source_key` IS NOT NULL;
