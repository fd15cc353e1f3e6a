import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readPage } from '~/conversation/paging';
import { notFound } from '~/http/guards';
import { type Figures, readFigures, readLog } from '~/moderation/log';
import { mayModerate } from '~/people/visitor';
import { useI18n } from '~/ui/i18n';
import { ruleTitle } from '~/ui/moderation/names';
import { Day } from '~/ui/moderation/time';
import { Pagination } from '~/ui/pagination';
import { Handle } from '~/ui/people/handle';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { site, visit } = context;
  const page = readPage(new URL(request.url).searchParams.get('page'));
  const log = await readLog(site.db.reader, page);
  if (page > log.pages) throw notFound();
  const moderates = mayModerate(visit.visitor);
  return {
    head: {
      title: visit.i18n.t('moderation.log.title'),
      description: visit.i18n.t('moderation.log.intro'),
      canonical: page > 1 ? `/moderation?page=${page}` : '/moderation',
    },
    page: log.page,
    pages: log.pages,
    rows: log.rows.map(({ caseId, ...row }) => ({ ...row, caseId: moderates ? caseId : null })),
    figures: await readFigures(site.db.reader, site.clock),
  };
}

export default function ModerationLog() {
  const { page, pages, rows, figures } = useLoaderData<typeof loader>();
  const i18n = useI18n();
  const { t } = i18n;
  return (
    <div className="moderation-log">
      <h1>{t('moderation.log.title')}</h1>
      <p className="lead">{t('moderation.log.intro')}</p>
      <Month figures={figures} />
      <h2 id="log-title">{t('moderation.log.decisions')}</h2>
      {rows.length === 0 ? (
        <p>{t('moderation.log.empty')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        <section className="scroll" tabIndex={0} aria-labelledby="log-title">
          <table className="log">
            <thead>
              <tr>
                <th scope="col">{t('moderation.log.when')}</th>
                <th scope="col">{t('moderation.log.action')}</th>
                <th scope="col">{t('moderation.log.thread')}</th>
                <th scope="col">{t('moderation.log.moderator')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <td>
                    <Day ms={row.createdAt} />
                  </td>
                  <td>
                    {t(`moderation.action.${row.action}.done`)}
                    {row.rule && <p className="quiet">{ruleTitle(i18n, row.rule)}</p>}
                    {row.caseId && (
                      <p>
                        <a href={`/mod/cases/${row.caseId}`}>{t('moderation.log.case')}</a>
                      </p>
                    )}
                  </td>
                  <td>
                    {row.thread && (
                      <a
                        href={`/t/${row.thread.id}/${row.thread.slug}`}
                        lang={row.thread.language}
                        dir="auto"
                      >
                        {row.thread.title}
                      </a>
                    )}
                  </td>
                  <td>
                    <Handle of={row.moderator} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <Pagination page={page} pages={pages} href={(n) => `/moderation?page=${n}`} />
    </div>
  );
}

function Month({ figures }: { figures: Figures }) {
  const i18n = useI18n();
  const { t, number } = i18n;
  const { hide, restore, approve, dismiss } = figures.decisions;
  const lines = [
    ['flags', figures.flags],
    ['hide', hide],
    ['dismiss', dismiss],
    ['approve', approve],
    ['restore', restore],
  ] as const;
  return (
    <section aria-labelledby="month-title">
      <h2 id="month-title">{t('moderation.log.month', { days: figures.days })}</h2>
      <dl className="figures">
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`moderation.figure.${name}`)}</dt>
            <dd>{number(value)}</dd>
          </div>
        ))}
      </dl>
      {figures.hiddenByRule.length > 0 && (
        <p className="quiet">
          {t('moderation.figure.byRule', {
            rules: i18n.list(
              figures.hiddenByRule.map(
                ({ rule, count }) => `${ruleTitle(i18n, rule)} (${number(count)})`,
              ),
            ),
          })}
        </p>
      )}
    </section>
  );
}
