import { eq } from 'drizzle-orm';
import type { BarrierKind } from '~/domain/community/vocabularies';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import type { Db } from '~db/client';
import { digests } from '~db/schema';
import { alternativesTo, readQuotedPosts } from './alternatives';
import { type DigestContent, editionHash, quotesOf } from './content';
import type { QuotedSentence } from './content-parts';
import { composeCitable, type Digest, readDigest, requireDraft } from './digests';
import { otherWords, undecidedQuotes } from './disclosure';
import { pruneWords } from './machine-words';
import {
  coarsenAll,
  type Flag,
  type Press,
  type PressAction,
  pressAt,
  pressed,
  pressId,
  toldByRegion,
  unpressed,
} from './presses';
import {
  carryOver,
  changeQuote,
  raiseBarrier,
  raiseQuote,
  refOf,
  withoutQuotes,
} from './quote-slots';
import { countriesOf } from './told-by-region';

/** In characters; anything longer should be an article of its own. */
export const NOTE_LENGTH = 2000;

/** The edits that an editor can make to a draft. `quote` and `by` name quotes by `refOf`. */
export type DraftEdit =
  | { action: 'raise-barrier'; kind: BarrierKind }
  | { action: 'raise-quote'; quote: string }
  | { action: 'drop-quote'; quote: string }
  | { action: 'swap-quote'; quote: string; by: string }
  /** Protects the people in a quote; `press` names a press to undo, by `pressId`. */
  | { action: 'protect'; quote: string; how: PressAction }
  | { action: 'unprotect'; press: string }
  /** An empty text removes the note. */
  | { action: 'note'; text: string };

export interface Editor {
  personId: string;
  /** The hash of the version that the editor saw. */
  seen: string;
  /** The time of the edit, UTC ms. */
  at: number;
}

/** What is read for an edit. */
export interface ReadForEdit {
  /** The possible replacements for a quote. */
  offered: QuotedSentence[];
  /** The flags at a quote that is to stay as it is. */
  flags: Flag[];
  /** The digest composed again, where the country of an author is not told any more or is again. */
  recounted: DigestContent | null;
}

/**
 * Reads what an edit needs. Call it before the transaction of `editDraft`, because reading takes long
 * and must not block writers.
 */
export async function readForEdit(
  app: AppContext,
  id: string,
  edit: DraftEdit,
): Promise<ReadForEdit> {
  const nothing = { offered: [], flags: [], recounted: null };
  const db = app.db.reader;
  const digest = edit.action === 'note' ? null : await readDigest(db, id);
  if (!digest) return nothing;
  if (edit.action === 'swap-quote') {
    return { ...nothing, offered: await alternativesTo(app, digest, edit.quote) };
  }
  const after = pressesAfter(digest, edit);
  if (after) {
    const { scope, period } = digest;
    return { ...nothing, recounted: await composeCitable(app, scope, period, toldByRegion(after)) };
  }
  if (edit.action !== 'protect') return nothing;
  const isIt = (one: QuotedSentence) => refOf(one) === edit.quote;
  if (edit.how === 'keep') {
    const open = await undecidedQuotes(db, digest, app.config.digestMinAuthors);
    return { ...nothing, flags: open.find(({ quote }) => isIt(quote))?.flags ?? [] };
  }
  const quote = quotesOf(digest.content).find(isIt);
  if (edit.how !== 'shorten' || !quote) return nothing;
  const other = await otherWords(await readQuotedPosts(app, [quote]), digest.content, quote);
  return { ...nothing, offered: other ? [other] : [] };
}

/** The presses after an edit that changes whose country is told; null for other edits. */
function pressesAfter({ content, presses }: Digest, edit: DraftEdit): Press[] | null {
  if (edit.action === 'unprotect') {
    const undone = presses.find((one) => pressId(one) === edit.press);
    return undone?.action === 'coarsen-place' ? presses.filter((one) => one !== undone) : null;
  }
  if (edit.action !== 'protect' || edit.how !== 'coarsen-place') return null;
  const press = pressAt(content, edit.quote, edit.how, {
    by: undefined,
    flags: [],
    byId: null,
    at: 0,
  });
  return press && [...presses, press];
}

/**
 * Decides that every quote of a draft stays as it is: for conversations in which all people are
 * invented.
 */
