CREATE TABLE "same_barrier_proposals" (
	"post_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"other_id" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "same_barrier_proposals" ADD CONSTRAINT "same_barrier_proposals_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "same_barrier_proposals" ADD CONSTRAINT "same_barrier_proposals_other_id_posts_id_fk" FOREIGN KEY ("other_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "same_barrier_proposals_other" ON "same_barrier_proposals" USING btree ("other_id");