CREATE TABLE `cue_words` (
	`kind` text NOT NULL,
	`language` text NOT NULL,
	`words` text NOT NULL,
	PRIMARY KEY(`kind`, `language`)
);
