CREATE TABLE "community_changes" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"person_id" text COLLATE "C",
	"act" text COLLATE "C" NOT NULL,
	"vocabulary" text COLLATE "C" NOT NULL,
	"slug" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	"before" json NOT NULL,
	"after" json NOT NULL,
	"undone_at" bigint,
	"undone_by_id" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "term_texts" (
	"vocabulary" text COLLATE "C" NOT NULL,
	"slug" text COLLATE "C" NOT NULL,
	"language" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"short" text COLLATE "C" NOT NULL,
	"description" text COLLATE "C" NOT NULL,
	"examples" text COLLATE "C" NOT NULL,
	CONSTRAINT "term_texts_vocabulary_slug_language_pk" PRIMARY KEY("vocabulary","slug","language")
);
--> statement-breakpoint
CREATE TABLE "terms" (
	"vocabulary" text COLLATE "C" NOT NULL,
	"slug" text COLLATE "C" NOT NULL,
	"position" bigint NOT NULL,
	"glyph" text COLLATE "C",
	"colour" text COLLATE "C",
	"state" text COLLATE "C" NOT NULL,
	"merged_into" text COLLATE "C",
	CONSTRAINT "terms_vocabulary_slug_pk" PRIMARY KEY("vocabulary","slug")
);
--> statement-breakpoint
ALTER TABLE "digests" ADD COLUMN "term_names" json;--> statement-breakpoint
ALTER TABLE "community_changes" ADD CONSTRAINT "community_changes_person_id_users_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "community_changes" ADD CONSTRAINT "community_changes_undone_by_id_users_id_fk" FOREIGN KEY ("undone_by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "community_changes_at" ON "community_changes" USING btree ("at");