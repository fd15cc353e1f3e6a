-- A decision, once recorded, is never changed or removed: not by a bug, not by a moderator.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% are append-only', TG_TABLE_NAME;
END
$$;
--> statement-breakpoint
CREATE TRIGGER decisions_append_only BEFORE UPDATE OR DELETE ON decisions
FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- The index of app/search/postgres-engine.ts: tokens come folded. `words` finds the texts that have
-- them all, `title` and `body` (with a space before and after each token) tell phrases.
CREATE TABLE search_text (
	entry bigint PRIMARY KEY,
	title text COLLATE "C" NOT NULL,
	body text COLLATE "C" NOT NULL,
	words tsvector NOT NULL
);
--> statement-breakpoint
CREATE INDEX search_text_words ON search_text USING gin (words);
