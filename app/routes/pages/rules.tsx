import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { contactAddress } from '~/platform/mail/sender-address';
import { pathTo } from '~/platform/paths';
import { Contents } from '~/ui/contents';
import { langOfTerm, linkTo, TextLine, useI18n } from '~/ui/i18n';

export async function loader({ context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  return {
    head: {
      title: visit.i18n.t('pages.rules.title'),
      description: visit.i18n.t('pages.rules.lead'),
      canonical: pathTo('/rules'),
    },
    address: contactAddress(app.config),
    holdFirstPosts: app.config.holdFirstPosts,
  };
}

export default function Rules() {
  const { head, address, holdFirstPosts } = useLoaderData<typeof loader>();
  const i18n = useI18n();
  const { t, community, name, describe } = i18n;
  const entries = [
    ...community.rules.map((rule) => ({ id: rule, title: name('rule', rule) })),
    { id: 'moderation', title: t('pages.rules.moderation.title') },
    { id: 'appeal', title: t('pages.rules.appeal.title') },
  ];
  return (
    <article className="page">
      <div className="page-main prose">
        <h1>{head.title}</h1>
        <p className="lead">{t('pages.rules.lead')}</p>

        {community.rules.map((rule) => (
          <section key={rule} id={rule} aria-labelledby={`${rule}-title`}>
            <h2 id={`${rule}-title`} {...langOfTerm(i18n, 'rule', rule, 'name')}>
              {name('rule', rule)}
            </h2>
            <p {...langOfTerm(i18n, 'rule', rule)}>{describe('rule', rule)}</p>
          </section>
        ))}

        <hr />
        <h2 id="moderation">{t('pages.rules.moderation.title')}</h2>
        {holdFirstPosts > 0 && <p>{t('pages.rules.moderation.held', { count: holdFirstPosts })}</p>}
        <p>{t('pages.rules.moderation.flags')}</p>
        <p>{t('pages.rules.moderation.notice')}</p>
        <TextLine k="pages.rules.moderation.log" values={{ log: linkTo(pathTo('/moderation')) }} />

        <h2 id="appeal">{t('pages.rules.appeal.title')}</h2>
        <TextLine
          k="pages.rules.appeal.text"
          values={{ address, mail: linkTo(`mailto:${address}`) }}
        />
        <TextLine k="pages.rules.appeal.report" values={{ report: linkTo(pathTo('/report')) }} />
      </div>
      <Contents entries={entries} />
    </article>
  );
}
