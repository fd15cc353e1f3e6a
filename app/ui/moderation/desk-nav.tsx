import type { MessageKey } from '~/platform/i18n/translator';
import { pathTo } from '~/platform/paths';
import { useI18n } from '~/ui/i18n';
import type { DeskCounts } from './desk-counts';

const PAGES = {
  cases: { path: pathTo('/mod'), label: 'moderation.desk.queue' },
  keyPoints: { path: pathTo('/mod/key-points'), label: 'keyPoints.desk.title' },
  digests: { path: pathTo('/mod/digests'), label: 'moderation.desk.digests' },
  conversations: { path: pathTo('/mod/modmail'), label: 'guard.talk.desk' },
  people: { path: pathTo('/mod/people'), label: 'guard.people.title' },
  patterns: { path: pathTo('/mod/patterns'), label: 'guard.patterns.title' },
  practice: { path: pathTo('/mod/practice'), label: 'guard.practice.title' },
} satisfies Record<string, { path: string; label: MessageKey }>;

type Page = keyof typeof PAGES;

/** Links between the moderators' pages, with the number of cases and conversations that wait. */
export function DeskNav({ current, counts }: { current: Page; counts: DeskCounts }) {
  const { t, number } = useI18n();
  const { cases, conversations } = counts;
  const waiting: Partial<Record<Page, number>> = { cases, conversations };
  return (
    <nav className="desk-nav" aria-label={t('moderation.desk.title')}>
      <ul className="nav">
        {(Object.keys(PAGES) as Page[]).map((page) => {
          const { path, label } = PAGES[page];
          const count = waiting[page] ?? 0;
          return (
            <li key={page}>
              <a href={path} aria-current={page === current ? 'page' : undefined}>
                {t(label)}
                {count > 0 && <> {number(count)}</>}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
