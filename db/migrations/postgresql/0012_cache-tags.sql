CREATE TABLE "cache_tags" (
	"tag" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL
);
--> statement-breakpoint
DROP TABLE "page_versions" CASCADE;