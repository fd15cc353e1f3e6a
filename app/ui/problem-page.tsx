import type { KeptForm as KeptFormState } from '~/platform/form-state';
import type { Translator } from '~/platform/i18n/translator';
import { pathTo } from '~/platform/paths';
import { LinkLine } from '~/ui/links';
import { KeptForm } from './forms/kept-form';
import { useI18n } from './i18n';

const KNOWN = [403, 404, 405, 413, 415, 429, 500, 503] as const;

/** Sending again can succeed. Not for a form from elsewhere: another site could have filled it in. */
const RESENDABLE: readonly number[] = [429, 500, 503];

type Known = (typeof KNOWN)[number];

/** Returns the heading of the error page, which is also its title. */
export function problemTitle({ t }: Pick<Translator, 't'>, status: number): string {
  return t(`site.problem.${knownStatus(status)}.title`);
}

function knownStatus(status: number): Known {
  return KNOWN.find((one) => one === status) ?? 500;
}

interface ProblemPageProps {
  status: number;
  kept: KeptFormState | null;
  /** True if the form was sent from an embedded page, and its answer stands there. */
  embedded?: boolean;
}

/** The error page; it says what to do next. */
export function ProblemPage({ status, kept, embedded = false }: ProblemPageProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const site = i18n.community.settings.siteName;
  const known = knownStatus(status);
  return (
    <>
      <h1>{problemTitle(i18n, status)}</h1>
      <p className="lead">
        {t(embedded && known === 403 ? 'embed.refused' : `site.problem.${known}.text`)}
      </p>
      {kept && <KeptForm kept={kept} resend={RESENDABLE.includes(known)} />}
      {embedded && kept ? (
        <LinkLine href={pathOnSite(kept)} label={t('embed.answer', { site })} />
      ) : (
        <LinkLine href="/" label={t('site.problem.home')} />
      )}
      {known === 404 && <LinkLine href={pathTo('/search')} label={t('site.problem.search')} />}
    </>
  );
}

/** The page of the site that shows the same as the embedded one with this form. */
function pathOnSite({ action }: KeptFormState): string {
  const [path = '/'] = action.replace(/^\/embed/, '').split('?');
  return path;
}
