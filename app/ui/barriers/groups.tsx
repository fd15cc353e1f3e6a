import { Byline } from '~/ui/forum/byline';
import { useI18n } from '~/ui/i18n';
import type { GroupLink } from './group-link';
import type { RegionGroup } from './group-view';

/**
 * Barriers that several people reported, with the number of people and the first report's words.
 */
export function Groups({ groups }: { groups: RegionGroup[] }) {
  const { t } = useI18n();
  if (groups.length === 0) return null;
  return (
    <section aria-labelledby="groups">
      <h2 id="groups">{t('barriers.groups.title')}</h2>
      <ol className="rows newest">
        {groups.map(({ id, path, line, first }) => (
          <li key={id}>
            <Byline {...first} />
            <p className="prose excerpt" lang={first.language} dir="auto">
              {first.excerpt}
            </p>
            <GroupNote group={{ path, line }} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A note beside a contribution that others report the same barrier. */
export function GroupNote({ group }: { group: GroupLink }) {
  return (
    <p className="quiet">
      <a href={group.path}>{group.line}</a>
    </p>
  );
}
