CREATE TABLE "cue_words" (
	"kind" text COLLATE "C" NOT NULL,
	"language" text COLLATE "C" NOT NULL,
	"words" json NOT NULL,
	CONSTRAINT "cue_words_kind_language_pk" PRIMARY KEY("kind","language")
);
