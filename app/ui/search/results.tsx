import { AuthorName } from '~/ui/forum/byline';
import { useI18n } from '~/ui/i18n';
import { Meta } from '~/ui/row';
import { Day } from '~/ui/time';
import { Marked } from './marked';
import type { DigestView, ResultView } from './view';

/** Posts that were found: thread, excerpt, author, place, date and language. */
export function Results({ rows }: { rows: readonly ResultView[] }) {
  return (
    <ol className="rows">
      {rows.map((row) => (
        <li key={row.id}>
          <h3 lang={row.titleLanguage} dir="auto">
            <a href={row.path}>
              <Marked parts={row.title} />
            </a>
          </h3>
          <p className="prose" lang={row.translation?.language ?? row.language} dir="auto">
            <Marked parts={row.snippet} />
          </p>
          <Meta>
            <span>
              <AuthorName author={row.author} />
            </span>
            {row.place && <span>{row.place}</span>}
            <Day ms={row.createdAt} />
            <span>{row.languageName}</span>
            {row.translation && <span>{row.translation.says}</span>}
          </Meta>
        </li>
      ))}
    </ol>
  );
}

/** Published digests that were found, as a short separate list. */
export function FoundDigests({ digests }: { digests: readonly DigestView[] }) {
  const { t, day } = useI18n();
  if (digests.length === 0) return null;
  return (
    <section aria-labelledby="digests">
      <h2 id="digests" className="list-count">
        {t('search.digests')}
      </h2>
      <ul className="rows">
        {digests.map(({ id, path, title, publishedAt }) => (
          <li key={id}>
            <h3>
              <a href={path}>{title}</a>
            </h3>
            <Meta>{t('digests.list.published', { day: day(publishedAt) })}</Meta>
          </li>
        ))}
      </ul>
    </section>
  );
}
