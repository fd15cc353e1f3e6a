CREATE TABLE "legal_notices" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"post_id" text COLLATE "C" NOT NULL,
	"case_id" text COLLATE "C" NOT NULL,
	"location" text COLLATE "C" NOT NULL,
	"explanation" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C",
	"email" text COLLATE "C",
	"user_id" text COLLATE "C",
	"language" text COLLATE "C" NOT NULL,
	"good_faith" boolean NOT NULL,
	"created_at" bigint NOT NULL,
	"decided_at" bigint
);
--> statement-breakpoint
CREATE TABLE "mod_messages" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"talk_id" text COLLATE "C" NOT NULL,
	"author_id" text COLLATE "C" NOT NULL,
	"from_moderators" boolean NOT NULL,
	"body" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mod_talks" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"subject" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"active_at" bigint NOT NULL,
	"awaits_moderators" boolean NOT NULL,
	"closed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "person_notes" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"author_id" text COLLATE "C" NOT NULL,
	"body" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "practice_answers" (
	"case_id" text COLLATE "C" NOT NULL,
	"moderator_id" text COLLATE "C" NOT NULL,
	"action" text COLLATE "C" NOT NULL,
	"rule" text COLLATE "C",
	"answered_at" bigint NOT NULL,
	CONSTRAINT "practice_answers_case_id_moderator_id_pk" PRIMARY KEY("case_id","moderator_id")
);
--> statement-breakpoint
CREATE TABLE "practice_cases" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"position" bigint NOT NULL,
	"matter" json NOT NULL,
	"action" text COLLATE "C" NOT NULL,
	"rule" text COLLATE "C",
	"why" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "patterns" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"text" text COLLATE "C" NOT NULL,
	"effect" text COLLATE "C" NOT NULL,
	"note" text COLLATE "C",
	"added_by_id" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"retired_at" bigint,
	"retired_by_id" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "signals" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"post_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"effect" text COLLATE "C" NOT NULL,
	"pattern_id" text COLLATE "C",
	"matched" text COLLATE "C",
	"other_post_id" text COLLATE "C",
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "text_prints" (
	"post_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"print" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "legal_notices" ADD CONSTRAINT "legal_notices_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "legal_notices" ADD CONSTRAINT "legal_notices_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "legal_notices" ADD CONSTRAINT "legal_notices_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mod_messages" ADD CONSTRAINT "mod_messages_talk_id_mod_talks_id_fk" FOREIGN KEY ("talk_id") REFERENCES "public"."mod_talks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mod_messages" ADD CONSTRAINT "mod_messages_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mod_talks" ADD CONSTRAINT "mod_talks_person_id_users_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_notes" ADD CONSTRAINT "person_notes_person_id_users_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_notes" ADD CONSTRAINT "person_notes_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practice_answers" ADD CONSTRAINT "practice_answers_case_id_practice_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."practice_cases"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practice_answers" ADD CONSTRAINT "practice_answers_moderator_id_users_id_fk" FOREIGN KEY ("moderator_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patterns" ADD CONSTRAINT "patterns_added_by_id_users_id_fk" FOREIGN KEY ("added_by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patterns" ADD CONSTRAINT "patterns_retired_by_id_users_id_fk" FOREIGN KEY ("retired_by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signals" ADD CONSTRAINT "signals_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signals" ADD CONSTRAINT "signals_pattern_id_patterns_id_fk" FOREIGN KEY ("pattern_id") REFERENCES "public"."patterns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signals" ADD CONSTRAINT "signals_other_post_id_posts_id_fk" FOREIGN KEY ("other_post_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "text_prints" ADD CONSTRAINT "text_prints_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "legal_notices_case" ON "legal_notices" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "legal_notices_created" ON "legal_notices" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "mod_messages_talk" ON "mod_messages" USING btree ("talk_id","created_at");--> statement-breakpoint
CREATE INDEX "mod_talks_person" ON "mod_talks" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "mod_talks_active" ON "mod_talks" USING btree ("active_at");--> statement-breakpoint
CREATE INDEX "person_notes_person" ON "person_notes" USING btree ("person_id","created_at");--> statement-breakpoint
CREATE INDEX "practice_answers_moderator" ON "practice_answers" USING btree ("moderator_id");--> statement-breakpoint
CREATE INDEX "signals_post" ON "signals" USING btree ("post_id","created_at");--> statement-breakpoint
CREATE INDEX "text_prints_print" ON "text_prints" USING btree ("print","created_at");