import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { seedOnce } from '~/domain/import-export/seed';
import { DAY, HOUR, MINUTE } from '~/platform/clock';
import { drafts, posts, threads, type users, waitingPosts } from '~db/schema';
import { type TestCauseway, useCauseway } from './support/causeway';
import type { Answer, Client } from './support/client';
import { addMember, addPost } from './support/community';
import { runJobs } from './support/jobs';

/*
 * What a form says that will follow is what then follows: for every form that posts, and for every
 * kind of person who may send it.
 */

type Outcome = 'at once' | 'held' | 'draft' | 'by email, then at once' | 'by email, then held';

const FORMS = {
  reply: { page: '/t/q1/biggest-barrier', path: '/t/q1', fields: {} },
  'new thread': {
    page: '/threads/new',
    path: '/threads/new',
    fields: { title: 'A thread of its own here' },
  },
  'barrier report': { page: '/barriers/new', path: '/barriers/new', fields: { country: 'KE' } },
};

/** Reads the sentence at a form. */
function said(page: Answer): Outcome | string {
  const text = page.$('.composer .next').first().text();
  const link = text.includes('email you a link');
  if (link && text.includes('moderator reads your post before')) return 'by email, then held';
  if (link && text.includes('Open it, and your post appears')) return 'by email, then at once';
  if (text.includes('appears straight away')) return 'at once';
  if (text.includes('moderator reads first posts before')) return 'held';
  if (text.includes('save what you send in your drafts')) return 'draft';
  return text;
}

async function stateOf({ app }: TestCauseway, body: string): Promise<Outcome | undefined> {
  const rows = await app.db.reader.select().from(posts);
  const post = rows.find((row) => row.body.includes(body));
  if (post) return post.state === 'held' ? 'held' : 'at once';
  const kept = await app.db.reader.select().from(drafts);
  return kept.some(({ fields }) => fields.body?.[0]?.includes(body)) ? 'draft' : undefined;
}

const people: [name: string, facts: Partial<typeof users.$inferInsert>, outcome: Outcome][] = [
  ['a new member', {}, 'held'],
  ['a member whose posts were approved', {}, 'at once'],
  ['a moderator', { role: 'moderator' }, 'at once'],
  ['a person who has not confirmed', { confirmedAt: null }, 'draft'],
  ['a silenced member', { silencedUntil: Date.UTC(2030, 0, 1) }, 'draft'],
  ['a suspended moderator', { role: 'moderator', suspendedUntil: Date.UTC(2030, 0, 1) }, 'draft'],
];

describe.each(Object.entries(FORMS))('the form: %s', (_, form) => {
  it.each(people)('tells %s what follows', async (name, facts, outcome) => {
    const causeway = await useCauseway({ HOLD_FIRST_POSTS: '1' });
    await seedOnce(causeway.app);
    const person = await addMember(causeway, 'writer', facts);
    if (name.includes('approved')) await addPost(causeway, person, 'q2', 'An earlier post');
    const body = 'The vendor takes dollar cards only';
    const page = await person.client.get(form.page);
    expect(said(page)).toBe(outcome);
    // Moderators’ own words are not checked automatically.
    const checked = page.$('.composer .next').first().text().includes('automatic check');
    expect(checked).toBe(outcome === 'at once' && facts.role !== 'moderator');
    await person.client.post(form.path, { ...form.fields, body });
    expect(await stateOf(causeway, body)).toBe(outcome);
  });

  it.each(['0', '1'])('tells a visitor, with HOLD_FIRST_POSTS=%s', async (holds) => {
    const causeway = await useCauseway({ HOLD_FIRST_POSTS: holds });
    await seedOnce(causeway.app);
    const outcome = holds === '1' ? 'held' : 'at once';
    const visitor = causeway.client();
    const body = 'The vendor takes dollar cards only';
    const page = await visitor.get(form.page);
    expect(said(page)).toBe(`by email, then ${outcome}`);
    expect(page.$('main').text()).not.toMatch(/log in or sign up/i);
    const sent = await visitor.post(form.path, { ...form.fields, body });
    const join = await visitor.get(sent.location ?? '');
    expect(join.$('.next').first().text()).toBe(page.$('.composer .next').first().text());
    await visitor.post(sent.location ?? '', { email: 'ama@example.org', handle: 'ama' });
    expect(await stateOf(causeway, body)).toBeUndefined();
    await visitor.get(await confirmLink(causeway));
    expect(await stateOf(causeway, body)).toBe(outcome);
  });

  it('shows a visitor the preview, with the text still in the form, and stores nothing', async () => {
    const causeway = await useCauseway();
    await seedOnce(causeway.app);
    const visitor = causeway.client();
    const page = await visitor.get(form.page);
    const button = page.$('.composer button[name=preview]');
    expect(button.length).toBe(1);
    const fields = { ...form.fields, body: '**Dear** for us', email: 'ama@example.org' };
    const shown = await visitor.post(form.path, { ...fields, preview: '1' });
    expect(shown.status).toBe(200);
    expect(shown.$('.error-summary').length).toBe(0);
    expect(shown.$('.preview strong').text()).toBe('Dear');
    expect(shown.$('#body').text().trim()).toBe(fields.body);
    expect(shown.$('#email').val()).toBe(fields.email);
    const { reader } = causeway.app.db;
    expect(await reader.select().from(waitingPosts)).toEqual([]);
    const sent = await visitor.post(form.path, fields);
    expect(sent.location).toBe('/signup/sent');
  });
});

async function confirmLink(causeway: TestCauseway): Promise<string> {
  await runJobs(causeway.app);
  return /\/confirm\/[\w-]+/.exec((await causeway.mails()).at(-1)?.text ?? '')?.[0] ?? '';
}

