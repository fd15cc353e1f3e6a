import { sql } from 'drizzle-orm';
import type { Person } from '~/domain/accounts/users/visitor';
import { openCase } from '~/domain/moderation/cases/open-case';
import type { AppContext } from '~/platform/app-context';
import { newId } from '~/platform/ids';
import { plainText } from '~/platform/markdown/plain-text';
import type { Db } from '~db/client';
import { signals, textPrints } from '~db/schema';
import { preparedInsert } from '~db/statement-cache';
import { askSpamCheck } from './akismet';
import { findTwin, type Print, printOf } from './fingerprints';
import { type Sample, sampleOf } from './pattern';
import { patternHits } from './patterns';
import type { Signal } from './signal';

/** A text about to be stored. */
export interface Written {
  title?: string;
  /** Safe HTML, as rendered. */
  html: string;
  /** BCP 47. */
  language: string;
  kind: 'forum-post' | 'reply';
  /** The author's IP address, if it came from a form. */
  address?: string | undefined;
}

/** The results of the automatic checks of a text, and its fingerprint. */
export interface Screening {
  signals: Signal[];
  print: Print | null;
}

/**
 * Checks a text before it is stored: against moderators' patterns and, if configured, with a spam
 * service. Call it before any transaction. No text is ever dropped: at most it is held for a
 * moderator, and its author is told so. Texts by moderators are not checked.
 */
export async function scanText(
  app: AppContext,
  author: Person,
  { moderates }: { moderates: boolean },
  written: Written,
): Promise<Screening> {
  const text = [written.title, plainText(written.html)].filter(Boolean).join('\n\n');
  const print = printOf(text);
  if (moderates) return { signals: [], print };
  const sample = sampleOf(text, written.html);
  const { hits, unchecked } = await patternHits(app, sample);
  const asked = await askedElsewhere(app, author, written, sample);
  return {
    signals: [
      ...hits.map((hit): Signal => ({ kind: 'pattern', ...hit })),
      ...(unchecked ? [{ kind: 'pattern-unchecked', effect: unchecked } as const] : []),
      ...asked,
    ],
    print,
  };
}

/** A failed check does not delay the post; the failure is recorded with the post. */
async function askedElsewhere(
  app: AppContext,
  author: Person,
  { language, kind, address }: Written,
  { text }: Sample,
): Promise<Signal[]> {
  if (address === undefined) return [];
  const answer = await askSpamCheck(app.config, {
    address,
    author: author.handle,
    text,
    language,
    kind,
  });
  if (answer === 'spam') return [{ kind: 'spam-check', effect: 'hold' }];
  if (answer === 'failed') return [{ kind: 'spam-check-failed', effect: 'none' }];
  return [];
}

/**
 * Adds the check for the same words in earlier posts. `repeated` is the author's own post that they
 * repeat on purpose.
 * @throws DomainError `refused` for the field `body` if the author repeats their own words.
 */
export async function withTwin(
  tx: Db,
  { clock }: Pick<AppContext, 'clock'>,
  author: Person,
  { signals: noticed, print }: Screening,
  repeated: string | null = null,
): Promise<Screening> {
  const twins = await findTwin(tx, clock, author, print, repeated);
  return { signals: [...noticed, ...twins], print };
}

export function holds({ signals }: Pick<Screening, 'signals'>): boolean {
  return signals.some(({ effect }) => effect === 'hold');
}

const putPrint = preparedInsert(textPrints, (insert) =>
  insert.onConflictDoUpdate({ target: textPrints.postId, set: { print: sql`excluded.print` } }),
);

/** Stores the results for a post, opens a case if needed, and stores the fingerprint. */
export async function keepScreening(
  tx: Db,
  { clock }: Pick<AppContext, 'clock'>,
  postId: string,
  { signals: noticed, print }: Screening,
): Promise<void> {
  const createdAt = clock.now();
  for (const signal of noticed) {
    if (signal.effect === 'none') continue;
    const detail = signal.patternId ?? signal.kind;
    await openCase(tx, clock, { subject: { postId }, cause: 'rule', detail });
  }
  if (noticed.length > 0) {
    await tx
      .insert(signals)
      .values(noticed.map((signal) => ({ id: newId(createdAt), postId, createdAt, ...signal })));
  }
  if (!print) return;
  await putPrint(tx, { postId, print, createdAt });
}
