ALTER TABLE "users" ADD COLUMN "mailbox_key" text COLLATE "C";--> statement-breakpoint
CREATE INDEX "users_mailbox_key" ON "users" USING btree ("mailbox_key");