const setThread = ({ app }: TestCauseway, facts: Partial<typeof threads.$inferInsert>) =>
  app.db.write((tx) => tx.update(threads).set(facts).where(eq(threads.id, 'q1')));

describe('in a thread', () => {
  it('in slow mode, says how long to wait, and then that it appears', async () => {
    const causeway = await useCauseway({ HOLD_FIRST_POSTS: '0' });
    await seedOnce(causeway.app);
    const { clock } = causeway;
    await setThread(causeway, { slowMinutes: 30, slowUntil: clock.now() + DAY });
    const ada = await addMember(causeway, 'ada');
    for (const form of [FORMS.reply, FORMS['barrier report']]) {
      const send = (body: string) => ada.client.post(form.path, { ...form.fields, body });
      expect(said(await ada.client.get(form.page))).toBe('at once');
      expect((await send(`First in ${form.page}`)).status).toBe(303);
      clock.advance(10 * MINUTE);
      const page = await ada.client.get(form.page);
      expect(said(page)).toBe('draft');
      expect(page.$('.composer .next').first().text()).toContain('20 minutes');
      expect((await send(`Second in ${form.page}`)).status).toBe(429);
      expect(await stateOf(causeway, `Second in ${form.page}`)).toBe('draft');
      clock.advance(HOUR);
    }
  });

  it('that is closed, the report form says so to everybody, and asks no visitor for an email', async () => {
    const causeway = await useCauseway();
    await seedOnce(causeway.app);
    await setThread(causeway, { state: 'locked' });
    const { path, fields } = FORMS['barrier report'];
    for (const client of [causeway.client(), (await addMember(causeway, 'ada')).client]) {
      const page = await client.get(path);
      expect(page.$('.composer .next').first().text()).toContain('you cannot report a barrier now');
      const sent = await client.post(path, { ...fields, body: 'Nobody can report this' });
      expect(sent.status).toBe(422);
      expect(sent.$('#body').text()).toContain('Nobody can report this');
    }
  });

  it('that was closed meanwhile, a waiting text becomes a draft, as its page says', async () => {
    const causeway = await useCauseway();
    await seedOnce(causeway.app);
    const visitor = causeway.client();
    const sent = await visitor.post('/t/q1', { body: 'Too late for this thread' });
    await setThread(causeway, { state: 'locked' });
    const join = await visitor.get(sent.location ?? '');
    expect(join.$('.next').first().text()).toContain('your text is saved in your drafts');
    await visitor.post(sent.location ?? '', { email: 'ama@example.org', handle: 'ama' });
    await visitor.get(await confirmLink(causeway));
    expect(await stateOf(causeway, 'Too late for this thread')).toBe('draft');
  });
});

describe('other forms', () => {
  const offers = (client: Client, path: string) => client.get(path).then(({ $ }) => $);

  it('offer only what a person may do, and say why not', async () => {
    const causeway = await useCauseway();
    await seedOnce(causeway.app);
    const kofi = await addMember(causeway, 'kofi');
    const post = await addPost(causeway, kofi, 'q1', 'No signal in the valley');
    const until = Date.UTC(2030, 0, 1);
    for (const [handle, facts, flags, why] of [
      ['unconfirmed', { confirmedAt: null }, false, 'Confirm your email first'],
      ['suspended', { suspendedUntil: until }, false, 'suspended until 1 January 2030'],
      ['silenced', { silencedUntil: until }, true, 'cannot post until 1 January 2030'],
      ['member', {}, true, 'say so'],
    ] as const) {
      const { client } = await addMember(causeway, handle, facts);
      const thread = await offers(client, '/t/q1/biggest-barrier');
      const flag = thread(`a[href="/p/${post}/flag"]`);
      expect(flag.length === 1, `${handle} flags`).toBe(flags);
      expect((await client.get(`/p/${post}/flag`)).status === 200, handle).toBe(flags);
      const meToo = await offers(client, `/p/${post}/face`);
      expect(meToo('main').text(), handle).toContain(why);
    }
  });

  it('to delete a post say what others will see', async () => {
    const causeway = await useCauseway();
    await seedOnce(causeway.app);
    const kofi = await addMember(causeway, 'kofi');
    for (const [state, seen, words] of [
      ['visible', true, 'Others will see that there was a post'],
      ['held', false, 'Others will not see this post'],
    ] as const) {
      const id = await addPost(causeway, kofi, 'q1', `A ${state} post`, { state });
      const page = await kofi.client.get(`/p/${id}/delete`);
      expect(page.$('main').text(), state).toContain(words);
      await kofi.client.post(`/p/${id}/delete`);
      const thread = await causeway.client().get('/t/q1/biggest-barrier');
      expect(thread.$(`[id="p-${id}"]`).length === 1, state).toBe(seen);
    }
  });

  it('tell the owner of an email of a draft only if there is one', async () => {
    const causeway = await useCauseway();
    await seedOnce(causeway.app);
    const kofi = await addMember(causeway, 'kofi');
    const post = await addPost(causeway, kofi, 'q1', 'No signal in the valley');
    const fields = { email: 'kofi@example.org' };
    const visitor = causeway.client();
    await visitor.post(`/p/${post}/face`, { ...fields, on: '1' });
    await visitor.post('/t/q1', { ...fields, body: 'A text for an address that is known' });
    await runJobs(causeway.app);
    const mails = (await causeway.mails()).map(({ text }) => text?.includes('is in your drafts'));
    expect(mails).toEqual([false, true]);
    expect(await causeway.app.db.reader.select().from(drafts)).toHaveLength(1);
  });
});
