import { eq, sql } from 'drizzle-orm';
import { mayModerate, type Person, type Visitor } from '~/domain/accounts/users/visitor';
import { addOwnPost } from '~/domain/barriers/key-points/change';
import { waitsForModerator } from '~/domain/forum/posts/first-posts';
import type { NewPost } from '~/domain/forum/posts/insert-post';
import { requireWriter } from '~/domain/forum/posts/permission';
import { NO_DETAILS, type PostDetails } from '~/domain/forum/posts/post-fields';
import { languageOf } from '~/domain/forum/posts/post-language';
import { renderBody } from '~/domain/forum/posts/render-body';
import { confirmRepeated } from '~/domain/forum/posts/same-text';
import { usesOfWriting } from '~/domain/forum/posts/writing-limits';
import { afterWriting } from '~/domain/forum/read-state/watch';
import { holds, keepScreening, scanText, withTwin } from '~/domain/moderation/anti-spam/scan';
import type { AppContext } from '~/platform/app-context';
import { type Clock, DAY } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { newId } from '~/platform/ids';
import { type CountUses, countingUses } from '~/platform/rate-limits/limiter';
import { once } from '~/platform/submissions';
import type { Db, WriteSubject } from '~db/client';
import { threads } from '~db/schema';
import { prepared } from '~db/statement-cache';
import { kindsByText } from './kinds-by-text';
import { placedByText } from './placed-by-text';
import { announce } from './post-events';
import { storePost } from './store-post';

/** A text that a member submits. */
export interface Submission {
  /** Markdown. */
  body: string;
  /** The fields given; missing ones are empty. */
  details: Partial<PostDetails>;
  /** BCP 47 tag of the page: used for the post unless its text is in another language. */
  language: string;
  /** The author's IP address, if it came from a form. */
  address?: string | undefined;
  /** The key point whose barrier the post reports too, as its author says. */
  keyPointId?: string | undefined;
  /** The form's key: the same key twice publishes only one post. */
  key?: string | undefined;
  /** True if the author wants to post the same text again. */
  again?: boolean;
}

/** The position of a post in the forum. */
export type Position = Pick<NewPost, 'threadId' | 'isOpening' | 'parentId' | 'replyToId'>;

/** The destination of a submission: a new thread, or a position in a thread. */
export interface Destination {
  /** The title of the thread that it opens; undefined for a reply. */
  title?: string;
  /** BCP 47 tag of the thread that it replies to. */
  language?: string;
  /** What the position depends on: see `WriteScope`. */
  about: WriteSubject;
  /** Prepares the position; returns it, and the path on which the author finds the post. */
  place(
    tx: Db,
    post: { author: Person; language: string; now: number },
  ): Promise<{ position: Position; pathOf(postId: string): string | Promise<string> }>;
}

/**
 * The single path of all member posts from form to page: checks rate limits, renders and scans the
 * text, stores the post as visible or held, and announces visible posts. Returns its path.
 * @throws DomainError if the visitor may not post, posted too much, or the text cannot be rendered
 * or repeats an earlier one; and whatever `destination.place` throws.
 */
export async function publishPost(
  app: AppContext,
  visitor: Visitor,
  submission: Submission,
  destination: Destination,
): Promise<string> {
  const author = requireWriter(visitor);
  const uses = await usesOfWriting(app, author, submission.address);
  return countingUses(app, uses, (count) =>
    publishCounted(app, visitor, author, submission, destination, count),
  );
}

async function publishCounted(
  app: AppContext,
  visitor: Visitor,
  author: Person,
  submission: Submission,
  destination: Destination,
  count: CountUses,
): Promise<string> {
  const { body, details, address, key } = submission;
  const { title } = destination;
  const { clock } = app;
  const text = await renderBody(app, body);
  const others = [author.language, destination.language].filter((tag) => tag != null);
  const language = languageOf(text.html, submission.language, title, others);
  const isOpening = title !== undefined;
  const screening = await scanText(
    app,
    author,
    { moderates: mayModerate(visitor) },
    {
      title,
      html: text.html,
      language,
      kind: isOpening ? 'forum-post' : 'reply',
      address,
    },
  );
  const placed = placedByText(details, { ...text, language, isOpening });
  const publish = async (tx: Db): Promise<string> => {
    const now = clock.now();
    const { position, pathOf } = await destination.place(tx, { author, language, now });
    const createdAt = await afterAllIn(tx, position.threadId, now);
    const again = { ...position, title, body, now, again: submission.again ?? false, key };
    const repeated = await confirmRepeated(tx, visitor, again);
    const noticed = await withTwin(tx, app, author, screening, repeated);
    const held = (await waitsForModerator(tx, app, visitor)) || holds(noticed);
    const post: NewPost = {
      id: newId(createdAt),
      authorId: author.id,
      state: held ? 'held' : 'visible',
      ...position,
      ...text,
      language,
      ...NO_DETAILS,
      ...placed,
      barriers: kindsByText(details.barriers ?? [], { ...text, language }, app.community),
      createdAt,
      importedAt: null,
    };
    await storePost(tx, post);
    if (submission.keyPointId) await joinKeyPoint(tx, clock, post, submission.keyPointId);
    await keepScreening(tx, app, post.id, noticed);
    if (!held) await announce(tx, clock, 'published', [post]);
    await afterWriting(tx, clock, author.id, post.threadId);
    return pathOf(post.id);
  };
  const sent = { title, body, details, keyPointId: submission.keyPointId };
  const form = { by: author.id, key, sent };
  const about = submission.keyPointId
    ? undefined
    : ([
        destination.about,
        `person:${author.id}`,
        ...(screening.print ? [`text:${screening.print}` as const] : []),
      ] as const);
  return app.db.write(
    async (tx) => {
      const path = await once(tx, clock, form, () => publish(tx));
      // Last, because people of one network share a counter, and wait for each other from here on.
      await count(tx);
      return path;
    },
    { about },
  );
}

/** Adds the post to a key point; the post is published even if the key point no longer exists. */
async function joinKeyPoint(tx: Db, clock: Clock, post: NewPost, keyPointId: string) {
  try {
    await addOwnPost(tx, clock, post.authorId, { keyPointId, postId: post.id });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

const readActivity = prepared((db) =>
  db
    .select({ activeAt: threads.activeAt })
    .from(threads)
    .where(eq(threads.id, sql.placeholder('threadId'))),
);

/**
 * Returns a time at which a post stands below all that is in its thread: another process or machine,
 * whose clock was ahead, may have written there.
 */
async function afterAllIn(tx: Db, threadId: string, now: number): Promise<number> {
  const [thread] = await readActivity(tx, { threadId });
  const ahead = (thread?.activeAt ?? now) - now;
  return ahead > 0 && ahead < DAY ? now + ahead + 1 : now;
}
