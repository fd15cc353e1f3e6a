import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { MEASURES, readNumbers } from '~/domain/administration/numbers';
import { formatPeriod } from '~/domain/digests/period';
import { pathTo } from '~/platform/paths';
import { requireAdministrator } from '~/server/guards';
import { AdminNav } from '~/ui/admin/admin-nav';
import { ColumnsChart } from '~/ui/columns-chart';
import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { deskLinks } from '~/ui/moderation/desk';

export const links = deskLinks;

/** What is also drawn, with the newest and the highest number beside it; the table has them all. */
const DRAWN = ['posts', 'people', 'subscribers', 'digests'] as const;

export async function loader({ context }: LoaderFunctionArgs) {
  requireAdministrator(context);
  const { app, visit } = context;
  const { t, locale } = visit.i18n;
  const weeks = await readNumbers(app.db.reader, app.clock);
  return {
    head: { title: t('admin.numbers.title'), noindex: true },
    weeks: weeks.map(({ period, counts }) => ({
      id: period.id,
      name: formatPeriod(period, locale),
      counts,
    })),
  };
}

export default function Numbers() {
  const { weeks } = useLoaderData<typeof loader>();
  const { t, number } = useI18n();
  const oldestFirst = weeks.toReversed();
  const drawn = DRAWN.map((measure) => {
    const values = oldestFirst.map(({ counts }) => counts[measure]);
    const most = Math.max(...values.map((value) => value ?? 0));
    return { measure, values, said: { week: weeks[0]?.name ?? '', n: values.at(-1) ?? 0, most } };
  });
  return (
    <>
      <AdminNav current="numbers" />
      <h1>{t('admin.numbers.title')}</h1>
      <p className="lead">{t('admin.numbers.lead')}</p>
      <div className="small-charts">
        {drawn.map(({ measure, values, said }) => (
          <figure key={measure} className="columns">
            <figcaption>
              {t(`admin.numbers.${measure}`)}
              <br />
              <span className="quiet">{t('admin.numbers.drawn', said)}</span>
            </figcaption>
            <ColumnsChart values={values} label={t(`admin.numbers.${measure}`)} />
          </figure>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section className="scroll" tabIndex={0} aria-labelledby="weeks-title">
        <h2 id="weeks-title">{t('admin.numbers.weeks')}</h2>
        <table className="log numbers">
          <thead>
            <tr>
              <th scope="col">{t('admin.numbers.week')}</th>
              {MEASURES.map((measure) => (
                <th key={measure} className="num" scope="col">
                  {t(`admin.numbers.${measure}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeks.map(({ id, name, counts }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                {MEASURES.map((measure) => (
                  <td key={measure} className="num">
                    {counts[measure] === null ? '–' : number(toTenths(counts[measure]))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="quiet">{t('admin.numbers.method')}</p>
      <LinkLine href={pathTo('/admin/numbers.csv')} label={t('admin.numbers.csv')} />
    </>
  );
}

/** Hours are told to a tenth. */
function toTenths(count: number): number {
  return Math.round(count * 10) / 10;
}
