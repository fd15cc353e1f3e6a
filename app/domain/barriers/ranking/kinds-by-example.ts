import { hasCueWords } from '~/domain/barriers/lexicon';
import { publicReports } from '~/domain/barriers/public-reports';
import { comparing, profileOf } from '~/domain/barriers/similarity';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { ofKinds } from '~/domain/forum/posts/evidence';
import type { AppContext } from '~/platform/app-context';
import type { Said } from './likeliest-mates';

/** Number of newest posts of a kind that are compared. */
const EXAMPLES = 20;
/** Number of newest posts of the site that show which words everybody uses. */
const AROUND = 40;

/**
 * From 0 to about 0.6 without kinds. Below this, texts share a place or a few letters; the same
 * breakdown in two people's words of one language had 0.13 among ten other posts.
 */
const ALIKE_FROM = 0.1;

const NO_KINDS = new Map<BarrierKind, number>();

/**
 * Returns the kinds without cue words, as far as a text is like public posts that people gave them; the
 * most alike first. Without such posts, none.
 */
export async function kindsByExample(
  { db: { reader: db }, community }: Pick<AppContext, 'db' | 'community'>,
  { text }: Said,
): Promise<BarrierKind[]> {
  const kinds = community.kinds.filter((one) => !hasCueWords(one, community.cueWords));
  if (kinds.length === 0) return [];
  const newest = async (limit: number, kind?: BarrierKind) => {
    const where = kind === undefined ? undefined : ofKinds([kind]);
    const rows = await publicReports(db, { where, limit });
    return rows.map((row) => profileOf(row.text, NO_KINDS));
  };
  const own = profileOf(text, NO_KINDS);
  const around = await newest(AROUND);
  const found: { kind: BarrierKind; alike: number }[] = [];
  for (const kind of kinds) {
    const examples = await newest(EXAMPLES, kind);
    const { similarity } = comparing([own, ...examples, ...around]);
    const alike = Math.max(0, ...examples.map((_, at) => similarity(0, at + 1)));
    if (alike >= ALIKE_FROM) found.push({ kind, alike });
  }
  return found.sort((a, b) => b.alike - a.alike).map(({ kind }) => kind);
}
