import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { DecisionAction } from '~/domain/moderation/actions';
import type { SignalKind } from '~/domain/moderation/anti-spam/signal';
import { reportYears, type Times, transparencyReport } from '~/domain/moderation/dsa/transparency';
import { pathTo } from '~/platform/paths';
import { notFound } from '~/server/guards';
import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { formatAge } from '~/ui/moderation/age';
import { ruleTitle } from '~/ui/moderation/names';

export async function loader({ params, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const db = app.db.reader;
  const year = Number(params.year);
  const years = await reportYears(db, app.clock);
  if (!years.includes(year)) throw notFound();
  const title = visit.i18n.t('guard.transparency.of', { year: String(year) });
  return {
    head: { title, canonical: pathTo('/transparency/:year', { year }) },
    title,
    report: await transparencyReport(db, app.clock, year),
  };
}

export default function TransparencyOfYear() {
  const { title, report } = useLoaderData<typeof loader>();
  const i18n = useI18n();
  const { t } = i18n;
  return (
    <div className="single">
      <LinkLine href={pathTo('/transparency')} label={t('guard.transparency.title')} />
      <h1>{title}</h1>
      <p className="lead">
        {t(report.running ? 'guard.transparency.soFar' : 'guard.transparency.whole')}
      </p>
      <LinkLine
        href={pathTo('/transparency/:year.csv', { year: report.year })}
        label={t('guard.transparency.csv')}
      />

      <h2>{t('guard.transparency.came')}</h2>
      <Figures
        rows={[
          [t('guard.transparency.flags'), report.flags],
          [t('guard.transparency.notices'), report.notices.received],
          [t('guard.transparency.noticesDecided'), report.notices.decided],
          ...report.noticed.map(({ kind, count }): [string, number] => [
            t(`guard.transparency.noticed.${kind as SignalKind}`),
            count,
          ]),
        ]}
      />

      <h2 id="cases-title">{t('guard.transparency.times')}</h2>
      {report.cases.length === 0 && <p className="quiet">{t('guard.transparency.none')}</p>}
      {report.cases.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        <section className="scroll" tabIndex={0} aria-labelledby="cases-title">
          <table>
            <thead>
              <tr>
                <th scope="col">{t('guard.transparency.cause')}</th>
                <th scope="col" className="num">
                  {t('guard.transparency.closed')}
                </th>
                <th scope="col" className="num">
                  {t('guard.transparency.median')}
                </th>
                <th scope="col" className="num">
                  {t('guard.transparency.p90')}
                </th>
              </tr>
            </thead>
            <tbody>
              {report.cases.map(({ cause, times }) => (
                <TimesRow key={cause} name={t(`guard.transparency.cause.${cause}`)} times={times} />
              ))}
            </tbody>
          </table>
        </section>
      )}

      <h2>{t('guard.transparency.decided')}</h2>
      <Figures
        rows={report.decisions.map(({ action, rule, count }): [ReactNode, number] => [
          <>
            {t(`moderation.action.${action as DecisionAction}.done`)}
            {rule && <span className="quiet"> {ruleTitle(i18n, rule)}</span>}
          </>,
          count,
        ])}
      />

      <h2>{t('guard.transparency.machine')}</h2>
      <p>{t('guard.transparency.machineText')}</p>
      <Figures
        rows={[
          [t('guard.transparency.found'), report.machine.found],
          [t('guard.transparency.alone'), report.machine.alone],
        ]}
      />

      <h2>{t('guard.transparency.appeals')}</h2>
      <Figures
        rows={[
          [t('guard.transparency.made'), report.appeals.made],
          [t('guard.transparency.upheld'), report.appeals.upheld],
          [t('guard.transparency.reversed'), report.appeals.reversed],
        ]}
      />
    </div>
  );
}

function TimesRow({ name, times }: { name: string; times: Times }) {
  const { number, locale } = useI18n();
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="num">{number(times.count)}</td>
      <td className="num">{formatAge(locale, times.median)}</td>
      <td className="num">{formatAge(locale, times.p90)}</td>
    </tr>
  );
}

function Figures({ rows }: { rows: [ReactNode, number][] }) {
  const { t, number } = useI18n();
  if (rows.length === 0) return <p className="quiet">{t('guard.transparency.none')}</p>;
  return (
    <table>
      <tbody>
        {rows.map(([name, value], at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a report never move
          <tr key={at}>
            <th scope="row">{name}</th>
            <td className="num">{number(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
