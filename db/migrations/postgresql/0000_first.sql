CREATE TABLE "affirmations" (
	"post_id" text COLLATE "C" NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"country" text COLLATE "C",
	"created_at" bigint NOT NULL,
	CONSTRAINT "affirmations_post_id_user_id_pk" PRIMARY KEY("post_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "post_barriers" (
	"post_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	CONSTRAINT "post_barriers_post_id_kind_pk" PRIMARY KEY("post_id","kind")
);
--> statement-breakpoint
CREATE TABLE "post_pillars" (
	"post_id" text COLLATE "C" NOT NULL,
	"pillar" text COLLATE "C" NOT NULL,
	CONSTRAINT "post_pillars_post_id_pillar_pk" PRIMARY KEY("post_id","pillar")
);
--> statement-breakpoint
CREATE TABLE "posts" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"thread_id" text COLLATE "C" NOT NULL,
	"author_id" text COLLATE "C" NOT NULL,
	"is_opening" boolean DEFAULT false NOT NULL,
	"parent_id" text COLLATE "C",
	"reply_to_id" text COLLATE "C",
	"state" text COLLATE "C" NOT NULL,
	"body" text COLLATE "C" NOT NULL,
	"html" text COLLATE "C" NOT NULL,
	"excerpt" text COLLATE "C" NOT NULL,
	"language" text COLLATE "C" NOT NULL,
	"country" text COLLATE "C",
	"region" text COLLATE "C",
	"industry" text COLLATE "C",
	"impact" bigint,
	"revision" bigint DEFAULT 1 NOT NULL,
	"created_at" bigint NOT NULL,
	"shown_at" bigint,
	"edited_at" bigint,
	"imported_at" bigint,
	"deleted_at" bigint,
	"deleted_from" text COLLATE "C",
	"duplicate_of" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "submissions" (
	"key" text COLLATE "C" PRIMARY KEY NOT NULL,
	"location" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "thread_pillars" (
	"thread_id" text COLLATE "C" NOT NULL,
	"pillar" text COLLATE "C" NOT NULL,
	CONSTRAINT "thread_pillars_thread_id_pillar_pk" PRIMARY KEY("thread_id","pillar")
);
--> statement-breakpoint
CREATE TABLE "threads" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"slug" text COLLATE "C" NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"language" text COLLATE "C" NOT NULL,
	"author_id" text COLLATE "C" NOT NULL,
	"source_key" text COLLATE "C",
	"source_url" text COLLATE "C",
	"question_number" bigint,
	"created_at" bigint NOT NULL,
	"active_at" bigint NOT NULL,
	"pinned_at" bigint,
	"slow_minutes" bigint,
	"slow_until" bigint,
	"merged_into" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"subscription_id" text COLLATE "C" NOT NULL,
	"digest_id" text COLLATE "C" NOT NULL,
	"mail_id" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "deliveries_subscription_id_digest_id_pk" PRIMARY KEY("subscription_id","digest_id")
);
--> statement-breakpoint
CREATE TABLE "digest_sources" (
	"digest_id" text COLLATE "C" NOT NULL,
	"post_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "digest_sources_digest_id_post_id_pk" PRIMARY KEY("digest_id","post_id")
);
--> statement-breakpoint
CREATE TABLE "digests" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"scope" text COLLATE "C" NOT NULL,
	"period" text COLLATE "C" NOT NULL,
	"period_start" bigint NOT NULL,
	"period_end" bigint NOT NULL,
	"version" bigint NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"content" json NOT NULL,
	"content_hash" text COLLATE "C" NOT NULL,
	"built_at" bigint NOT NULL,
	"published_at" bigint,
	"published_by_id" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "subscription_pillars" (
	"subscription_id" text COLLATE "C" NOT NULL,
	"pillar" text COLLATE "C" NOT NULL,
	CONSTRAINT "subscription_pillars_subscription_id_pillar_pk" PRIMARY KEY("subscription_id","pillar")
);
--> statement-breakpoint
CREATE TABLE "subscription_scopes" (
	"subscription_id" text COLLATE "C" NOT NULL,
	"scope" text COLLATE "C" NOT NULL,
	CONSTRAINT "subscription_scopes_subscription_id_scope_pk" PRIMARY KEY("subscription_id","scope")
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"email" text COLLATE "C",
	"email_key" text COLLATE "C",
	"language" text COLLATE "C" NOT NULL,
	"frequency" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"confirmed_at" bigint,
	"left_at" bigint
);
--> statement-breakpoint
CREATE TABLE "erasures" (
	"user_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"handle_hash" text COLLATE "C" NOT NULL,
	"words" text COLLATE "C" NOT NULL,
	"erased_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "limits" (
	"key" text COLLATE "C" PRIMARY KEY NOT NULL,
	"points" bigint NOT NULL,
	"expires_at" bigint
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"to_address" text COLLATE "C" NOT NULL,
	"subject" text COLLATE "C" NOT NULL,
	"text" text COLLATE "C" NOT NULL,
	"html" text COLLATE "C",
	"headers" json NOT NULL,
	"kind" text COLLATE "C" DEFAULT 'letter' NOT NULL,
	"created_at" bigint NOT NULL,
	"not_before" bigint NOT NULL,
	"attempts" bigint DEFAULT 0 NOT NULL,
	"lease_until" bigint,
	"sent_at" bigint,
	"failed_at" bigint,
	"last_error" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "appeals" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"decision_id" text COLLATE "C" NOT NULL,
	"case_id" text COLLATE "C" NOT NULL,
	"author_id" text COLLATE "C" NOT NULL,
	"body" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "case_causes" (
	"case_id" text COLLATE "C" NOT NULL,
	"cause" text COLLATE "C" NOT NULL,
	"detail" text COLLATE "C" DEFAULT '' NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "case_causes_case_id_cause_detail_pk" PRIMARY KEY("case_id","cause","detail")
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"post_id" text COLLATE "C",
	"thread_id" text COLLATE "C",
	"person_id" text COLLATE "C",
	"opened_at" bigint NOT NULL,
	"closed_at" bigint,
	"claimed_by_id" text COLLATE "C",
	"claimed_until" bigint,
	"reminded_at" bigint
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"case_id" text COLLATE "C",
	"post_id" text COLLATE "C",
	"thread_id" text COLLATE "C",
	"author_id" text COLLATE "C" NOT NULL,
	"moderator_id" text COLLATE "C",
	"action" text COLLATE "C" NOT NULL,
	"rule" text COLLATE "C",
	"note" text COLLATE "C",
	"private_note" text COLLATE "C",
	"automated" boolean DEFAULT false NOT NULL,
	"found_by_machine" boolean DEFAULT false NOT NULL,
	"told" text COLLATE "C",
	"until" bigint,
	"appeal_id" text COLLATE "C",
	"undoes_id" text COLLATE "C",
	"part_of_id" text COLLATE "C",
	"batch_id" text COLLATE "C",
	"change" json,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "flags" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"case_id" text COLLATE "C" NOT NULL,
	"post_id" text COLLATE "C" NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	"note" text COLLATE "C",
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mail_tokens" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"purpose" text COLLATE "C" NOT NULL,
	"redirect_to" text COLLATE "C",
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"used_at" bigint
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"post_id" text COLLATE "C",
	"decision_id" text COLLATE "C",
	"created_at" bigint NOT NULL,
	"read_at" bigint,
	"mail_id" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"proven_at" bigint DEFAULT 0 NOT NULL,
	"second_factor_at" bigint,
	"browser" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"handle" text COLLATE "C" NOT NULL,
	"handle_key" text COLLATE "C" NOT NULL,
	"handle_skeleton" text COLLATE "C",
	"name" text COLLATE "C",
	"email" text COLLATE "C",
	"email_key" text COLLATE "C",
	"password_hash" text COLLATE "C",
	"role" text COLLATE "C" DEFAULT 'member' NOT NULL,
	"country" text COLLATE "C",
	"language" text COLLATE "C",
	"time_zone" text COLLATE "C",
	"theme" text COLLATE "C",
	"region_only" boolean DEFAULT false NOT NULL,
	"bio" text COLLATE "C",
	"created_at" bigint NOT NULL,
	"confirmed_at" bigint,
	"suspended_until" bigint,
	"silenced_until" bigint,
	"imported_at" bigint,
	"second_factor_from" bigint,
	"erased_at" bigint
);
--> statement-breakpoint
CREATE TABLE "bookmarks" (
	"user_id" text COLLATE "C" NOT NULL,
	"post_id" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "bookmarks_user_id_post_id_pk" PRIMARY KEY("user_id","post_id")
);
--> statement-breakpoint
CREATE TABLE "follows" (
	"user_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"code" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "follows_user_id_kind_code_pk" PRIMARY KEY("user_id","kind","code")
);
--> statement-breakpoint
CREATE TABLE "read_marks" (
	"user_id" text COLLATE "C" NOT NULL,
	"thread_id" text COLLATE "C" NOT NULL,
	"through_id" text COLLATE "C" NOT NULL,
	"through" bigint NOT NULL,
	"seen_at" bigint NOT NULL,
	CONSTRAINT "read_marks_user_id_thread_id_through_id_pk" PRIMARY KEY("user_id","thread_id","through_id")
);
--> statement-breakpoint
CREATE TABLE "reading_choices" (
	"user_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"all_read_at" bigint,
	"watch_own" boolean DEFAULT true NOT NULL,
	"mail" text COLLATE "C" DEFAULT 'daily' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "suppressions" (
	"address_hash" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "suppressions_address_hash_kind_pk" PRIMARY KEY("address_hash","kind")
);
--> statement-breakpoint
CREATE TABLE "thread_watches" (
	"user_id" text COLLATE "C" NOT NULL,
	"thread_id" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "thread_watches_user_id_thread_id_pk" PRIMARY KEY("user_id","thread_id")
);
--> statement-breakpoint
CREATE TABLE "search_entries" (
	"entry" bigint PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY (sequence name "search_entries_entry_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text COLLATE "C" NOT NULL,
	"ref" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "address_changes" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"undo_id" text COLLATE "C" NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"old_email" text COLLATE "C" NOT NULL,
	"old_key" text COLLATE "C" NOT NULL,
	"new_email" text COLLATE "C",
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"undo_until" bigint NOT NULL,
	"confirmed_at" bigint,
	"undone_at" bigint
);
--> statement-breakpoint
CREATE TABLE "attempts" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"purpose" text COLLATE "C" NOT NULL,
	"user_id" text COLLATE "C",
	"code_hash" text COLLATE "C",
	"options" json,
	"redirect_to" text COLLATE "C",
	"tries" bigint DEFAULT 0 NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "authenticators" (
	"user_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"secret" text COLLATE "C" NOT NULL,
	"last_step" bigint DEFAULT 0 NOT NULL,
	"created_at" bigint NOT NULL,
	"confirmed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "passkeys" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"public_key" text COLLATE "C" NOT NULL,
	"counter" bigint NOT NULL,
	"transports" json NOT NULL,
	"synced" boolean NOT NULL,
	"created_at" bigint NOT NULL,
	"used_at" bigint
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"used_at" bigint
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"name" text COLLATE "C" PRIMARY KEY NOT NULL,
	"value" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"user_id" text COLLATE "C" NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"fields" json NOT NULL,
	"earlier" json NOT NULL,
	"saved_at" bigint NOT NULL,
	CONSTRAINT "drafts_user_id_place_pk" PRIMARY KEY("user_id","place")
);
--> statement-breakpoint
CREATE TABLE "post_revisions" (
	"post_id" text COLLATE "C" NOT NULL,
	"number" bigint NOT NULL,
	"body" text COLLATE "C" NOT NULL,
	"html" text COLLATE "C" NOT NULL,
	"editor_id" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C",
	"created_at" bigint NOT NULL,
	"hidden_at" bigint,
	"hidden_by" text COLLATE "C",
	"hidden_rule" text COLLATE "C",
	CONSTRAINT "post_revisions_post_id_number_pk" PRIMARY KEY("post_id","number")
);
--> statement-breakpoint
CREATE TABLE "waiting_posts" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"fields" json NOT NULL,
	"language" text COLLATE "C" NOT NULL,
	"user_id" text COLLATE "C",
	"created_at" bigint NOT NULL,
	"taken_at" bigint
);
--> statement-breakpoint
ALTER TABLE "affirmations" ADD CONSTRAINT "affirmations_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "affirmations" ADD CONSTRAINT "affirmations_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "post_barriers" ADD CONSTRAINT "post_barriers_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "post_pillars" ADD CONSTRAINT "post_pillars_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_parent_id_posts_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_reply_to_id_posts_id_fk" FOREIGN KEY ("reply_to_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_duplicate_of_posts_id_fk" FOREIGN KEY ("duplicate_of") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_pillars" ADD CONSTRAINT "thread_pillars_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_merged_into_threads_id_fk" FOREIGN KEY ("merged_into") REFERENCES "public"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_subscription_id_subscriptions_id_fk" FOREIGN KEY ("subscription_id") REFERENCES "public"."subscriptions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_digest_id_digests_id_fk" FOREIGN KEY ("digest_id") REFERENCES "public"."digests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digest_sources" ADD CONSTRAINT "digest_sources_digest_id_digests_id_fk" FOREIGN KEY ("digest_id") REFERENCES "public"."digests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digest_sources" ADD CONSTRAINT "digest_sources_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digests" ADD CONSTRAINT "digests_published_by_id_users_id_fk" FOREIGN KEY ("published_by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscription_pillars" ADD CONSTRAINT "subscription_pillars_subscription_id_subscriptions_id_fk" FOREIGN KEY ("subscription_id") REFERENCES "public"."subscriptions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscription_scopes" ADD CONSTRAINT "subscription_scopes_subscription_id_subscriptions_id_fk" FOREIGN KEY ("subscription_id") REFERENCES "public"."subscriptions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_causes" ADD CONSTRAINT "case_causes_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_person_id_users_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_claimed_by_id_users_id_fk" FOREIGN KEY ("claimed_by_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_moderator_id_users_id_fk" FOREIGN KEY ("moderator_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_appeal_id_appeals_id_fk" FOREIGN KEY ("appeal_id") REFERENCES "public"."appeals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_undoes_id_decisions_id_fk" FOREIGN KEY ("undoes_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_part_of_id_decisions_id_fk" FOREIGN KEY ("part_of_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_tokens" ADD CONSTRAINT "mail_tokens_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookmarks" ADD CONSTRAINT "bookmarks_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookmarks" ADD CONSTRAINT "bookmarks_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follows" ADD CONSTRAINT "follows_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "read_marks" ADD CONSTRAINT "read_marks_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "read_marks" ADD CONSTRAINT "read_marks_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reading_choices" ADD CONSTRAINT "reading_choices_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_watches" ADD CONSTRAINT "thread_watches_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_watches" ADD CONSTRAINT "thread_watches_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "address_changes" ADD CONSTRAINT "address_changes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authenticators" ADD CONSTRAINT "authenticators_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "post_revisions" ADD CONSTRAINT "post_revisions_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "post_revisions" ADD CONSTRAINT "post_revisions_editor_id_users_id_fk" FOREIGN KEY ("editor_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "post_revisions" ADD CONSTRAINT "post_revisions_hidden_by_users_id_fk" FOREIGN KEY ("hidden_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_posts" ADD CONSTRAINT "waiting_posts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "affirmations_user" ON "affirmations" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "post_barriers_kind" ON "post_barriers" USING btree ("kind");--> statement-breakpoint
CREATE INDEX "posts_thread" ON "posts" USING btree ("thread_id","parent_id","created_at");--> statement-breakpoint
CREATE INDEX "posts_opening" ON "posts" USING btree ("thread_id","is_opening");--> statement-breakpoint
CREATE INDEX "posts_region" ON "posts" USING btree ("region","created_at");--> statement-breakpoint
CREATE INDEX "posts_author" ON "posts" USING btree ("author_id","created_at");--> statement-breakpoint
CREATE INDEX "posts_created" ON "posts" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "posts_state" ON "posts" USING btree ("state","created_at");--> statement-breakpoint
CREATE INDEX "thread_pillars_pillar" ON "thread_pillars" USING btree ("pillar");--> statement-breakpoint
CREATE UNIQUE INDEX "threads_slug" ON "threads" USING btree ("slug");--> statement-breakpoint
CREATE UNIQUE INDEX "threads_source_key" ON "threads" USING btree ("source_key");--> statement-breakpoint
CREATE INDEX "threads_active" ON "threads" USING btree ("state","active_at");--> statement-breakpoint
CREATE INDEX "threads_created" ON "threads" USING btree ("state","created_at");--> statement-breakpoint
CREATE INDEX "deliveries_mail" ON "deliveries" USING btree ("mail_id");--> statement-breakpoint
CREATE INDEX "digest_sources_post" ON "digest_sources" USING btree ("post_id");--> statement-breakpoint
CREATE UNIQUE INDEX "digests_version" ON "digests" USING btree ("scope","period","version");--> statement-breakpoint
CREATE INDEX "digests_published" ON "digests" USING btree ("state","published_at");--> statement-breakpoint
CREATE INDEX "subscription_scopes_scope" ON "subscription_scopes" USING btree ("scope");--> statement-breakpoint
CREATE UNIQUE INDEX "subscriptions_email" ON "subscriptions" USING btree ("email_key");--> statement-breakpoint
CREATE INDEX "subscriptions_state" ON "subscriptions" USING btree ("state","created_at");--> statement-breakpoint
CREATE INDEX "erasures_handle" ON "erasures" USING btree ("handle_hash");--> statement-breakpoint
CREATE INDEX "limits_expires" ON "limits" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "mails_due" ON "mails" USING btree ("sent_at","failed_at","kind","not_before");--> statement-breakpoint
CREATE UNIQUE INDEX "appeals_decision" ON "appeals" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "appeals_case" ON "appeals" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "appeals_author" ON "appeals" USING btree ("author_id");--> statement-breakpoint
CREATE INDEX "case_causes_cause" ON "case_causes" USING btree ("cause","created_at");--> statement-breakpoint
CREATE INDEX "cases_open" ON "cases" USING btree ("closed_at","opened_at");--> statement-breakpoint
CREATE INDEX "cases_post" ON "cases" USING btree ("post_id");--> statement-breakpoint
CREATE INDEX "cases_thread" ON "cases" USING btree ("thread_id");--> statement-breakpoint
CREATE INDEX "cases_person" ON "cases" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "cases_one_open" ON "cases" USING btree ("post_id") WHERE "cases"."closed_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "cases_one_open_thread" ON "cases" USING btree ("thread_id") WHERE "cases"."closed_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "cases_one_open_person" ON "cases" USING btree ("person_id") WHERE "cases"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "decisions_post" ON "decisions" USING btree ("post_id");--> statement-breakpoint
CREATE INDEX "decisions_thread" ON "decisions" USING btree ("thread_id");--> statement-breakpoint
CREATE INDEX "decisions_author" ON "decisions" USING btree ("author_id","created_at");--> statement-breakpoint
CREATE INDEX "decisions_case" ON "decisions" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "decisions_part" ON "decisions" USING btree ("part_of_id");--> statement-breakpoint
CREATE INDEX "decisions_created" ON "decisions" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_appeal" ON "decisions" USING btree ("appeal_id");--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_undoes" ON "decisions" USING btree ("undoes_id");--> statement-breakpoint
CREATE UNIQUE INDEX "flags_once" ON "flags" USING btree ("post_id","user_id");--> statement-breakpoint
CREATE INDEX "flags_case" ON "flags" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "mail_tokens_user" ON "mail_tokens" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "notifications_user" ON "notifications" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "notifications_to_mail" ON "notifications" USING btree ("mail_id","kind","created_at");--> statement-breakpoint
CREATE INDEX "notifications_post" ON "notifications" USING btree ("post_id");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_expires" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "users_handle_key" ON "users" USING btree ("handle_key");--> statement-breakpoint
CREATE INDEX "users_handle_skeleton" ON "users" USING btree ("handle_skeleton");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_key" ON "users" USING btree ("email_key");--> statement-breakpoint
CREATE INDEX "bookmarks_newest" ON "bookmarks" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "follows_code" ON "follows" USING btree ("kind","code");--> statement-breakpoint
CREATE INDEX "thread_watches_thread" ON "thread_watches" USING btree ("thread_id","state");--> statement-breakpoint
CREATE UNIQUE INDEX "search_entries_ref" ON "search_entries" USING btree ("kind","ref");--> statement-breakpoint
CREATE UNIQUE INDEX "address_changes_undo" ON "address_changes" USING btree ("undo_id");--> statement-breakpoint
CREATE INDEX "address_changes_user" ON "address_changes" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "address_changes_old" ON "address_changes" USING btree ("old_key");--> statement-breakpoint
CREATE INDEX "attempts_user" ON "attempts" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "attempts_expires" ON "attempts" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "passkeys_user" ON "passkeys" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "recovery_codes_user" ON "recovery_codes" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "drafts_saved" ON "drafts" USING btree ("saved_at");--> statement-breakpoint
CREATE INDEX "waiting_posts_user" ON "waiting_posts" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "waiting_posts_age" ON "waiting_posts" USING btree ("created_at");