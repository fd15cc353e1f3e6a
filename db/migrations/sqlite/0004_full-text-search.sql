CREATE TABLE `search_entries` (
	`entry` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`ref` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `search_entries_ref` ON `search_entries` (`kind`,`ref`);
--> statement-breakpoint
-- The index of app/search/sqlite-engine.ts: tokens come folded, the texts themselves are not kept here.
CREATE VIRTUAL TABLE search_text USING fts5(title, body, content='', contentless_delete=1, tokenize='ascii');
