ALTER TABLE "mails" ADD COLUMN "decision_id" text COLLATE "C";--> statement-breakpoint
CREATE INDEX "mails_decision" ON "mails" USING btree ("decision_id");