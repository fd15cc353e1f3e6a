import { kindsDenied } from '~/domain/barriers/denials';
import { kindsInTexts } from '~/domain/barriers/kinds-in-texts';
import { readText } from '~/domain/barriers/quoting/quote-rules';
import { likeliestKinds } from '~/domain/barriers/ranking/likeliest-kinds';
import { ownWords } from '~/domain/barriers/strip-quotes';
import { sentencesOf } from '~/domain/barriers/tokens';
import type { BarrierKind } from '~/domain/community/vocabularies';
import type { Community } from '~/platform/community/community';

interface Written {
  /** Markdown. */
  body: string;
  html: string;
  /** BCP 47. */
  language: string;
}

/**
 * Returns the kinds of a new post without those that its text denies ("Connectivity is not a problem
 * here"): they count once its author, asked again, or a moderator names them. A rule may be wrong, so it
 * only withholds, and never names a kind.
 */
export function kindsByText(
  kinds: readonly BarrierKind[],
  text: Written,
  community: Community,
): BarrierKind[] {
  const denied =
    kinds.length > 0 ? kindsDenied(readText(text, kindsInTexts(community))) : new Set();
  return kinds.filter((kind) => !denied.has(kind));
}

/**
 * The same for a changed text. Kinds of the former text (`stored`) were named for that one: they also go
 * if the new text reads as reporting no barrier, unless the former text did so in mostly the same words. Not
 * what the former text denied too, because its author has answered that.
 */
export function kindsByChange(
  kinds: readonly BarrierKind[],
  text: Written,
  former: Written & { stored: readonly string[] },
  community: Community,
): BarrierKind[] {
  if (kinds.length === 0 || text.body === former.body) return [...kinds];
  const left = new Set(kindsByText(kinds, text, community));
  const answered = new Set(
    kinds.filter((kind) => !kindsByText([kind], former, community).includes(kind)),
  );
  const reportsNone = ({ body, language }: Written) =>
    likeliestKinds(body, language, 1, community).reportsNone;
  const lapse = reportsNone(text) && !(reportsNone(former) && keepsWords(text, former));
  return kinds.filter(
    (kind) => answered.has(kind) || (left.has(kind) && !(lapse && former.stored.includes(kind))),
  );
}

/** True if at least half of the words of the former text are in the new one. */
function keepsWords(text: Written, former: Written): boolean {
  const now = wordsOf(text);
  const before = wordsOf(former);
  return 2 * [...before].filter((word) => now.has(word)).length >= before.size;
}

function wordsOf({ body }: Written): Set<string | undefined> {
  return new Set(
    sentencesOf(ownWords(body)).flatMap((words) => words.map(({ forms }) => forms[0])),
  );
}
