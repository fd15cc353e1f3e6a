import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { practiceQueue } from '~/domain/moderation/training/training';
import { pathTo } from '~/platform/paths';
import { requireModerator } from '~/server/guards';
import { Gap, useI18n } from '~/ui/i18n';
import { deskLinks } from '~/ui/moderation/desk';
import { deskCounts } from '~/ui/moderation/desk-counts';
import { DeskNav } from '~/ui/moderation/desk-nav';
import { Meta } from '~/ui/row';

export const links = deskLinks;

export async function loader({ context }: LoaderFunctionArgs) {
  const moderator = requireModerator(context);
  const queue = await practiceQueue(context.app.db.reader, moderator);
  return {
    head: { title: context.visit.i18n.t('guard.practice.title'), noindex: true },
    counts: await deskCounts(context),
    cases: queue.map(({ matter, ...row }) => ({ ...row, cause: matter.cause, body: matter.body })),
  };
}

export default function Practice() {
  const { cases, counts } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  const decided = cases.filter(({ agrees }) => agrees !== null);
  return (
    <>
      <DeskNav current="practice" counts={counts} />
      <div className="single practice">
        <h1>{t('guard.practice.title')}</h1>
        <p className="notice">{t('guard.practice.made')}</p>
        {cases.length === 0 ? (
          <p>
            {t('guard.practice.empty')}
            <Gap />
            <code dir="ltr">npm run causeway -- practice</code>
          </p>
        ) : (
          <p>
            {t('guard.practice.progress', {
              decided: decided.length,
              agree: decided.filter(({ agrees }) => agrees).length,
              of: cases.length,
            })}
          </p>
        )}
        <ol className="rows">
          {cases.map((row) => (
            <li key={row.id}>
              <Meta>
                <span>{t('guard.practice.number', { n: row.position })}</span>
                <span>{t(`moderation.cause.${row.cause}`)}</span>
                {row.agrees !== null && (
                  <span>{t(row.agrees ? 'guard.practice.same' : 'guard.practice.other')}</span>
                )}
              </Meta>
              <h2 lang="en" dir="ltr">
                <a href={pathTo('/mod/practice/:id', { id: row.id })}>
                  {row.body.length > 120 ? `${row.body.slice(0, 120)}…` : row.body}
                </a>
              </h2>
            </li>
          ))}
        </ol>
      </div>
    </>
  );
}
