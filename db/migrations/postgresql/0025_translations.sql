CREATE TABLE "translations" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"subject" text COLLATE "C" NOT NULL,
	"subject_id" text COLLATE "C" NOT NULL,
	"field" text COLLATE "C" NOT NULL,
	"language" text COLLATE "C" NOT NULL,
	"text" text COLLATE "C" NOT NULL,
	"html" text COLLATE "C" NOT NULL,
	"original" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	"person_id" text COLLATE "C",
	"undone_at" bigint,
	"undone_by_id" text COLLATE "C"
);
--> statement-breakpoint
ALTER TABLE "translations" ADD CONSTRAINT "translations_person_id_users_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "translations" ADD CONSTRAINT "translations_undone_by_id_users_id_fk" FOREIGN KEY ("undone_by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "translations_subject" ON "translations" USING btree ("subject","subject_id","language");