import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import type { ReactNode } from 'react';
import { moderatorHandles } from '~/domain/accounts/users/directory';
import { LICENCE } from '~/domain/community/licence';
import { siteArticle } from '~/platform/community/site-translator';
import { contactAddress } from '~/platform/mail/sender-address';
import { pathTo } from '~/platform/paths';
import { Contents } from '~/ui/contents';
import { Gap, Lead, langOfMessage, linkTo, TextLine, useI18n } from '~/ui/i18n';

export async function loader({ context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { siteName, digestMinAuthors } = app.config;
  return {
    head: {
      title: visit.i18n.t('pages.about.title', { site: siteName }),
      description: visit.i18n.t('pages.about.lead'),
      canonical: pathTo('/about'),
    },
    address: contactAddress(app.config),
    digestMinAuthors,
    operator: {
      name: app.config.operatorName,
      place: app.config.operatorPlace,
      people: app.config.operatorPeople,
      funding: app.config.operatorFunding,
      moderators: await moderatorHandles(app.db.reader),
      article: siteArticle(visit.i18n),
    },
  };
}

export default function About() {
  const { head, address, digestMinAuthors, operator } = useLoaderData<typeof loader>();
  const i18n = useI18n();
  const { t, community, name } = i18n;
  const { article } = operator;
  const entries = [
    { id: 'what', title: t('pages.about.what.title') },
    { id: 'the-post', title: t('pages.about.post.title') },
    { id: 'evidence', title: t('pages.about.evidence.title') },
    { id: 'figures', title: t('pages.about.figures.title') },
    { id: 'who', title: t('pages.about.who.title') },
  ];
  return (
    <article className="page">
      <div className="page-main prose">
        <h1>{head.title}</h1>
        <Lead k="pages.about.lead" />

        <h2 id="what">{t('pages.about.what.title')}</h2>
        <p {...langOfMessage(i18n, 'pages.about.what.1')}>{t('pages.about.what.1')}</p>
        <p>{t('pages.about.what.2')}</p>

        <section id="the-post" aria-labelledby="the-post-title">
          <h2 id="the-post-title">{t('pages.about.post.title')}</h2>
          {article && (
            <TextLine
              k="pages.about.post.1"
              values={{
                title: article.title,
                post: () => <Article {...article} />,
              }}
            />
          )}
          <p>{t('pages.about.post.2')}</p>
          <ul>
            {community.pillars.map((pillar) => (
              <li key={pillar}>{name('pillar', pillar)}</li>
            ))}
          </ul>
        </section>

        <h2 id="evidence">{t('pages.about.evidence.title')}</h2>
        <ol>
          <li>{t('pages.about.evidence.1')}</li>
          <li>{t('pages.about.evidence.2')}</li>
          <li>{t('pages.about.evidence.3')}</li>
          <li>{t('pages.about.evidence.4')}</li>
          <li>
            {t('pages.about.evidence.5')}
            <Gap />
            {t('digests.method.lasting')}
          </li>
        </ol>

        <h2 id="figures">{t('pages.about.figures.title')}</h2>
        <TextLine
          k="pages.about.figures.1"
          values={{ strong: (words: ReactNode[]) => <strong>{words}</strong> }}
        />
        <p {...langOfMessage(i18n, 'pages.about.figures.2')}>{t('pages.about.figures.2')}</p>
        <p>{t('pages.about.figures.3')}</p>
        <p>{t('pages.about.figures.4', { count: digestMinAuthors })}</p>
        <p>{t('pages.about.figures.5', { count: digestMinAuthors })}</p>

        <h2 id="who">{t('pages.about.who.title')}</h2>
        <Who operator={operator} address={address} />
        <TextLine k="pages.about.who.1" values={{ log: linkTo(pathTo('/moderation')) }} />
        <TextLine k="pages.about.who.2" values={{ licence: linkTo(LICENCE) }} />
      </div>
      <Contents entries={entries} />
    </article>
  );
}

type Operator = ReturnType<typeof useLoaderData<typeof loader>>['operator'];

/** Who runs the site. Where a setting is empty, the page says so. */
function Who({ operator, address }: { operator: Operator; address: string }) {
  const { t } = useI18n();
  const { name, place, people, moderators, funding, article } = operator;
  return (
    <dl>
      <dt>{t('pages.about.who.organisation')}</dt>
      <Told words={name} />
      <dt>{t('pages.about.who.place')}</dt>
      <Told words={place} />
      <dt>{t('pages.about.who.people')}</dt>
      {people.length === 0 && <Told words={null} />}
      {people.map((person) => (
        <Told key={person} words={person} />
      ))}
      {moderators.length > 0 && <dt>{t('pages.about.who.moderators')}</dt>}
      {moderators.map((handle) => (
        <dd key={handle}>
          <a href={pathTo('/u/:handle', { handle })} dir="auto">
            {handle}
          </a>
        </dd>
      ))}
      <dt>{t('pages.about.who.funding')}</dt>
      <Told words={funding} />
      <dt>{t('pages.about.who.contact')}</dt>
      <dd>
        <a href={`mailto:${address}`}>{address}</a>
      </dd>
      <dt>{t('pages.about.who.article')}</dt>
      <dd>{article ? <Article {...article} /> : <Missing />}</dd>
      {article?.url === null && <dd className="quiet">{t('pages.about.who.noLink')}</dd>}
    </dl>
  );
}

/** The article that asks the questions. Where it has no URL yet, its title alone. */
function Article({ title, url }: { title: string; url: string | null }) {
  return <cite dir="auto">{url ? <a href={url}>{title}</a> : title}</cite>;
}

function Told({ words }: { words: string | null }) {
  return <dd dir="auto">{words ?? <Missing />}</dd>;
}

function Missing() {
  return <span className="quiet">{useI18n().t('pages.about.who.missing')}</span>;
}
