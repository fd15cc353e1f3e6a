CREATE TABLE "digest_announcements" (
	"digest_id" text COLLATE "C" NOT NULL,
	"quote" text COLLATE "C" NOT NULL,
	"post_id" text COLLATE "C" NOT NULL,
	"told_at" bigint NOT NULL,
	CONSTRAINT "digest_announcements_digest_id_quote_pk" PRIMARY KEY("digest_id","quote")
);
--> statement-breakpoint
ALTER TABLE "digests" ADD COLUMN "announced_at" bigint;--> statement-breakpoint
ALTER TABLE "digests" ADD COLUMN "presses" json;--> statement-breakpoint
ALTER TABLE "digest_announcements" ADD CONSTRAINT "digest_announcements_digest_id_digests_id_fk" FOREIGN KEY ("digest_id") REFERENCES "public"."digests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digest_announcements" ADD CONSTRAINT "digest_announcements_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "digest_announcements_post" ON "digest_announcements" USING btree ("post_id");