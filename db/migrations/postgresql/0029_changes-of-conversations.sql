ALTER TABLE "conversations" ADD COLUMN "deleted_at" bigint;--> statement-breakpoint
ALTER TABLE "setting_changes" ADD COLUMN "conversation_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "setting_changes" ADD CONSTRAINT "setting_changes_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "setting_changes_conversation" ON "setting_changes" USING btree ("conversation_id","created_at");