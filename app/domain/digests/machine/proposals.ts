import { and, asc, eq, notInArray } from 'drizzle-orm';
import { asOneLine } from '~/domain/barriers/quoting/spans';
import { editionHash, quotesOf } from '~/domain/digests/content';
import { sha256 } from '~/domain/digests/content-parts';
import {
  type ReadableDigest,
  readableDigest,
  readDigest,
  requireDraft,
} from '~/domain/digests/digests';
import type { Editor } from '~/domain/digests/edit-draft';
import { isIn, type Meant, withoutWords, withWords } from '~/domain/digests/machine-words';
import { sentenceTeller } from '~/domain/digests/present';
import { refOf } from '~/domain/digests/quote-slots';
import type { AppContext } from '~/platform/app-context';
import type { Community } from '~/platform/community/community';
import { siteTranslator } from '~/platform/community/site-translator';
import { DomainError } from '~/platform/errors';
import { faultOf } from '~/platform/faithful/faithful';
import { isLocale, type Locale } from '~/platform/i18n/locales';
import { newId } from '~/platform/ids';
import { ModelError } from '~/platform/language-model';
import type { Db } from '~db/client';
import { digestProposals, digests } from '~db/schema';
import { askModel } from './model';

/*
 * A language model's proposals for a draft: a computed sentence in plainer words, or the
 * translation of a quote. Disabled unless `LLM_URL` is set. Each is checked against its original,
 * and added to the digest only after a moderator has approved it. Nothing else depends on it.
 */

/** Maximum number of texts per request, including slow ones; the rest wait for the next request. */
const MOST_ASKED = 8;
const MOST_MILLISECONDS = 45_000;

/** After this many failures in a row the model is considered unavailable. */
const MOST_FAILURES = 2;

/** A text that a model can be asked about. */
interface Wanted extends Meant {
  /** BCP 47 tag of the original. */
  from: string;
}

/** A proposal that waits for a moderator or was approved. */
export interface Proposal extends Wanted {
  id: string;
  text: string;
  model: string;
  state: 'proposed' | 'approved';
}

/**
 * Asks the model for what a draft lacks in a language: plainer words for its sentences, and
 * translations of its quotes. Answers that change a number or a name are stored as `unfaithful`.
 *
 * @throws DomainError `missing`; `refused` for a published digest, if no model is configured, or if
 * the model gave no answer at all
 */
export async function askForProposals(
  app: AppContext,
  id: string,
  language: Locale,
): Promise<void> {
  const { llm } = app.config;
  if (!llm) throw new DomainError('refused', 'editions.machine.off');
  const digest = requireDraft(await readableDigest(app.db.reader, id));
  const name = new Intl.DisplayNames('en', { type: 'language' }).of(language) ?? language;
  const until = performance.now() + MOST_MILLISECONDS;
  const wanted = await notAskedYet(app, digest, language);
  let failures = 0;
  let answers = 0;
  for (const one of wanted.slice(0, MOST_ASKED)) {
    if (failures === MOST_FAILURES || performance.now() > until) break;
    const kind = one.quote === null ? 'reword' : 'translate';
    try {
      const text = await askModel(llm, { kind, text: one.original, language: name });
      await store(app, id, one, text, llm.model);
      answers += 1;
      failures = 0;
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      failures += 1;
    }
  }
  if (failures > 0 && answers === 0) throw new DomainError('refused', 'editions.machine.noAnswer');
}

/** Returns the sentences and quotes of a digest without a proposal, in order. */
async function notAskedYet(
  { db: { reader: db }, community }: AppContext,
  digest: ReadableDigest,
  language: Locale,
): Promise<Wanted[]> {
  const rows = await db
    .select({ hash: digestProposals.originalHash })
    .from(digestProposals)
    .where(and(eq(digestProposals.digestId, digest.id), eq(digestProposals.language, language)));
  const asked = new Set(rows.map(({ hash }) => hash));
  return wordsOf(digest, community, language).filter(
    ({ original }) => !asked.has(sha256(original)),
  );
}

/** Returns the sentences to reword and the quotes to translate into a language. */
function wordsOf(
  { content, visible }: ReadableDigest,
  community: Community,
  language: Locale,
): Wanted[] {
  const tell = sentenceTeller(content, visible, siteTranslator(community, language));
  const sentences = [
    ...content.lead,
    ...content.changes,
    ...content.findings.flatMap(({ statements }) => statements),
  ].map((sentence) => tell(sentence).text);
  // Quotes come first: a reader can do without other words for a sentence, not without a translation.
  return [
    ...quotesOf(content)
      .filter((quote) => visible.has(quote.postId) && !isIn(quote.language, language))
      .map((quote) => ({
        ...{ quote: refOf(quote), language, original: asOneLine(quote.text), from: quote.language },
      })),
    ...[...new Set(sentences)].map((original) => ({
      ...{ quote: null, language, original, from: language },
    })),
  ];
}

