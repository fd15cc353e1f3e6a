import type { MessageKey } from '~/platform/i18n/translator';
import { pathTo } from '~/platform/paths';
import { useI18n } from '~/ui/i18n';

/** The sections of the administrators' pages, in the order in which they are listed. */
export const SECTIONS = {
  settings: {
    path: pathTo('/admin/settings'),
    title: 'admin.settings.title',
    does: 'admin.settings.does',
  },
  conversations: {
    path: pathTo('/admin/conversations'),
    title: 'admin.conversations.title',
    does: 'admin.conversations.does',
  },
  embed: { path: pathTo('/admin/embed'), title: 'admin.embed.title', does: 'admin.embed.does' },
  vocabulary: {
    path: pathTo('/admin/vocabulary'),
    title: 'community.admin.title',
    does: 'community.admin.does',
  },
  people: { path: pathTo('/admin/people'), title: 'admin.people.title', does: 'admin.people.does' },
  invitations: {
    path: pathTo('/admin/invitations'),
    title: 'admin.invitations.title',
    does: 'admin.invitations.does',
  },
  mail: { path: pathTo('/admin/mail'), title: 'admin.mail.title', does: 'admin.mail.does' },
  jobs: { path: pathTo('/admin/jobs'), title: 'jobs.title', does: 'jobs.lead' },
  backups: {
    path: pathTo('/admin/backups'),
    title: 'admin.backups.title',
    does: 'admin.backups.does',
  },
  numbers: {
    path: pathTo('/admin/numbers'),
    title: 'admin.numbers.title',
    does: 'admin.numbers.does',
  },
} as const satisfies Record<string, { path: string; title: MessageKey; does: MessageKey }>;

export type Section = keyof typeof SECTIONS;

/** Links between the administrators' pages, folded on a phone; null on the overview. */
export function AdminNav({ current }: { current: Section | null }) {
  const { t } = useI18n();
  return (
    <nav className="desk-nav" aria-label={t('admin.title')}>
      <details className="unfolds">
        <summary>{t('admin.sections')}</summary>
        <ul className="nav">
          <li>
            <a href={pathTo('/admin')} aria-current={current === null ? 'page' : undefined}>
              {t('admin.overview')}
            </a>
          </li>
          {Object.entries(SECTIONS).map(([name, { path, title }]) => (
            <li key={name}>
              <a href={path} aria-current={name === current ? 'page' : undefined}>
                {t(title)}
              </a>
            </li>
          ))}
        </ul>
      </details>
    </nav>
  );
}
