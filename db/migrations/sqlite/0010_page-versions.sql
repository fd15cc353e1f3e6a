CREATE TABLE `page_versions` (
	`key` text PRIMARY KEY NOT NULL,
	`version` text NOT NULL
);