function store(
  { db, clock }: AppContext,
  digestId: string,
  { from, ...meant }: Wanted,
  text: string,
  model: string,
): Promise<void> {
  const said = { text, language: meant.language };
  const fault = faultOf(said, { text: meant.original, language: from });
  const now = clock.now();
  return db.write(async (tx) => {
    await tx
      .insert(digestProposals)
      .values({
        ...{ id: newId(now), digestId, ...meant, originalHash: sha256(meant.original), model },
        ...{ text: fault ? '' : text, state: fault ? 'unfaithful' : 'proposed', createdAt: now },
      })
      .onConflictDoNothing();
  });
}

/** Returns the proposals for a draft, and the number of answers that were unfaithful. */
export async function proposalsOf(
  { db: { reader: db }, community }: AppContext,
  digest: ReadableDigest,
): Promise<{ proposals: Proposal[]; unfaithful: number }> {
  const rows = await db
    .select()
    .from(digestProposals)
    .where(
      and(eq(digestProposals.digestId, digest.id), notInArray(digestProposals.state, ['rejected'])),
    )
    .orderBy(asc(digestProposals.createdAt), asc(digestProposals.id));
  const meant = new Map(
    [...new Set(rows.map(({ language }) => language))]
      .filter(isLocale)
      .flatMap((language) => wordsOf(digest, community, language))
      .map((one) => [keyOf(one), one]),
  );
  return {
    proposals: rows.flatMap(({ id, quote, language, original, text, model, state }) => {
      if ((state !== 'proposed' && state !== 'approved') || !isLocale(language)) return [];
      // Proposals whose original is no longer in the draft are left out.
      const wanted = meant.get(keyOf({ quote, language, original }));
      return wanted ? [{ ...wanted, id, text, model, state }] : [];
    }),
    unfaithful: rows.filter(({ state }) => state === 'unfaithful').length,
  };
}

function keyOf({ quote, language, original }: Meant): string {
  return JSON.stringify([quote, language, original]);
}

/**
 * Approves or rejects a proposal for a draft, in the caller's transaction; an approved one can be
 * rejected later. Approved words become part of the draft and of its publication.
 *
 * @throws DomainError `missing`; `refused` if the digest is published, was changed meanwhile, or no
 * longer contains the original
 */
export async function decideProposal(
  tx: Db,
  { clock, community }: AppContext,
  digestId: string,
  editor: Editor,
  { proposal: id, approve }: { proposal: string; approve: boolean },
): Promise<void> {
  const found = await readDigest(tx, digestId);
  const [row] = await tx
    .select()
    .from(digestProposals)
    .where(and(eq(digestProposals.id, id), eq(digestProposals.digestId, digestId)));
  if (!row || row.state === 'unfaithful' || !isLocale(row.language)) {
    throw new DomainError('missing', 'digests.error.missing');
  }
  const digest = requireDraft(found, editor.seen);
  const { quote, original, text, model } = row;
  const meant = { quote, language: row.language, original };
  if (approve && !(await mayStand(tx, community, digestId, meant, text))) {
    throw new DomainError('refused', 'editions.machine.fallen');
  }
  const content = approve
    ? withWords(digest.content, { ...meant, text, model })
    : withoutWords(digest.content, meant);
  const contentHash = editionHash(content, digest.note?.text ?? null);
  await tx.update(digests).set({ content, contentHash }).where(eq(digests.id, digestId));
  await tx
    .update(digestProposals)
    .set({
      state: approve ? 'approved' : 'rejected',
      decidedById: editor.personId,
      decidedAt: clock.now(),
    })
    .where(eq(digestProposals.id, id));
}

/** True if the draft still contains the original and the words pass the current check. */
async function mayStand(
  tx: Db,
  community: Community,
  digestId: string,
  meant: Meant,
  text: string,
): Promise<boolean> {
  const digest = await readableDigest(tx, digestId);
  const words = digest ? wordsOf(digest, community, meant.language) : [];
  const still = words.find((one) => keyOf(one) === keyOf(meant));
  if (!still) return false;
  const original = { text: still.original, language: still.from };
  return faultOf({ text, language: meant.language }, original) === null;
}
