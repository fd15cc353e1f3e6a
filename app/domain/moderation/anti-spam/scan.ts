import type { Person } from '~/domain/accounts/users/visitor';
import { openCase } from '~/domain/moderation/cases/open-case';
import type { AppContext } from '~/platform/app-context';
import { newId } from '~/platform/ids';
import { plainText } from '~/platform/markdown/plain-text';
import type { Db } from '~db/client';
import { signals, textPrints } from '~db/schema';
import { askSpamCheck } from './akismet';
import { findTwin, type Print, printOf } from './fingerprints';
import { type Sample, sampleOf } from './pattern';
import { patternHits } from './patterns';
import type { Signal } from './signal';

/** What is about to be written. */
export interface Written {
  title?: string;
  /** Safe HTML, as rendered. */
  html: string;
  /** BCP 47. */
  language: string;
  kind: 'forum-post' | 'reply';
  /** Where it comes from, if it came by a form. */
  address?: string | undefined;
}

/** What automation has to say about a text, and its fingerprint. */
export interface Screening {
  signals: Signal[];
  print: Print | null;
}

/**
 * Looks at a text before it is stored: for what moderators want to see first, and, where the
 * operator has set one up, by a service that knows spam. Before any transaction. Nothing is ever
 * dropped: the most that follows is that a moderator reads it first, which its author is told.
 * Moderators are not screened.
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
  const hits = await patternHits(app.db.reader, sample);
  const asked = await askedElsewhere(app, author, written, sample);
  return {
    signals: [...hits.map((hit): Signal => ({ kind: 'pattern', ...hit })), ...asked],
    print,
  };
}

/** A failed check holds nothing up; that it failed is noted beside the post. */
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
 * The same, with what others or the author wrote before.
 * @throws DomainError `refused` of the field `body` for the author's own words once more.
 */
export async function withTwin(
  tx: Db,
  { clock }: Pick<AppContext, 'clock'>,
  author: Person,
  { signals: noticed, print }: Screening,
): Promise<Screening> {
  return { signals: [...noticed, ...(await findTwin(tx, clock, author, print))], print };
}

export function holds({ signals }: Pick<Screening, 'signals'>): boolean {
  return signals.some(({ effect }) => effect === 'hold');
}

/** Stores what was noticed about a post, opens its case where that is due, and keeps its print. */
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
  await tx
    .insert(textPrints)
    .values({ postId, print, createdAt })
    .onConflictDoUpdate({ target: textPrints.postId, set: { print } });
}
