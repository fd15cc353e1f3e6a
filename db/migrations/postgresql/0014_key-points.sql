CREATE TABLE "digest_key_points" (
	"digest_id" text COLLATE "C" NOT NULL,
	"key_point_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "digest_key_points_digest_id_key_point_id_pk" PRIMARY KEY("digest_id","key_point_id")
);
--> statement-breakpoint
CREATE TABLE "key_point_acts" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"act" text COLLATE "C" NOT NULL,
	"key_point_id" text COLLATE "C",
	"other_id" text COLLATE "C",
	"person_id" text COLLATE "C" NOT NULL,
	"before" json NOT NULL,
	"after" json NOT NULL,
	"undoes" text COLLATE "C",
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "key_point_posts" (
	"post_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"key_point_id" text COLLATE "C" NOT NULL,
	"said_by" text COLLATE "C" NOT NULL,
	"added_by_id" text COLLATE "C",
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "key_point_stances" (
	"key_point_id" text COLLATE "C" NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"stance" text COLLATE "C" NOT NULL,
	"country" text COLLATE "C",
	"created_at" bigint NOT NULL,
	CONSTRAINT "key_point_stances_key_point_id_user_id_pk" PRIMARY KEY("key_point_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "key_point_texts" (
	"key_point_id" text COLLATE "C" NOT NULL,
	"language" text COLLATE "C" NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"sentence" text COLLATE "C" NOT NULL,
	"proposed_by" text COLLATE "C" NOT NULL,
	"model" text COLLATE "C",
	"source_post_id" text COLLATE "C",
	"accepted_by_id" text COLLATE "C",
	"accepted_at" bigint,
	CONSTRAINT "key_point_texts_key_point_id_language_pk" PRIMARY KEY("key_point_id","language")
);
--> statement-breakpoint
CREATE TABLE "key_points" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"region" text COLLATE "C" NOT NULL,
	"merged_into_id" text COLLATE "C",
	"created_at" bigint NOT NULL,
	"created_by_id" text COLLATE "C"
);
--> statement-breakpoint
DROP INDEX "posts_counted";--> statement-breakpoint
ALTER TABLE "post_barriers" ADD COLUMN "said_by" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "post_barriers" ADD COLUMN "person_id" text COLLATE "C";--> statement-breakpoint
-- Who named a kind: whoever accepted it last, else the file the post was imported from, else its author.
UPDATE "post_barriers" SET
	"said_by" = CASE WHEN named_by = author_id THEN 'author' WHEN named_by IS NOT NULL THEN 'moderator'
		WHEN imported_at IS NOT NULL THEN 'import' ELSE 'author' END,
	"person_id" = CASE WHEN named_by <> author_id THEN named_by END
FROM (
	SELECT barriers.post_id, barriers.kind, posts.author_id, posts.imported_at,
		(SELECT acts.person_id FROM barrier_acts AS acts, json_array_elements_text(acts.kinds) AS kinds(value)
		WHERE acts.act = 'accept' AND acts.subject = barriers.post_id AND kinds.value = barriers.kind
		ORDER BY acts.created_at DESC, acts.id DESC LIMIT 1) AS named_by
	FROM post_barriers AS barriers INNER JOIN posts ON posts.id = barriers.post_id
) AS named
WHERE named.post_id = "post_barriers"."post_id" AND named.kind = "post_barriers"."kind";--> statement-breakpoint
ALTER TABLE "post_barriers" ALTER COLUMN "said_by" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "not_barrier" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "not_barrier_at" bigint;--> statement-breakpoint
ALTER TABLE "digest_key_points" ADD CONSTRAINT "digest_key_points_digest_id_digests_id_fk" FOREIGN KEY ("digest_id") REFERENCES "public"."digests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digest_key_points" ADD CONSTRAINT "digest_key_points_key_point_id_key_points_id_fk" FOREIGN KEY ("key_point_id") REFERENCES "public"."key_points"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_point_acts" ADD CONSTRAINT "key_point_acts_key_point_id_key_points_id_fk" FOREIGN KEY ("key_point_id") REFERENCES "public"."key_points"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_point_acts" ADD CONSTRAINT "key_point_acts_other_id_key_points_id_fk" FOREIGN KEY ("other_id") REFERENCES "public"."key_points"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_point_acts" ADD CONSTRAINT "key_point_acts_person_id_users_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_point_acts" ADD CONSTRAINT "key_point_acts_undoes_key_point_acts_id_fk" FOREIGN KEY ("undoes") REFERENCES "public"."key_point_acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_point_posts" ADD CONSTRAINT "key_point_posts_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_point_posts" ADD CONSTRAINT "key_point_posts_key_point_id_key_points_id_fk" FOREIGN KEY ("key_point_id") REFERENCES "public"."key_points"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_point_posts" ADD CONSTRAINT "key_point_posts_added_by_id_users_id_fk" FOREIGN KEY ("added_by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_point_stances" ADD CONSTRAINT "key_point_stances_key_point_id_key_points_id_fk" FOREIGN KEY ("key_point_id") REFERENCES "public"."key_points"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_point_stances" ADD CONSTRAINT "key_point_stances_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_point_texts" ADD CONSTRAINT "key_point_texts_key_point_id_key_points_id_fk" FOREIGN KEY ("key_point_id") REFERENCES "public"."key_points"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_point_texts" ADD CONSTRAINT "key_point_texts_source_post_id_posts_id_fk" FOREIGN KEY ("source_post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_point_texts" ADD CONSTRAINT "key_point_texts_accepted_by_id_users_id_fk" FOREIGN KEY ("accepted_by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_points" ADD CONSTRAINT "key_points_merged_into_id_key_points_id_fk" FOREIGN KEY ("merged_into_id") REFERENCES "public"."key_points"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_points" ADD CONSTRAINT "key_points_created_by_id_users_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "digest_key_points_point" ON "digest_key_points" USING btree ("key_point_id");--> statement-breakpoint
CREATE INDEX "key_point_acts_point" ON "key_point_acts" USING btree ("key_point_id","created_at");--> statement-breakpoint
CREATE INDEX "key_point_acts_other" ON "key_point_acts" USING btree ("other_id");--> statement-breakpoint
CREATE INDEX "key_point_acts_newest" ON "key_point_acts" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "key_point_acts_undoes" ON "key_point_acts" USING btree ("undoes");--> statement-breakpoint
CREATE INDEX "key_point_posts_point" ON "key_point_posts" USING btree ("key_point_id");--> statement-breakpoint
CREATE INDEX "key_point_stances_user" ON "key_point_stances" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "key_point_texts_source" ON "key_point_texts" USING btree ("source_post_id");--> statement-breakpoint
CREATE INDEX "key_points_region" ON "key_points" USING btree ("region","created_at");--> statement-breakpoint
CREATE INDEX "key_points_merged" ON "key_points" USING btree ("merged_into_id");--> statement-breakpoint
ALTER TABLE "post_barriers" ADD CONSTRAINT "post_barriers_person_id_users_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "posts_counted" ON "posts" USING btree ("state","is_opening","created_at","id","thread_id","author_id","country","region","industry","not_barrier");