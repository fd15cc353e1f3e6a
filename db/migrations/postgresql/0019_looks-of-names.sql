ALTER TABLE "users" ADD COLUMN "handle_look" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "name_look" text COLLATE "C";--> statement-breakpoint
CREATE INDEX "users_handle_look" ON "users" USING btree ("handle_look");--> statement-breakpoint
CREATE INDEX "users_name_look" ON "users" USING btree ("name_look");