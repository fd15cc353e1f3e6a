import { pathTo } from '~/platform/paths';
import { useI18n } from './i18n';

const KNOWN = [403, 404, 405, 413, 415, 429, 500, 503] as const;

type Known = (typeof KNOWN)[number];

/** The error page; it says what to do next. */
export function ProblemPage({ status }: { status: number }) {
  const { t, number } = useI18n();
  const known: Known = KNOWN.find((one) => one === status) ?? 500;
  return (
    <>
      <h1>{t(`site.problem.${known}.title`)}</h1>
      <p className="lead">{t(`site.problem.${known}.text`)}</p>
      <p>
        <a href="/">{t('site.problem.home')}</a>
      </p>
      {known === 404 && (
        <p>
          <a href={pathTo('/search')}>{t('site.problem.search')}</a>
        </p>
      )}
      <p className="quiet">{t('site.problem.status', { status: number(status) })}</p>
    </>
  );
}
