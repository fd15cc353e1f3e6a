CREATE TABLE "counted_reports" (
	"person_id" text COLLATE "C" NOT NULL,
	"post_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"pillar" text COLLATE "C" NOT NULL,
	"said_by" text COLLATE "C" NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "counted_reports_person_id_post_id_kind_pillar_pk" PRIMARY KEY("person_id","post_id","kind","pillar")
);
--> statement-breakpoint
CREATE TABLE "key_point_places" (
	"key_point_id" text COLLATE "C" NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"people" bigint NOT NULL,
	"since" bigint NOT NULL,
	CONSTRAINT "key_point_places_key_point_id_place_pk" PRIMARY KEY("key_point_id","place")
);
--> statement-breakpoint
CREATE TABLE "key_point_reports" (
	"key_point_id" text COLLATE "C" NOT NULL,
	"post_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "key_point_reports_key_point_id_post_id_pk" PRIMARY KEY("key_point_id","post_id")
);
--> statement-breakpoint
CREATE TABLE "report_days" (
	"pillar" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"day" bigint NOT NULL,
	"people" bigint NOT NULL,
	"reports" bigint NOT NULL,
	"by_author" bigint NOT NULL,
	"by_moderator" bigint NOT NULL,
	"by_import" bigint NOT NULL,
	"by_machine" bigint NOT NULL,
	CONSTRAINT "report_days_pillar_place_kind_day_pk" PRIMARY KEY("pillar","place","kind","day")
);
--> statement-breakpoint
CREATE TABLE "stale_figures" (
	"subject" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	CONSTRAINT "stale_figures_subject_id_pk" PRIMARY KEY("subject","id")
);
--> statement-breakpoint
CREATE TABLE "thread_facets" (
	"facet" text COLLATE "C" NOT NULL,
	"thread_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "thread_facets_facet_thread_id_pk" PRIMARY KEY("facet","thread_id")
);
--> statement-breakpoint
CREATE TABLE "thread_figures" (
	"thread_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"is_public" boolean NOT NULL,
	"is_pinned" boolean NOT NULL,
	"answers" bigint NOT NULL,
	"people" bigint NOT NULL,
	"countries" bigint NOT NULL,
	"voices" bigint NOT NULL,
	"active_at" bigint NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
DROP INDEX "posts_opening";--> statement-breakpoint
DROP INDEX "posts_counted";--> statement-breakpoint
ALTER TABLE "key_point_places" ADD CONSTRAINT "key_point_places_key_point_id_key_points_id_fk" FOREIGN KEY ("key_point_id") REFERENCES "public"."key_points"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_point_reports" ADD CONSTRAINT "key_point_reports_key_point_id_key_points_id_fk" FOREIGN KEY ("key_point_id") REFERENCES "public"."key_points"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_facets" ADD CONSTRAINT "thread_facets_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_figures" ADD CONSTRAINT "thread_figures_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "counted_reports_newest" ON "counted_reports" USING btree ("pillar","created_at","post_id","kind","person_id","place");--> statement-breakpoint
CREATE INDEX "counted_reports_place" ON "counted_reports" USING btree ("pillar","place","created_at","post_id","kind");--> statement-breakpoint
CREATE INDEX "key_point_places_most" ON "key_point_places" USING btree ("place","people","since","key_point_id");--> statement-breakpoint
CREATE INDEX "key_point_places_kind" ON "key_point_places" USING btree ("place","kind","people","since","key_point_id");--> statement-breakpoint
CREATE INDEX "key_point_reports_newest" ON "key_point_reports" USING btree ("created_at","key_point_id","person_id","kind","place");--> statement-breakpoint
CREATE INDEX "report_days_since" ON "report_days" USING btree ("pillar","day","place","kind","people");--> statement-breakpoint
CREATE INDEX "thread_facets_thread" ON "thread_facets" USING btree ("thread_id");--> statement-breakpoint
CREATE INDEX "thread_figures_latest" ON "thread_figures" USING btree ("is_public","is_pinned","active_at","thread_id");--> statement-breakpoint
CREATE INDEX "thread_figures_new" ON "thread_figures" USING btree ("is_public","created_at","thread_id");--> statement-breakpoint
CREATE INDEX "thread_figures_top" ON "thread_figures" USING btree ("is_public","voices","active_at","thread_id");--> statement-breakpoint
CREATE INDEX "thread_figures_unanswered" ON "thread_figures" USING btree ("is_public","answers","created_at","thread_id");--> statement-breakpoint
CREATE INDEX "posts_in_thread" ON "posts" USING btree ("thread_id","is_opening","state","author_id","country","region","industry","language");