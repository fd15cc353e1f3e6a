import type { QuotedPost, QuotedWords } from '~/domain/digests/quoted-words';
import { Pressed, Submit } from '~/ui/forms/fields';
import { Text, useI18n } from '~/ui/i18n';

/** What digests quote of a post, as readers will see it, with where it stands. */
export function QuotedWordsList({ words }: { words: QuotedWords[] }) {
  return words.map(({ text, language, signature, in: places }) => (
    <figure key={text}>
      <blockquote className="prose" lang={language} dir="auto">
        {text}
      </blockquote>
      <figcaption className="quiet">
        <bdi>{signature}</bdi>
        <ul>
          {places.map(({ title, under, path }) => (
            <li key={`${title} ${path}`}>
              <Text
                k="quotes.in"
                values={{
                  digest: path ? <a href={path}>{title}</a> : title,
                  under: <bdi>{under}</bdi>,
                }}
              />
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  ));
}

/** What became of a post that digests do not quote any more, at its author's wish, and how to undo that. */
export function Objected({ object, until, shown }: QuotedPost) {
  const { t, minute } = useI18n();
  return (
    <>
      <p className="notice">{t(shown ? 'quotes.done' : 'quotes.gone')}</p>
      {until !== null && (
        <form method="post" action={object}>
          <input type="hidden" name="again" value="1" />
          <p>{t('quotes.againUntil', { time: minute(until) })}</p>
          <button type="submit">{t('quotes.again')}</button>
        </form>
      )}
    </>
  );
}

/** One press, until when, and what it does. */
export function ObjectForm({ object, until }: { object: string; until: number }) {
  const { t, minute } = useI18n();
  return (
    <form method="post" action={object}>
      <Pressed />
      <p>{t('quotes.until', { time: minute(until) })}</p>
      <Submit label={t('quotes.object')} />
    </form>
  );
}
