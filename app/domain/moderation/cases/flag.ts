import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Person } from '~/domain/accounts/users/visitor';
import type { FlagReason } from '~/domain/community/vocabularies';
import { listTranslations } from '~/domain/forum/translations/translations';
import { EVERYBODY, publicPost } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import type { Community } from '~/platform/community/community';
import { DomainError } from '~/platform/errors';
import { newId } from '~/platform/ids';
import { countUse } from '~/platform/rate-limits/limiter';
import { visibleText } from '~/platform/text/visible';
import type { Db } from '~db/client';
import { flags, posts, threads, users } from '~db/schema';
import { openCase } from './open-case';

/** Maximum length of the note, in characters. */
export const FLAG_NOTE_LENGTH = 500;

/** The fields of the form. */
export const flagForm = ({ flagReasons }: Community) =>
  z.object({
    reason: z.enum(flagReasons, { error: 'moderation.error.reason' }),
    note: z
      .string()
      .transform(visibleText)
      .pipe(z.string().max(FLAG_NOTE_LENGTH, 'moderation.error.noteLength'))
      .default(''),
    /** The translation of the post that is flagged; '' for the post itself. */
    translation: z.string().default(''),
  });

export interface NewFlag {
  postId: string;
  reason: FlagReason;
  /** Visible to moderators only. */
  note: string;
  /** The translation of the post that is flagged, if it is not the post itself. */
  translation?: string;
}

/**
 * Flags a post or one of its translations: opens the case of the post, or adds to the open one. One flag
 * per person and post or translation: a second one changes nothing and is not an error.
 * @throws DomainError `missing` for what is not public, `refused` for one's own, `too-many`.
 */
export async function flagPost(
  app: AppContext,
  person: Person,
  { translation: translationId = '', ...flag }: NewFlag,
): Promise<void> {
  await countUse(app, 'flag', person.id);
  await app.db.write(async (tx) => {
    const post = await flaggable(tx, flag.postId);
    if (!post) throw new DomainError('missing', 'site.problem.404.title');
    const translation = await flaggableTranslation(tx, flag.postId, translationId);
    if (translationId && !translation) throw new DomainError('missing', 'site.problem.404.title');
    const writer = translation ? translation.translatorId : post.author.id;
    if (writer === person.id) throw new DomainError('refused', 'moderation.error.ownFlag');
    if (await flaggedAt(tx, person.id, flag.postId, translationId)) return;
    const now = app.clock.now();
    await tx.insert(flags).values({
      id: newId(now),
      caseId: await openCase(tx, app.clock, { subject: { postId: flag.postId }, cause: 'flag' }),
      postId: flag.postId,
      userId: person.id,
      translationId,
      reason: flag.reason,
      note: flag.note || null,
      createdAt: now,
    });
  });
}

/** Returns a public post for the page that asks for the reason; null if there is none. */
export async function flaggable(db: Db, postId: string) {
  const [post] = await db
    .select({
      id: posts.id,
      html: posts.html,
      language: posts.language,
      createdAt: posts.createdAt,
      author: { id: users.id, handle: users.handle },
      thread: { id: threads.id, title: threads.title, language: threads.language },
    })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(users, eq(users.id, posts.authorId))
    .where(and(eq(posts.id, postId), publicPost()));
  return post ?? null;
}

/** Returns a shown translation of a post that may be seen; null if there is none with this id. */
export async function flaggableTranslation(db: Db, postId: string, id: string) {
  if (id === '') return null;
  const all = await listTranslations(db, postId, EVERYBODY);
  const found = all.find((one) => one.id === id && one.removed === null);
  if (!found?.html) return null;
  const { html, language, createdAt, translator } = found;
  const translatorId = 'person' in translator ? translator.person.id : null;
  return { html, language, createdAt, translatorId };
}

/** Returns when a person flagged a post or translation, in UTC milliseconds; null if they did not. */
export async function flaggedAt(
  db: Db,
  personId: string,
  postId: string,
  translationId = '',
): Promise<number | null> {
  const [flag] = await db
    .select({ createdAt: flags.createdAt })
    .from(flags)
    .where(
      and(
        eq(flags.postId, postId),
        eq(flags.userId, personId),
        eq(flags.translationId, translationId),
      ),
    );
  return flag?.createdAt ?? null;
}
