import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { pathTo } from '~/platform/paths';
import { Contents } from '~/ui/contents';
import { langOfTerm, useI18n } from '~/ui/i18n';

export async function loader({ context }: LoaderFunctionArgs) {
  const { i18n } = context.visit;
  const alphabet = new Intl.Collator(i18n.locale);
  const entries = i18n.community.glossary
    .map((slug) => ({
      id: slug,
      title: i18n.name('glossary', slug),
      definition: i18n.describe('glossary', slug),
    }))
    .sort((a, b) => alphabet.compare(a.title, b.title));
  return {
    head: {
      title: i18n.t('pages.glossary.title'),
      description: i18n.t('pages.glossary.lead'),
      canonical: pathTo('/glossary'),
    },
    entries,
  };
}

export default function Glossary() {
  const { head, entries } = useLoaderData<typeof loader>();
  const i18n = useI18n();
  const { t } = i18n;
  return (
    <article className="page">
      <div className="page-main prose">
        <h1>{head.title}</h1>
        <p className="lead">{t('pages.glossary.lead')}</p>
        <dl>
          {entries.map(({ id, title, definition }) => (
            <div key={id} id={id}>
              <dt>
                <dfn {...langOfTerm(i18n, 'glossary', id, 'name')}>{title}</dfn>
              </dt>
              <dd {...langOfTerm(i18n, 'glossary', id)}>{definition}</dd>
            </div>
          ))}
        </dl>
      </div>
      <Contents entries={entries} />
    </article>
  );
}
