CREATE TABLE "post_translations" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"post_id" text COLLATE "C" NOT NULL,
	"revision" bigint NOT NULL,
	"language" text COLLATE "C" NOT NULL,
	"body" text COLLATE "C" NOT NULL,
	"html" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C",
	"machine" text COLLATE "C",
	"created_at" bigint NOT NULL,
	"removed_at" bigint,
	"removed_by_id" text COLLATE "C"
);
--> statement-breakpoint
DROP INDEX "flags_once";--> statement-breakpoint
ALTER TABLE "digest_proposals" ADD COLUMN "translation_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "flags" ADD COLUMN "translation_id" text COLLATE "C" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "reads" json;--> statement-breakpoint
ALTER TABLE "post_translations" ADD CONSTRAINT "post_translations_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "post_translations" ADD CONSTRAINT "post_translations_person_id_users_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "post_translations" ADD CONSTRAINT "post_translations_removed_by_id_users_id_fk" FOREIGN KEY ("removed_by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "post_translations_post" ON "post_translations" USING btree ("post_id","language");--> statement-breakpoint
CREATE INDEX "post_translations_person" ON "post_translations" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "flags_once" ON "flags" USING btree ("post_id","user_id","translation_id");