CREATE TABLE "conversations" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"slug" text COLLATE "C" NOT NULL,
	"source_key" text COLLATE "C" NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"link" text COLLATE "C",
	"author" text COLLATE "C",
	"language" text COLLATE "C" NOT NULL,
	"date" text COLLATE "C",
	"summary_points" json NOT NULL,
	"introduction" text COLLATE "C",
	"pillars" json NOT NULL,
	"glossary" json NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"opens_at" bigint,
	"closes_at" bigint,
	"created_at" bigint NOT NULL,
	"opened_at" bigint,
	"closed_at" bigint
);
--> statement-breakpoint
DROP INDEX "threads_source_key";--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "conversation_id" text COLLATE "C";--> statement-breakpoint
CREATE UNIQUE INDEX "conversations_slug" ON "conversations" USING btree ("slug");--> statement-breakpoint
CREATE UNIQUE INDEX "conversations_source_key" ON "conversations" USING btree ("source_key");--> statement-breakpoint
CREATE INDEX "conversations_opened" ON "conversations" USING btree ("state","opened_at");--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "threads_question" ON "threads" USING btree ("conversation_id","source_key");--> statement-breakpoint
CREATE INDEX "threads_source_key" ON "threads" USING btree ("source_key");--> statement-breakpoint
-- The questions of a site of before become one open conversation; nothing else about them changes.
INSERT INTO "conversations" ("id", "slug", "source_key", "title", "link", "language", "summary_points", "pillars", "glossary", "state", "created_at", "opened_at")
SELECT 'c1',
	CASE WHEN first.id = 'q1' THEN 'democratizing-ai-power' ELSE first.slug END,
	CASE WHEN first.id = 'q1' THEN '3918ca541bd05ad99c070785b5c0e78b' ELSE coalesce(first.source_key, first.id) END,
	CASE WHEN first.id = 'q1' THEN 'Democratizing AI Power' ELSE first.title END,
	(SELECT min(source_url) FROM threads WHERE question_number IS NOT NULL),
	first.language, '[]', '[]', '[]', 'open', first.created_at, first.created_at
FROM threads AS first
WHERE first.id = (SELECT id FROM threads WHERE question_number IS NOT NULL OR source_key IS NOT NULL
	ORDER BY coalesce(question_number, 1000), created_at, id LIMIT 1);--> statement-breakpoint
UPDATE "threads" SET "conversation_id" = 'c1' WHERE "question_number" IS NOT NULL OR "source_key" IS NOT NULL;
