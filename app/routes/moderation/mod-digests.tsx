import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { buildDigest, listDigests, listDrafts } from '~/domain/digests/digests';
import { openDisputes } from '~/domain/digests/disputes';
import { lastCompletePeriod } from '~/domain/digests/period';
import { pathTo } from '~/platform/paths';
import { submit } from '~/server/forms';
import { requireModerator } from '~/server/guards';
import { DigestDesk } from '~/ui/digests/desk';
import { LIST_LENGTH } from '~/ui/digests/list';
import { type EntryView, entryView } from '~/ui/digests/view';
import { ErrorSummary, Input } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { deskLinks } from '~/ui/moderation/desk';
import { Meta } from '~/ui/row';

export const links = deskLinks;

export async function loader({ context }: LoaderFunctionArgs) {
  requireModerator(context);
  const { app, visit } = context;
  const { i18n } = visit;
  const db = app.db.reader;
  const drafts = await listDrafts(db);
  const published = await listDigests(db, { limit: LIST_LENGTH });
  return {
    head: { title: i18n.t('digests.desk.title'), noindex: true },
    drafts: drafts.map((digest) => entryView(digest, i18n)),
    disputes: await openDisputes(db),
    published: published.map((digest) => entryView(digest, i18n)),
    suggestedPeriod: lastCompletePeriod(app.clock.now(), 'month').id,
  };
}

const fields = z.object({
  scope: z.string().default(''),
  period: z.string().default(''),
});

export async function action(args: ActionFunctionArgs) {
  requireModerator(args.context);
  return submit(args, fields, async ({ scope, period }) => {
    const { id } = await buildDigest(args.context.app, scope, period);
    return redirect(pathTo('/mod/digests/:id', { id }), 303);
  });
}

export default function DigestsDesk() {
  const { drafts, disputes, published, suggestedPeriod } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const { t, day } = useI18n();
  return (
    <DigestDesk drafts={drafts}>
      <p className="desk-back">
        <a href={pathTo('/mod')}>{t('moderation.case.back')}</a>
      </p>
      <h1>{t('digests.desk.title')}</h1>
      <p className="lead">{t('digests.desk.intro')}</p>
      {disputes.length > 0 && (
        <section aria-labelledby="disputes">
          <h2 id="disputes">{t('editions.dispute.list')}</h2>
          <ul className="rows">
            {disputes.map(({ id, digestId, author, body, createdAt }) => (
              <li key={id}>
                <a href={`${pathTo('/mod/digests/:id', { id: digestId })}#dispute-${id}`}>
                  {t('editions.dispute.title', { author })}
                </a>
                <p className="said" dir="auto">
                  {body}
                </p>
                <Meta>{day(createdAt)}</Meta>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="build">
        <h2 id="build">{t('digests.desk.build')}</h2>
        <ErrorSummary state={state} />
        <form method="post" action={pathTo('/mod/digests')}>
          <div className="fields">
            <Input
              name="scope"
              label={t('digests.desk.scope')}
              hint={t('digests.desk.scopeHint')}
              value="world"
              state={state}
            />
            <Input
              name="period"
              label={t('digests.desk.period')}
              hint={t('digests.desk.periodHint')}
              value={suggestedPeriod}
              state={state}
            />
          </div>
          <button className="primary" type="submit">
            {t('digests.desk.buildAction')}
          </button>
        </form>
      </section>
      <h2>{t('digests.desk.published')}</h2>
      {published.length === 0 && <p className="empty">{t('digests.desk.nonePublished')}</p>}
      <Entries entries={published} />
    </DigestDesk>
  );
}

function Entries({ entries }: { entries: EntryView[] }) {
  const { t, day } = useI18n();
  return (
    <ol className="rows">
      {entries.map(({ id, title, version, builtAt, publishedAt }) => (
        <li key={id}>
          <h3>
            <a href={pathTo('/mod/digests/:id', { id })}>{title}</a>
          </h3>
          <Meta>
            <span>
              {publishedAt === null
                ? t('digests.desk.built', { day: day(builtAt) })
                : t('digests.list.published', { day: day(publishedAt) })}
            </span>
            {version > 1 && <span>{t('digests.list.version', { version })}</span>}
          </Meta>
        </li>
      ))}
    </ol>
  );
}
