import { and, desc, eq, isNull } from 'drizzle-orm';
import { createUser } from '~/domain/accounts/users/accounts';
import { type Person, visitorOf } from '~/domain/accounts/users/visitor';
import type { FlagReason, RuleSlug } from '~/domain/community/vocabularies';
import { NOWHERE, type PostPlace } from '~/domain/forum/posts/post-place';
import { reply } from '~/domain/forum/posts/reply';
import { addPattern } from '~/domain/moderation/anti-spam/patterns';
import { flagPost } from '~/domain/moderation/cases/flag';
import { appeal, decideAppeal } from '~/domain/moderation/decisions/appeal';
import { decide } from '~/domain/moderation/decisions/decide';
import { sendLegalNotice } from '~/domain/moderation/dsa/notice';
import { beginTalk } from '~/domain/moderation/modmail/modmail';
import { addNote } from '~/domain/moderation/modmail/notes';
import { fillPractice } from '~/domain/moderation/training/training';
import type { Site } from '~/platform/app-context';
import { HOUR } from '~/platform/clock';
import { appeals, cases, decisions, users } from '~db/schema';

interface DemoPeople {
  moderator: Person;
  member: Person;
}

interface Flag {
  post: string;
  reason: FlagReason;
  note?: string;
}

/** What was decided in the months before, each at its own moment. */
const HIDDEN: (Flag & { hide: RuleSlug; at: string })[] = [
  { post: 'd017', reason: 'spam', hide: 'spam', at: '2026-08-23T07:30:00Z' },
  { post: 'd043', reason: 'spam', hide: 'spam', at: '2026-09-25T08:10:00Z' },
  { post: 'd064', reason: 'harassment', hide: 'harassment', at: '2026-10-24T06:45:00Z' },
  { post: 'd068', reason: 'spam', hide: 'spam', at: '2026-10-31T09:20:00Z' },
];

/** Somebody of the demonstration, by handle. */
export async function demoPerson(site: Site, handle: string): Promise<Person> {
  const [person] = await site.db.reader.select().from(users).where(eq(users.handle, handle));
  if (!person) throw new Error(`the demonstration has no ${handle}`);
  return person;
}

/** The same site at another moment. */
export function at(site: Site, moment: string | number): Site {
  const ms = typeof moment === 'string' ? Date.parse(moment) : moment;
  return { ...site, clock: { now: () => ms } };
}

/**
 * Fills the moderators' desk: what was decided in the autumn, an appeal that was right and one that
 * waits, and open cases of each kind, which are hours old whenever the demonstration is begun.
 */
export async function fillDesk(site: Site, people: DemoPeople): Promise<void> {
  const colleague = await addPerson(
    at(site, '2026-08-01T09:00:00Z'),
    'demo_colleague',
    'moderator',
  );
  for (const flag of HIDDEN) {
    const then = at(site, flag.at);
    await flagPost(then, people.member, { postId: flag.post, reason: flag.reason, note: '' });
    await hide(then, people.moderator, flag.post, flag.hide, '');
  }
  await takeBackWhatWasWrong(site, people, colleague);
  await leaveAnAppeal(ago(site, 30), people, colleague);
  await setPatterns(ago(site, 60), people.moderator);
  await openCases(site, people, colleague);
  await site.db.write(async (tx) => {
    await beginTalk(tx, ago(site, 6), people.member, {
      subject: 'Two posts about the same clinic',
      body: 'A colleague and I both wrote about our clinic. Is that one barrier or two? We do not want to be counted twice.',
    });
    const spammer = await demoPerson(site, 'cheap_gpu_4u');
    await addNote(tx, ago(site, 40).clock, colleague, {
      personId: spammer.id,
      body: 'The same offer was posted on two other forums under another handle.',
    });
    await fillPractice(tx);
  });
}

