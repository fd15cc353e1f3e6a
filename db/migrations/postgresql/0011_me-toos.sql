ALTER TABLE "affirmations" RENAME TO "me_toos";--> statement-breakpoint
ALTER TABLE "me_toos" RENAME CONSTRAINT "affirmations_post_id_user_id_pk" TO "me_toos_post_id_user_id_pk";--> statement-breakpoint
ALTER TABLE "me_toos" RENAME CONSTRAINT "affirmations_post_id_posts_id_fk" TO "me_toos_post_id_posts_id_fk";--> statement-breakpoint
ALTER TABLE "me_toos" RENAME CONSTRAINT "affirmations_user_id_users_id_fk" TO "me_toos_user_id_users_id_fk";--> statement-breakpoint
ALTER INDEX "affirmations_user" RENAME TO "me_toos_user";--> statement-breakpoint
ALTER INDEX "affirmations_counted" RENAME TO "me_toos_counted";