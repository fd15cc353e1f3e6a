CREATE TABLE "digest_proposals" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"digest_id" text COLLATE "C" NOT NULL,
	"quote" text COLLATE "C",
	"language" text COLLATE "C" NOT NULL,
	"original" text COLLATE "C" NOT NULL,
	"original_hash" text COLLATE "C" NOT NULL,
	"text" text COLLATE "C" NOT NULL,
	"model" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "digest_proposals" ADD CONSTRAINT "digest_proposals_digest_id_digests_id_fk" FOREIGN KEY ("digest_id") REFERENCES "public"."digests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "digest_proposals_once" ON "digest_proposals" USING btree ("digest_id","language","original_hash");