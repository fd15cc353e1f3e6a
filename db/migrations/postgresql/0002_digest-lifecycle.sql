CREATE TABLE "digest_disputes" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"digest_id" text COLLATE "C" NOT NULL,
	"post_id" text COLLATE "C" NOT NULL,
	"author_id" text COLLATE "C" NOT NULL,
	"body" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"answer" text COLLATE "C",
	"created_at" bigint NOT NULL,
	"decided_at" bigint
);
--> statement-breakpoint
CREATE TABLE "digest_errata" (
	"digest_id" text COLLATE "C" NOT NULL,
	"post_id" text COLLATE "C" NOT NULL,
	"cause" text COLLATE "C" NOT NULL,
	"withdrawn_at" bigint NOT NULL,
	"restored_at" bigint,
	CONSTRAINT "digest_errata_digest_id_post_id_pk" PRIMARY KEY("digest_id","post_id")
);
--> statement-breakpoint
CREATE TABLE "digest_plans" (
	"period" text COLLATE "C" NOT NULL,
	"scope" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"changed_at" bigint NOT NULL,
	CONSTRAINT "digest_plans_period_scope_pk" PRIMARY KEY("period","scope")
);
--> statement-breakpoint
ALTER TABLE "digest_sources" ADD COLUMN "quoted" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "digests" ADD COLUMN "drafted" json;--> statement-breakpoint
ALTER TABLE "digests" ADD COLUMN "thin" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "digests" ADD COLUMN "note" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "digests" ADD COLUMN "note_by_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "digests" ADD COLUMN "corrects" bigint;--> statement-breakpoint
ALTER TABLE "digests" ADD COLUMN "checked_at" bigint;--> statement-breakpoint
ALTER TABLE "digest_disputes" ADD CONSTRAINT "digest_disputes_digest_id_digests_id_fk" FOREIGN KEY ("digest_id") REFERENCES "public"."digests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digest_disputes" ADD CONSTRAINT "digest_disputes_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digest_disputes" ADD CONSTRAINT "digest_disputes_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digest_errata" ADD CONSTRAINT "digest_errata_digest_id_digests_id_fk" FOREIGN KEY ("digest_id") REFERENCES "public"."digests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digest_errata" ADD CONSTRAINT "digest_errata_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "digest_disputes_once" ON "digest_disputes" USING btree ("digest_id","post_id");--> statement-breakpoint
CREATE INDEX "digest_disputes_post" ON "digest_disputes" USING btree ("post_id");--> statement-breakpoint
CREATE INDEX "digest_errata_post" ON "digest_errata" USING btree ("post_id");--> statement-breakpoint
CREATE INDEX "digest_plans_state" ON "digest_plans" USING btree ("state","changed_at");--> statement-breakpoint
ALTER TABLE "digests" ADD CONSTRAINT "digests_note_by_id_users_id_fk" FOREIGN KEY ("note_by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "digests_checked" ON "digests" USING btree ("state","checked_at");