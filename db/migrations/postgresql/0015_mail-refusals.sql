CREATE TABLE "mail_refusals" (
	"mail_id" text COLLATE "C" NOT NULL,
	"cause" text COLLATE "C" NOT NULL,
	"domain" text COLLATE "C" NOT NULL,
	"address_hash" text COLLATE "C",
	"reply" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "mail_refusals_mail_id_cause_pk" PRIMARY KEY("mail_id","cause")
);
--> statement-breakpoint
CREATE INDEX "mail_refusals_address" ON "mail_refusals" USING btree ("address_hash");--> statement-breakpoint
CREATE INDEX "mail_refusals_created" ON "mail_refusals" USING btree ("created_at");