export async function keepAllQuotes(app: AppContext, id: string): Promise<void> {
  const digest = requireDraft(await readDigest(app.db.reader, id));
  const open = await undecidedQuotes(app.db.reader, digest, app.config.digestMinAuthors);
  const kept = open.map(({ quote, flags }) => ({
    action: 'keep' as const,
    quote,
    flags,
    byId: null,
    at: app.clock.now(),
  }));
  const presses = [...digest.presses, ...kept];
  await app.db.write((tx) => tx.update(digests).set({ presses }).where(eq(digests.id, id)));
}

/**
 * Changes a draft in the caller's transaction. `read` is the result of `readForEdit`.
 * @throws DomainError `missing`; `refused` if the digest is published, was changed meanwhile, or
 * the new quote is not among those offered
 */
export async function editDraft(
  tx: Db,
  id: string,
  editor: Editor,
  edit: DraftEdit,
  read: ReadForEdit,
): Promise<void> {
  const digest = requireDraft(await readDigest(tx, id), editor.seen);
  if (edit.action === 'note') {
    const note = edit.text || null;
    const contentHash = editionHash(digest.content, note);
    await tx
      .update(digests)
      .set({ note, noteById: note && editor.personId, contentHash })
      .where(eq(digests.id, id));
    return;
  }
  const after =
    edit.action === 'protect' || edit.action === 'unprotect'
      ? protectedBy(digest, editor, edit, read, await countriesOf(tx, quotedIn(digest)))
      : { content: changed(digest, edit, read.offered), presses: digest.presses };
  const { recounted } = read;
  if (!recounted && pressesAfter(digest, edit)) {
    throw new DomainError('refused', 'editions.error.overtaken');
  }
  const counted = recounted
    ? carryOver(recounted, after.content, () => true, false)
    : after.content;
  const content = pruneWords(counted);
  const contentHash = editionHash(content, digest.note?.text ?? null);
  await tx
    .update(digests)
    .set({ ...after, content, contentHash })
    .where(eq(digests.id, id));
}

function changed(
  { content, presses }: Digest,
  edit: Exclude<DraftEdit, { action: 'note' | 'protect' | 'unprotect' }>,
  offered: readonly QuotedSentence[],
): DigestContent {
  if (edit.action === 'raise-barrier') return raiseBarrier(content, edit.kind);
  const { quote } = edit;
  if (!quotesOf(content).some((one) => refOf(one) === quote)) {
    throw new DomainError('refused', 'editions.error.overtaken');
  }
  if (edit.action === 'raise-quote') return raiseQuote(content, quote);
  if (edit.action === 'drop-quote') return withoutQuotes(content, (one) => refOf(one) === quote);
  const other = offered.find((one) => refOf(one) === edit.by);
  if (!other) throw new DomainError('refused', 'editions.error.notOffered', { field: 'by' });
  return coarsenAll(
    changeQuote(content, quote, () => other),
    presses,
  );
}

function quotedIn({ content }: Digest): string[] {
  return quotesOf(content).map(({ postId }) => postId);
}

/** Does or undoes a press. */
function protectedBy(
  { content, presses }: Digest,
  { personId: byId, at }: Editor,
  edit: Extract<DraftEdit, { action: 'protect' | 'unprotect' }>,
  { offered: [by], flags }: ReadForEdit,
  countries: ReadonlyMap<string, string | null>,
): Pick<Digest, 'content' | 'presses'> {
  if (edit.action === 'protect') {
    const press = pressAt(content, edit.quote, edit.how, { by, flags, byId, at });
    if (!press) throw new DomainError('refused', 'editions.error.overtaken');
    const others = presses.filter((one) => !replaces(press, one));
    return { content: pressed(content, press), presses: [...others, press] };
  }
  const press = presses.find((one) => pressId(one) === edit.press);
  if (!press) throw new DomainError('refused', 'editions.error.overtaken');
  const others = presses.filter((one) => one !== press);
  // What was decided at another digest stands there: here it is to be decided again.
  const { quote } = press;
  const rest = press.from ? [...others, { action: 'ask' as const, quote, byId, at }] : others;
  return { content: coarsenAll(unpressed(content, press, countries), rest), presses: rest };
}

/** Whether a press takes the place of a former one: keeping a quote and deciding again exclude each other. */
function replaces(press: Press, former: Press): boolean {
  const changesNothing = ({ action }: Press) => action === 'keep' || action === 'ask';
  return [press, former].every(changesNothing) && refOf(press.quote) === refOf(former.quote);
}
