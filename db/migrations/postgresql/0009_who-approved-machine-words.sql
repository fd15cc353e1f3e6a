ALTER TABLE "digest_proposals" ADD COLUMN "decided_by_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "digest_proposals" ADD COLUMN "decided_at" bigint;--> statement-breakpoint
ALTER TABLE "digest_proposals" ADD CONSTRAINT "digest_proposals_decided_by_id_users_id_fk" FOREIGN KEY ("decided_by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;