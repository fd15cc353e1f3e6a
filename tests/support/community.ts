import { openSession, SESSION_COOKIE } from '~/domain/accounts/auth/sessions';
import type { NewPost } from '~/domain/forum/posts/insert-post';
import { NO_DETAILS } from '~/domain/forum/posts/post-fields';
import { storePost } from '~/domain/publishing/store-post';
import { newId } from '~/platform/ids';
import { threads, users } from '~db/schema';
import type { TestCauseway } from './causeway';
import type { Client } from './client';
import { noteSecret } from './log-watch';

export interface Member {
  id: string;
  handle: string;
  /** A client logged in as this person. */
  client: Client;
}

/** Creates a person with an email address, confirmed by default, and a client logged in as them. */
export async function addMember(
  { app, client }: TestCauseway,
  handle: string,
  facts: Partial<typeof users.$inferInsert> = {},
): Promise<Member> {
  const now = app.clock.now();
  const id = newId(now);
  const email = `${handle}@example.org`;
  const token = await app.db.write(async (tx) => {
    await tx.insert(users).values({
      id,
      handle,
      handleKey: handle,
      email,
      emailKey: email,
      createdAt: now,
      confirmedAt: now,
      ...facts,
    });
    return openSession(tx, app.clock, id);
  });
  noteSecret('email', email);
  noteSecret('session', token);
  const visitor = client();
  visitor.cookies.set(SESSION_COOKIE, token);
  return { id, handle, client: visitor };
}

/** Creates a thread with its opening post, as its author would. */
export async function addThread(
  causeway: TestCauseway,
  author: Member,
  title: string,
  opening: PostFacts = {},
): Promise<{ id: string; slug: string; openingId: string; path: string }> {
  const { app } = causeway;
  const now = app.clock.now();
  const id = newId(now);
  const slug = `thread-${id}`;
  await app.db.write((tx) =>
    tx.insert(threads).values({
      id,
      slug,
      title,
      state: 'open',
      language: 'en',
      authorId: author.id,
      createdAt: now,
      activeAt: now,
    }),
  );
  const openingId = await addPost(causeway, author, id, title, { isOpening: true, ...opening });
  return { id, slug, openingId, path: `/t/${id}/${slug}` };
}

/** Fields of a post that differ from the defaults. */
export type PostFacts = Partial<NewPost>;

/** Adds a post to a thread, by default visible. Returns its id. */
export async function addPost(
  { app }: TestCauseway,
  author: Member,
  threadId: string,
  body: string,
  facts: PostFacts = {},
): Promise<string> {
  const now = app.clock.now();
  const id = newId(now);
  await app.db.write((tx) =>
    storePost(tx, {
      id,
      threadId,
      authorId: author.id,
      isOpening: false,
      parentId: null,
      replyToId: null,
      state: 'visible',
      body,
      html: `<p>${body}</p>`,
      excerpt: body,
      language: 'en',
      ...NO_DETAILS,
      createdAt: now,
      importedAt: null,
      ...facts,
    }),
  );
  return id;
}
