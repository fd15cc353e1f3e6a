import { eq } from 'drizzle-orm';
import type { BarrierKind } from '~/domain/community/vocabularies';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import type { Db } from '~db/client';
import { digests } from '~db/schema';
import { alternativesTo, readQuotedPosts } from './alternatives';
import { type DigestContent, editionHash, quotesOf } from './content';
import type { QuotedSentence } from './content-parts';
import { type Digest, readDigest, requireDraft } from './digests';
import { otherWords } from './disclosure';
import { pruneWords } from './machine-words';
import { coarsenAll, type PressAction, pressAt, pressed, unpressed } from './presses';
import { changeQuote, raiseBarrier, raiseQuote, refOf, withoutQuotes } from './quote-slots';

/** In characters; anything longer should be an article of its own. */
export const NOTE_LENGTH = 2000;

/** The edits that an editor can make to a draft. `quote` and `by` name quotes by `refOf`. */
export type DraftEdit =
  | { action: 'raise-barrier'; kind: BarrierKind }
  | { action: 'raise-quote'; quote: string }
  | { action: 'drop-quote'; quote: string }
  | { action: 'swap-quote'; quote: string; by: string }
  /** Protects the people in a quote; `press` is the position of a press to undo. */
  | { action: 'protect'; quote: string; how: PressAction }
  | { action: 'unprotect'; press: number }
  /** An empty text removes the note. */
  | { action: 'note'; text: string };

export interface Editor {
  personId: string;
  /** The hash of the version that the editor saw. */
  seen: string;
}

/**
 * Returns the possible replacements for the quote of a `swap`; empty for other edits. Call it
 * before the transaction of `editDraft`, because reading takes long and must not block writers.
 */
export async function offeredFor(
  app: AppContext,
  id: string,
  edit: DraftEdit,
): Promise<QuotedSentence[]> {
  const shortens = edit.action === 'protect' && edit.how === 'shorten';
  if (edit.action !== 'swap-quote' && !shortens) return [];
  const db = app.db.reader;
  const digest = await readDigest(db, id);
  if (!digest) return [];
  if (edit.action === 'swap-quote') return alternativesTo(db, digest, edit.quote);
  const quote = quotesOf(digest.content).find((one) => refOf(one) === edit.quote);
  if (!quote) return [];
  const other = otherWords(await readQuotedPosts(db, [quote]), digest.content, quote);
  return other ? [other] : [];
}

/**
 * Changes a draft in the caller's transaction. `offered` is the result of `offeredFor`.
 * @throws DomainError `missing`; `refused` if the digest is published, was changed meanwhile, or
 * the new quote is not among those offered
 */
export async function editDraft(
  tx: Db,
  id: string,
  editor: Editor,
  edit: DraftEdit,
  offered: readonly QuotedSentence[],
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
      ? protectedBy(digest, edit, offered)
      : { content: changed(digest, edit, offered), presses: digest.presses };
  const content = pruneWords(after.content);
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

/** Does or undoes a press. */
function protectedBy(
  { content, presses }: Digest,
  edit: Extract<DraftEdit, { action: 'protect' | 'unprotect' }>,
  offered: readonly QuotedSentence[],
): Pick<Digest, 'content' | 'presses'> {
  if (edit.action === 'protect') {
    const press = pressAt(content, edit.quote, edit.how, offered[0] ?? null);
    if (!press) throw new DomainError('refused', 'editions.error.overtaken');
    return { content: pressed(content, press), presses: [...presses, press] };
  }
  const press = presses[edit.press];
  if (!press) throw new DomainError('refused', 'editions.error.overtaken');
  const rest = presses.toSpliced(edit.press, 1);
  return { content: coarsenAll(unpressed(content, press), rest), presses: rest };
}
