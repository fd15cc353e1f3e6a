CREATE TABLE "page_versions" (
	"key" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" text COLLATE "C" NOT NULL
);
