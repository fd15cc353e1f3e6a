import { eq } from 'drizzle-orm';
import type { BarrierKind } from '~/domain/community/vocabularies';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import type { Db } from '~db/client';
import { digests } from '~db/schema';
import { alternativesTo } from './alternatives';
import { type DigestContent, editionHash, quotesOf } from './content';
import type { QuotedSentence } from './content-parts';
import { type Digest, readDigest } from './digests';
import { pruneWords } from './machine-words';
import { raiseBarrier, raiseQuote, refOf, swapQuote, withoutQuotes } from './quote-slots';

/** Longer than this is an article of its own. */
export const NOTE_LENGTH = 2000;

/** What an editor may do to a draft. `quote` and `by` are quotes as `refOf` names them. */
export type DraftEdit =
  | { action: 'raise-barrier'; kind: BarrierKind }
  | { action: 'raise-quote'; quote: string }
  | { action: 'drop-quote'; quote: string }
  | { action: 'swap-quote'; quote: string; by: string }
  /** Empty text takes the note away. */
  | { action: 'note'; text: string };

export interface Editor {
  personId: string;
  /** The hash of what they had before their eyes. */
  seen: string;
}

/**
 * What may stand in place of the quote that an edit swaps; nothing for other edits. Asked before
 * the transaction of `editDraft`, since reading takes long and must hold up no writer.
 */
export async function offeredFor(
  app: AppContext,
  id: string,
  edit: DraftEdit,
): Promise<QuotedSentence[]> {
  if (edit.action !== 'swap-quote') return [];
  const digest = await readDigest(app.db.reader, id);
  return digest ? alternativesTo(app.db.reader, digest, edit.quote) : [];
}

/**
 * Changes a draft in the caller's transaction. `offered` is what `offeredFor` gave.
 * @throws DomainError `missing`; `refused` when it is published, or was changed meanwhile, or when the
 *   quote to put in is not among those that may be quoted there
 */
export async function editDraft(
  tx: Db,
  id: string,
  editor: Editor,
  edit: DraftEdit,
  offered: readonly QuotedSentence[],
): Promise<void> {
  const digest = await readDigest(tx, id);
  if (!digest) throw new DomainError('missing', 'digests.error.missing');
  if (digest.state === 'published') throw new DomainError('refused', 'digests.error.published');
  if (digest.contentHash !== editor.seen) {
    throw new DomainError('refused', 'editions.error.overtaken');
  }
  if (edit.action === 'note') {
    const note = edit.text || null;
    const contentHash = editionHash(digest.content, note);
    await tx
      .update(digests)
      .set({ note, noteById: note && editor.personId, contentHash })
      .where(eq(digests.id, id));
    return;
  }
  const content = pruneWords(changed(digest, edit, offered));
  const contentHash = editionHash(content, digest.note?.text ?? null);
  await tx.update(digests).set({ content, contentHash }).where(eq(digests.id, id));
}

function changed(
  { content }: Digest,
  edit: Exclude<DraftEdit, { action: 'note' }>,
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
  return swapQuote(content, quote, other);
}
