CREATE TABLE "barrier_acts" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"act" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"subject" text COLLATE "C" NOT NULL,
	"post_ids" json NOT NULL,
	"kinds" json NOT NULL,
	"pillars" json NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "barrier_group_posts" (
	"post_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"group_id" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "barrier_groups" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"region" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "barrier_set_aside" (
	"key" text COLLATE "C" PRIMARY KEY NOT NULL,
	"post_ids" json NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "barrier_acts" ADD CONSTRAINT "barrier_acts_person_id_users_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "barrier_group_posts" ADD CONSTRAINT "barrier_group_posts_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "barrier_group_posts" ADD CONSTRAINT "barrier_group_posts_group_id_barrier_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."barrier_groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "barrier_acts_subject" ON "barrier_acts" USING btree ("subject","created_at");--> statement-breakpoint
CREATE INDEX "barrier_group_posts_group" ON "barrier_group_posts" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "barrier_groups_region" ON "barrier_groups" USING btree ("region","created_at");