import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { mayModerate } from '~/domain/accounts/users/visitor';
import { listChanges } from '~/domain/community/change-vocabulary';
import { readLog } from '~/domain/moderation/decisions/public-log';
import { type Figures, readFigures } from '~/domain/moderation/dsa/figures';
import { MEASURES } from '~/domain/moderation/lists';
import { dateFormat } from '~/platform/i18n/dates';
import { readPage } from '~/platform/paging';
import { pathTo } from '~/platform/paths';
import { notFound } from '~/server/guards';
import { Handle } from '~/ui/accounts/handle';
import { changeView, VocabularyChanges } from '~/ui/community/vocabulary-changes';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { logNotes } from '~/ui/moderation/log-line';
import { ruleTitle } from '~/ui/moderation/names';
import { Pagination } from '~/ui/pagination';
import { Day } from '~/ui/time';

/** Number of changes of the vocabularies below the decisions. */
const CHANGES_SHOWN = 20;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { i18n } = visit;
  const page = readPage(new URL(request.url).searchParams.get('page'));
  const log = await readLog(app.db.reader, page);
  if (page > log.pages) throw notFound();
  const moderates = mayModerate(visit.visitor);
  return {
    head: {
      title: i18n.t('moderation.log.title'),
      description: i18n.t('moderation.log.intro'),
      canonical: page > 1 ? pathTo(`/moderation?page=${page}`) : pathTo('/moderation'),
      feeds: [{ title: i18n.t('moderation.log.feed'), path: pathTo('/moderation/feed.xml') }],
    },
    page: log.page,
    pages: log.pages,
    rows: log.rows.map((row) => ({
      id: row.id,
      createdAt: row.createdAt,
      action: row.action,
      notes: logNotes(i18n, row),
      thread: row.thread && i18n.titled('thread', row.thread),
      moderator: row.moderator,
      caseId: moderates ? row.caseId : null,
    })),
    figures: page === 1 ? await readFigures(app.db.reader, app.clock) : null,
    changes:
      page === 1
        ? (await listChanges(app.db.reader, CHANGES_SHOWN)).map((one) => changeView(one, i18n))
        : [],
  };
}

export default function ModerationLog() {
  const { page, pages, rows, figures, changes } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <div className="moderation-log">
      <h1>{t('moderation.log.title')}</h1>
      <p className="lead">{t('moderation.log.intro')}</p>
      {figures && <Months figures={figures} />}
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
                <th scope="col">
                  {t('moderation.log.action')} · {t('moderation.log.moderator')}
                </th>
                <th scope="col">{t('moderation.log.thread')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={row.id} row={row} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      <Pagination page={page} pages={pages} href={(n) => pathTo(`/moderation?page=${n}`)} />
      {changes.length > 0 && <VocabularyChanges changes={changes} />}
      <TextLine
        className="quiet"
        k="moderation.log.downloads"
        values={{
          csv: linkTo(pathTo('/moderation.csv')),
          feed: linkTo(pathTo('/moderation/feed.xml')),
        }}
      />
    </div>
  );
}

function Row({ row }: { row: ReturnType<typeof useLoaderData<typeof loader>>['rows'][number] }) {
  const { t } = useI18n();
  return (
    <tr id={row.id}>
      <td>
        <Day ms={row.createdAt} />
      </td>
      <td>
        {t(`moderation.action.${row.action}.done`)} ·{' '}
        {row.moderator ? <Handle of={row.moderator} /> : t('moderation.log.machine')}
        {row.notes.map((note) => (
          <p key={note} className="quiet">
            {note}
          </p>
        ))}
        {row.caseId && (
          <LinkLine
            href={pathTo('/mod/cases/:id', { id: row.caseId })}
            label={t('moderation.log.case')}
          />
        )}
      </td>
      <td>
        {row.thread && (
          <a
            href={pathTo('/t/:id/:slug?', { id: row.thread.id, slug: row.thread.slug })}
            lang={row.thread.language}
            dir="auto"
          >
            {row.thread.title}
          </a>
        )}
      </td>
    </tr>
  );
}

/** The last twelve months; months without any decision are left out. */
function Months({ figures }: { figures: Figures }) {
  const i18n = useI18n();
  const { t, number, locale } = i18n;
  if (figures.months.length === 0) return null;
  const month = dateFormat(locale, {
    year: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  const some = MEASURES.filter((one) => figures.months.some(({ figures: of }) => of[one] > 0));
  return (
    <>
      <h2 id="months-title">{t('moderation.log.months')}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section className="scroll" tabIndex={0} aria-labelledby="months-title">
        <table className="log numbers">
          <thead>
            <tr>
              <th scope="col">{t('moderation.log.thisMonth')}</th>
              {some.map((one) => (
                <th key={one} className="num" scope="col">
                  {t(`moderation.figure.${one}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {figures.months.map(({ from, figures: of }) => (
              <tr key={from}>
                <th scope="row">{month.format(from)}</th>
                {some.map((one) => (
                  <td key={one} className="num">
                    {number(of[one])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
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
    </>
  );
}
