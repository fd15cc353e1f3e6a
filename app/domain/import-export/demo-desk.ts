import { and, desc, eq, isNull } from 'drizzle-orm';
import { createUser } from '~/domain/accounts/auth/create-user';
import { type Person, visitorOf } from '~/domain/accounts/users/visitor';
import type { FlagReason, RuleSlug } from '~/domain/community/vocabularies';
import type { PostDetails } from '~/domain/forum/posts/post-fields';
import { addPattern } from '~/domain/moderation/anti-spam/patterns';
import { flagPost } from '~/domain/moderation/cases/flag';
import { appeal, decideAppeal } from '~/domain/moderation/decisions/appeal';
import { decide } from '~/domain/moderation/decisions/decide';
import { sendLegalNotice } from '~/domain/moderation/dsa/notice';
import { startConversation } from '~/domain/moderation/modmail/modmail';
import { addNote } from '~/domain/moderation/modmail/notes';
import { fillPractice } from '~/domain/moderation/training/training';
import { reply } from '~/domain/publishing/reply';
import type { AppContext } from '~/platform/app-context';
import { HOUR } from '~/platform/clock';
import { pathTo } from '~/platform/paths';
import { appeals, cases, decisions, users } from '~db/schema';
import texts from '~db/seed/demo/desk.json';

interface DemoPeople {
  moderator: Person;
  member: Person;
}

interface Flag {
  post: string;
  reason: FlagReason;
  note?: string;
}

/** Decisions made in the preceding months, each at its own time. */
const HIDDEN: (Flag & { hide: RuleSlug; at: string })[] = [
  { post: 'd017', reason: 'spam', hide: 'spam', at: '2026-08-23T07:30:00Z' },
  { post: 'd043', reason: 'spam', hide: 'spam', at: '2026-09-25T08:10:00Z' },
  { post: 'd064', reason: 'harassment', hide: 'harassment', at: '2026-10-24T06:45:00Z' },
  { post: 'd068', reason: 'spam', hide: 'spam', at: '2026-10-31T09:20:00Z' },
];

/** Returns a person of the demo by handle. */
export async function demoPerson(app: AppContext, handle: string): Promise<Person> {
  const [person] = await app.db.reader.select().from(users).where(eq(users.handle, handle));
  if (!person) throw new Error(`the demonstration has no ${handle}`);
  return person;
}

/** Returns the same app with the clock set to another time. */
export function at(app: AppContext, moment: string | number): AppContext {
  const ms = typeof moment === 'string' ? Date.parse(moment) : moment;
  return { ...app, clock: { now: () => ms } };
}

/**
 * Fills the moderation pages: decisions made in the autumn, a granted and an open appeal, and open
 * cases of each kind, which are a few hours old whenever the demo is created.
 */
export async function fillDesk(app: AppContext, people: DemoPeople): Promise<void> {
  const colleague = await addPerson(at(app, '2026-08-01T09:00:00Z'), 'demo_colleague', 'moderator');
  for (const flag of HIDDEN) {
    const then = at(app, flag.at);
    await flagPost(then, people.member, { postId: flag.post, reason: flag.reason, note: '' });
    await hide(then, people.moderator, flag.post, flag.hide, '');
  }
  await takeBackWhatWasWrong(app, people, colleague);
  await leaveAnAppeal(ago(app, 30), people, colleague);
  await setPatterns(ago(app, 60), people.moderator);
  await openCases(app, people, colleague);
  await app.db.write(async (tx) => {
    await startConversation(tx, ago(app, 6), people.member, {
      subject: 'Two posts about the same clinic',
      body: 'A colleague and I both wrote about our clinic. Is that one barrier or two? We do not want to be counted twice.',
    });
    const spammer = await demoPerson(app, 'cheap_gpu_4u');
    await addNote(tx, ago(app, 40).clock, colleague, {
      personId: spammer.id,
      body: 'The same offer was posted on two other forums under another handle.',
    });
    await fillPractice(tx);
  });
}

/** A post that was hidden by mistake and restored on appeal. */
async function takeBackWhatWasWrong(
  app: AppContext,
  { moderator, member }: DemoPeople,
  colleague: Person,
): Promise<void> {
  const post = 'd022';
  const then = at(app, '2026-08-29T09:20:00Z');
  await flagPost(then, member, { postId: post, reason: 'spam', note: 'Sells a chatbot.' });
  await hide(then, moderator, post, 'spam', 'This reads like an offer to other sellers.');
  const author = await demoPerson(app, 'mina_stall');
  const heard = at(app, '2026-08-30T15:00:00Z');
  await appealAgainst(
    at(app, '2026-08-29T18:40:00Z'),
    author,
    'I sell rice cakes. The chatbot is free and I wanted to tell that small people can do things.',
  );
  await app.db.write(async (tx) => {
    const [made] = await tx.select().from(appeals).where(eq(appeals.authorId, author.id));
    if (!made) throw new Error('the demonstration has no appeal to decide on');
    await decideAppeal(tx, heard, colleague, {
      caseId: made.caseId,
      appealId: made.id,
      action: 'reverse',
      note: 'You are right: you tell what you made and sell none of it here. We are sorry.',
    });
  });
}

