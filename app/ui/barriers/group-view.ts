import { type GroupSummary, groupsIn, groupsOf } from '~/domain/barriers/grouped';
import { publicPostsOf } from '~/domain/forum/posts/posts';
import type { AppContext } from '~/platform/app-context';
import type { Translator } from '~/platform/i18n/translator';
import { pathTo } from '~/platform/paths';
import { type ExcerptView, excerptView } from '~/ui/forum/view';
import type { GroupLink } from './group-link';

export function groupLine(
  { people, countries }: GroupSummary,
  least: number,
  { t }: Translator,
): string {
  if (people === null) return t('barriers.groups.saidFew', { n: least });
  return t('barriers.groups.said', { people, countries: countries ?? 0 });
}

export function groupPath({ id }: { id: string }): string {
  return pathTo('/barriers/groups/:id', { id });
}

/**
 * Returns the groups that posts are in, by post id; pass `threadId` if all posts are in one thread.
 * For loaders only.
 */
export async function groupLinks(
  app: AppContext,
  postIds: readonly string[],
  i18n: Translator,
  threadId?: string,
): Promise<Record<string, GroupLink>> {
  const least = app.config.digestMinAuthors;
  const groups = await groupsOf(app.db.reader, postIds, least, threadId);
  return Object.fromEntries(
    [...groups].map(([id, group]) => [
      id,
      { path: groupPath(group), line: groupLine(group, least, i18n) },
    ]),
  );
}

export interface RegionGroup extends GroupLink {
  id: string;
  first: ExcerptView;
}

/** Returns the largest groups of a region (M49; null for the world). For loaders only. */
export async function regionGroups(
  app: AppContext,
  region: string | null,
  i18n: Translator,
  most = 3,
): Promise<RegionGroup[]> {
  const least = app.config.digestMinAuthors;
  const db = app.db.reader;
  const groups = await groupsIn(db, region, least, most);
  const firsts = await publicPostsOf(
    db,
    groups.flatMap(({ postIds }) => postIds[0] ?? []),
  );
  return groups.flatMap((group) => {
    const first = firsts.find(({ id }) => id === group.postIds[0]);
    if (!first) return [];
    return {
      id: group.id,
      path: groupPath(group),
      line: groupLine(group, least, i18n),
      first: excerptView(first, i18n.locale),
    };
  });
}
