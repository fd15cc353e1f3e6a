import type { QuotedWords } from '~/domain/digests/quoted-words';
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