async function leaveAnAppeal(
  app: AppContext,
  { member }: DemoPeople,
  colleague: Person,
): Promise<void> {
  const post = 'd058';
  await flagPost(app, member, { postId: post, reason: 'off-topic', note: '' });
  const note = 'The answer to both questions is on the page “About”.';
  await hide(app, colleague, post, 'off-topic', note);
  await appealAgainst(
    ago(app, -25),
    await demoPerson(app, 'offtopic_ed'),
    'I looked for the place for such questions and found none. Please say where they go, and I will ask there.',
  );
}

async function setPatterns(app: AppContext, moderator: Person): Promise<void> {
  await app.db.write(async (tx) => {
    await addPattern(tx, app.clock, moderator, {
      kind: 'word',
      text: 'whatsapp',
      effect: 'hold',
      note: 'Loans and “instant approval”',
    });
    await addPattern(tx, app.clock, moderator, {
      kind: 'link',
      text: 'deals.example.org',
      effect: 'hold',
      note: '',
    });
  });
}

async function openCases(
  app: AppContext,
  { member }: DemoPeople,
  colleague: Person,
): Promise<void> {
  const insulted = await demoPerson(app, 'linh_ml');
  const harsh = { postId: 'd035', reason: 'harassment' as const };
  await flagPost(ago(app, 9), insulted, { ...harsh, note: 'Calls a continent lazy.' });
  await flagPost(ago(app, 8), member, { ...harsh, note: '' });
  await sendLegalNotice(ago(app, 5), {
    location: pathTo('/p/:id', { id: 'd034' }),
    explanation:
      'We are the telematics company that is meant. It is not true that customers only get a PDF.',
    name: 'A. Pretorius',
    email: 'legal@demo.example',
    language: 'en',
    address: '192.0.2.7',
    person: null,
  });
  const nurse = await addPerson(ago(app, 4), 'demo_newcomer', 'member');
  await write(ago(app, 3), nurse, {
    body: texts.newcomer,
    details: { country: 'UG', region: '014' },
  });
  const seller = await addPerson(ago(app, 2), 'demo_seller', 'member');
  await write(ago(app, 1), seller, {
    body: texts.seller,
    details: {},
  });
  await app.db.write((tx) =>
    addNote(tx, ago(app, 1).clock, colleague, {
      personId: seller.id,
      body: 'Wrote the same on the day of joining.',
    }),
  );
}

async function addPerson(
  app: AppContext,
  handle: string,
  role: 'member' | 'moderator',
): Promise<Person> {
  const email = `${handle}@demo.example`;
  await createUser(app, { email, handle, password: null, role });
  await app.db.write((tx) =>
    tx.update(users).set({ secondFactorFrom: null }).where(eq(users.handle, handle)),
  );
  return demoPerson(app, handle);
}

async function write(
  app: AppContext,
  person: Person,
  { body, details }: { body: string; details: Partial<PostDetails> },
): Promise<void> {
  await reply(app, visitorOf(person, app.clock.now()), {
    threadId: 'q1',
    replyTo: null,
    body,
    details,
    language: 'en',
  });
}

async function hide(
  app: AppContext,
  moderator: Person,
  post: string,
  rule: RuleSlug,
  note: string,
): Promise<void> {
  const caseId = await openCaseOn(app, post);
  await app.db.write((tx) =>
    decide(tx, app, moderator, { caseId, action: 'hide', rule, note, seen: {} }),
  );
}

/** Returns the newest open case about a post. */
async function openCaseOn({ db }: AppContext, postId: string): Promise<string> {
  const [found] = await db.reader
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.postId, postId), isNull(cases.closedAt)))
    .orderBy(desc(cases.id));
  if (!found) throw new Error(`no open case about ${postId}`);
  return found.id;
}

/** Appeals for a person against the one decision about them. */
async function appealAgainst(app: AppContext, person: Person, body: string): Promise<void> {
  await app.db.write(async (tx) => {
    const [decision] = await tx
      .select({ id: decisions.id })
      .from(decisions)
      .where(eq(decisions.authorId, person.id));
    if (!decision) throw new Error(`nothing was decided about ${person.handle}`);
    await appeal(tx, app, person, { decisionId: decision.id, body });
  });
}

/** Returns the app with the clock set back by some hours. */
function ago(app: AppContext, hours: number): AppContext {
  return at(app, app.clock.now() - hours * HOUR);
}