/** A post that was hidden for what it was not, and came back on appeal. */
async function takeBackWhatWasWrong(
  site: Site,
  { moderator, member }: DemoPeople,
  colleague: Person,
): Promise<void> {
  const post = 'd022';
  const then = at(site, '2026-08-29T09:20:00Z');
  await flagPost(then, member, { postId: post, reason: 'spam', note: 'Sells a chatbot.' });
  await hide(then, moderator, post, 'spam', 'This reads like an offer to other sellers.');
  const author = await demoPerson(site, 'mina_stall');
  const heard = at(site, '2026-08-30T15:00:00Z');
  await appealAgainst(
    at(site, '2026-08-29T18:40:00Z'),
    author,
    'I sell rice cakes. The chatbot is free and I wanted to tell that small people can do things.',
  );
  await site.db.write(async (tx) => {
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

async function leaveAnAppeal(site: Site, { member }: DemoPeople, colleague: Person): Promise<void> {
  const post = 'd058';
  await flagPost(site, member, { postId: post, reason: 'off-topic', note: '' });
  const note = 'The answer to both questions is on the page “About”.';
  await hide(site, colleague, post, 'off-topic', note);
  await appealAgainst(
    ago(site, -25),
    await demoPerson(site, 'offtopic_ed'),
    'I looked for the place for such questions and found none. Please say where they go, and I will ask there.',
  );
}

async function setPatterns(site: Site, moderator: Person): Promise<void> {
  await site.db.write(async (tx) => {
    await addPattern(tx, site.clock, moderator, {
      kind: 'word',
      text: 'whatsapp',
      effect: 'hold',
      note: 'Loans and “instant approval”',
    });
    await addPattern(tx, site.clock, moderator, {
      kind: 'link',
      text: 'deals.example.org',
      effect: 'hold',
      note: '',
    });
  });
}

async function openCases(site: Site, { member }: DemoPeople, colleague: Person): Promise<void> {
  const insulted = await demoPerson(site, 'linh_ml');
  const harsh = { postId: 'd035', reason: 'harassment' as const };
  await flagPost(ago(site, 9), insulted, { ...harsh, note: 'Calls a continent lazy.' });
  await flagPost(ago(site, 8), member, { ...harsh, note: '' });
  await sendLegalNotice(ago(site, 5), {
    location: '/p/d034',
    explanation:
      'We are the telematics company that is meant. It is not true that customers only get a PDF.',
    name: 'A. Pretorius',
    email: 'legal@demo.example',
    language: 'en',
    address: '192.0.2.7',
    person: null,
  });
  const nurse = await addPerson(ago(site, 4), 'demo_newcomer', 'member');
  await write(ago(site, 3), nurse, {
    body: 'Night nurse, Mbale. The dictation tool hears “malaria” in every cough, and each wrong line has to be deleted by hand. On a shift with forty patients that is slower than paper.',
    place: { country: 'UG', region: '014' },
  });
  const seller = await addPerson(ago(site, 2), 'demo_seller', 'member');
  await write(ago(site, 1), seller, {
    body: 'Loans for AI start-ups, no questions asked. Write to me on WhatsApp today.',
    place: NOWHERE,
  });
  await site.db.write((tx) =>
    addNote(tx, ago(site, 1).clock, colleague, {
      personId: seller.id,
      body: 'Wrote the same on the day of joining.',
    }),
  );
}

async function addPerson(
  site: Site,
  handle: string,
  role: 'member' | 'moderator',
): Promise<Person> {
  const email = `${handle}@demo.example`;
  await createUser(site, { email, handle, password: null, role });
  await site.db.write((tx) =>
    tx.update(users).set({ secondFactorFrom: null }).where(eq(users.handle, handle)),
  );
  return demoPerson(site, handle);
}

async function write(
  site: Site,
  person: Person,
  { body, place }: { body: string; place: PostPlace },
): Promise<void> {
  await reply(site, visitorOf(person, site.clock.now()), {
    threadId: 'q1',
    replyTo: null,
    body,
    place,
    industry: null,
    barriers: [],
    pillars: [],
    language: 'en',
  });
}

async function hide(
  site: Site,
  moderator: Person,
  post: string,
  rule: RuleSlug,
  note: string,
): Promise<void> {
  const caseId = await openCaseOn(site, post);
  await site.db.write((tx) =>
    decide(tx, site, moderator, { caseId, action: 'hide', rule, note, seen: {} }),
  );
}

/** The newest open case about a post. */
async function openCaseOn({ db }: Site, postId: string): Promise<string> {
  const [found] = await db.reader
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.postId, postId), isNull(cases.closedAt)))
    .orderBy(desc(cases.id));
  if (!found) throw new Error(`no open case about ${postId}`);
  return found.id;
}

/** An appeal of somebody of whom one decision was made. */
async function appealAgainst(site: Site, person: Person, body: string): Promise<void> {
  await site.db.write(async (tx) => {
    const [decision] = await tx
      .select({ id: decisions.id })
      .from(decisions)
      .where(eq(decisions.authorId, person.id));
    if (!decision) throw new Error(`nothing was decided about ${person.handle}`);
    await appeal(tx, site, person, { decisionId: decision.id, body });
  });
}

/** So many hours before now. */
function ago(site: Site, hours: number): Site {
  return at(site, site.clock.now() - hours * HOUR);
}
