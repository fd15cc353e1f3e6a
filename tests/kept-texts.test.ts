import { readdirSync, readFileSync } from 'node:fs';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openCase } from '~/domain/moderation/cases/open-case';
import { DAY, MINUTE } from '~/platform/clock';
import { UNFILLED_FIELDS, WRITTEN_FIELDS } from '~/platform/form-state';
import { drafts, posts, sessions, submissions, threads, users } from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import type { Answer, Client } from './support/client';
import { addMember, addPost, addThread, type Member } from './support/community';

/*
 * Whatever a person typed and could not send is on the page that says so, or in their drafts: every
 * form with a text, and every way in which it can fail.
 */

const WORDS = 'Two hours of\n"typing" & <more>';

let causeway: TestCauseway;
let ada: Member;
let kofi: Member;
let host: Member;
let thread: { id: string; slug: string; openingId: string; path: string };
let own: string;
let others: string;
let caseId: string;

beforeAll(async () => {
  causeway = await startTestCauseway({ HOLD_FIRST_POSTS: '0' });
});
afterAll(() => causeway.close());

let people = 0;
beforeEach(async () => {
  causeway.clock.advance(2 * DAY);
  people += 1;
  ada = await addMember(causeway, `ada${people}`);
  kofi = await addMember(causeway, `kofi${people}`);
  host = await addMember(causeway, `host${people}`, { role: 'moderator' });
  thread = await addThread(causeway, kofi, 'A thread to write in for a long while');
  own = await addPost(causeway, ada, thread.id, 'Mine');
  others = await addPost(causeway, kofi, thread.id, 'Theirs');
  caseId = await causeway.app.db.write((tx) =>
    openCase(tx, causeway.app.clock, { subject: { postId: others }, cause: 'moderator' }),
  );
});

interface Form {
  path(): string;
  fields: Record<string, string>;
  /** The field with the text; `body` unless named. */
  text?: string;
  by?: () => Member;
}

/** Every form in which people write sentences. */
const FORMS: Record<string, Form> = {
  reply: { path: () => `/t/${thread.id}`, fields: { country: 'NG' } },
  thread: { path: () => '/threads/new', fields: { title: 'What a long day it was' } },
  report: { path: () => '/barriers/new', fields: { country: 'NG', barrier: 'cost' } },
  edit: { path: () => `/p/${own}/edit`, fields: { revision: '1' } },
  flag: { path: () => `/p/${others}/flag`, fields: { reason: 'spam' }, text: 'note' },
  'letter to the moderators': { path: () => '/modmail', fields: { subject: 'About a thread' } },
  'notice of illegal content': {
    path: () => '/report',
    fields: { location: `http://localhost:3000/p/none`, name: 'A. Reader', email: 'a@example.org' },
    text: 'explanation',
  },
  decision: {
    path: () => `/mod/cases/${caseId}`,
    fields: { action: 'hide', reason: 'spam' },
    text: 'note',
    by: () => host,
  },
};

const shows = (answer: Answer, words = WORDS) =>
  answer
    .$('textarea')
    .toArray()
    .some((area) => answer.$(area).text().replace(/^\n/, '') === words);

async function isInDrafts(person: Member): Promise<boolean> {
  const page = await person.client.get('/drafts');
  return page.$('.typed').text().includes(WORDS.trim());
}

const send = (form: Form, client: Client, more: Record<string, string> = {}, headers = {}) =>
  client.post(form.path(), { ...form.fields, [form.text ?? 'body']: WORDS, ...more }, headers);

/** What can go wrong with any of them, and the status that says so. */
const FAILURES: Record<string, (form: Form, who: Member) => Promise<Answer>> = {
  'sent from another site': (form, who) =>
    send(form, who.client, {}, { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }),
  'larger than any form may be': (form, who) =>
    send(form, who.client, { more: 'x'.repeat(300 * 1024) }),
  'an error of ours': async (form, who) => {
    await breakWriting(new Error('broken for a test'));
    return send(form, who.client);
  },
  'a database that is busy': async (form, who) => {
    await breakWriting(Object.assign(new Error('busy'), { code: 'SQLITE_BUSY' }));
    return send(form, who.client);
  },
  'a wrong field': (form, who) =>
    send(form, who.client, { country: 'Narnia', reason: 'nothing', location: '', action: 'none' }),
};

/** Until the end of the test, nothing can be stored. */
async function breakWriting(error: Error): Promise<void> {
  const { db } = causeway.app;
  const { write } = db;
  db.write = () => Promise.reject(error);
  onTestFinished(() => {
    db.write = write;
  });
}

describe.each(Object.entries(FORMS))('the form: %s', (name, form) => {
  const who = () => form.by?.() ?? ada;

  it.each(Object.entries(FAILURES))('%s', async (failure, fail) => {
    if (failure === 'a wrong field' && ['edit', 'letter to the moderators'].includes(name)) return;
    const answer = await fail(form, who());
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(shows(answer), answer.text).toBe(true);
    expect(answer.text).not.toContain('broken for a test');
  });

  it('a session that has ended', async () => {
    await causeway.app.db.write((tx) => tx.delete(sessions).where(eq(sessions.userId, who().id)));
    const sent = await send(form, who().client);
    if (sent.status >= 400) {
      if (!form.by) expect(shows(sent), sent.text).toBe(true);
      return;
    }
    const kept = decodeURIComponent(/redirectTo=([^&]+)/.exec(sent.location ?? '')?.[1] ?? '');
    const address = kept || (sent.location ?? '');
    const again = await addMember(causeway, `again${people}${name.length}`);
    const page = await again.client.get(address);
    expect(page.$('textarea, .typed').text()).toContain(WORDS);
    if (!kept) return;
    expect((await causeway.client().get(kept)).status).toBe(303);
    expect(page.$('form .primary').length).toBeGreaterThan(0);
    expect(page.$('section form').attr('action')).toBe(form.path());
  });

  it('a person who was suspended meanwhile', async () => {
    await causeway.app.db.write((tx) =>
      tx
        .update(users)
        .set({ suspendedUntil: causeway.clock.now() + DAY })
        .where(eq(users.id, who().id)),
    );
    const answer = await send(form, who().client);
    if (answer.status === 303) return;
    expect(shows(answer), answer.text).toBe(true);
  });

  it('the same form, sent before with another text', async () => {
    await send(form, who().client, { key: 'one-key', [form.text ?? 'body']: 'Another text' });
    causeway.clock.advance(15 * MINUTE);
    const answer = await send(form, who().client, { key: 'one-key' });
    if (answer.status === 303) {
      const kept = await causeway.app.db.reader
        .select()
        .from(submissions)
        .where(eq(submissions.key, `${who().id}:one-key`));
      // Forms without keys take both.
      expect(kept).toEqual([]);
      return;
    }
    expect(shows(answer), answer.text).toBe(true);
  });
});

describe('a reply', () => {
  const change = (set: Partial<typeof threads.$inferInsert>) =>
    causeway.app.db.write((tx) => tx.update(threads).set(set).where(eq(threads.id, thread.id)));

  it('is kept when its thread is hidden, and posted when it is shown again', async () => {
    await change({ state: 'hidden' });
    const answer = await send(FORMS.reply as Form, ada.client);
    expect(answer.status).toBe(404);
    expect(shows(answer)).toBe(true);
    expect(await isInDrafts(ada)).toBe(true);
    await change({ state: 'open' });
    expect((await ada.client.get(thread.path)).$('#body').text()).toContain('Two hours');
  });

  it('says the same where no thread ever was', async () => {
    const answer = await ada.client.post('/t/never-there', { body: WORDS });
    expect(answer.status).toBe(404);
    expect(shows(answer)).toBe(true);
    expect(await isInDrafts(ada)).toBe(true);
  });

  it('is kept when its thread is locked', async () => {
    await change({ state: 'locked' });
    const answer = await send(FORMS.reply as Form, ada.client);
    expect(answer.status).toBe(422);
    expect(shows(answer)).toBe(true);
    expect(await isInDrafts(ada)).toBe(true);
  });

  it('follows its thread into another one', async () => {
    const into = await addThread(causeway, kofi, 'The thread that took it over');
    await change({ state: 'hidden', mergedInto: into.id });
    const answer = await send(FORMS.reply as Form, ada.client);
    const id = answer.location?.split('#p-')[1] ?? '';
    expect((await ada.client.get(`/p/${id}`)).location).toContain(`/t/${into.id}/`);
  });

  it('is kept when the post it answers is deleted', async () => {
    await causeway.app.db.write((tx) =>
      tx.update(posts).set({ state: 'hidden' }).where(eq(posts.id, others)),
    );
    const answer = await send(FORMS.reply as Form, ada.client, { replyTo: others });
    expect(answer.status).toBe(422);
    expect(shows(answer)).toBe(true);
  });

  it('is kept when its post is edited after a moderator has hidden it', async () => {
    await causeway.app.db.write((tx) =>
      tx.update(posts).set({ state: 'hidden' }).where(eq(posts.id, own)),
    );
    expect(shows(await send(FORMS.edit as Form, ada.client))).toBe(true);
    await causeway.app.db.write((tx) =>
      tx.update(posts).set({ state: 'deleted' }).where(eq(posts.id, own)),
    );
    expect(shows(await send(FORMS.edit as Form, ada.client))).toBe(true);
  });

  it('is kept when a visitor is too fast', async () => {
    const visitor = causeway.client();
    let answer = await send(FORMS.reply as Form, visitor);
    for (let n = 0; n < 40 && answer.status === 303; n += 1) {
      answer = await send(FORMS.reply as Form, visitor);
    }
    expect(answer.status).toBe(429);
    expect(shows(answer)).toBe(true);
  });

  it('is not given back to a browser that another site has sent', async () => {
    const answer = await (FAILURES['sent from another site'] as (typeof FAILURES)[string])(
      FORMS.reply as Form,
      ada,
    );
    expect(answer.status).toBe(403);
    expect(answer.$('main form, #main form').length).toBe(0);
  });

  it('is not read beyond all bounds', async () => {
    const answer = await send(FORMS.reply as Form, ada.client, { more: 'x'.repeat(1100 * 1024) });
    expect(answer.status).toBe(413);
    const fields = Object.fromEntries(Array.from({ length: 1200 }, (_, n) => [`f${n}`, '1']));
    const many = await send(FORMS.reply as Form, ada.client, {
      ...fields,
      more: 'x'.repeat(300 * 1024),
    });
    expect(many.status).toBe(413);
    expect(shows(many)).toBe(false);
  });

  it('gives no password back', async () => {
    const answer = await causeway.client().post('/nowhere', { body: WORDS, password: 'secret!' });
    expect(shows(answer)).toBe(true);
    expect(answer.text).not.toContain('secret!');
  });
});

describe('the same text again', () => {
  const written = (person: Member) =>
    causeway.app.db.reader
      .select({ id: posts.id })
      .from(posts)
      .where(and(eq(posts.authorId, person.id), eq(posts.body, WORDS)));

  it.each(['reply', 'thread', 'report'])('asks first: %s', async (name) => {
    const form = FORMS[name] as Form;
    if (name === 'report')
      await import('~/domain/import-export/seed').then(({ seed }) => seed(causeway.app));
    const first = await send(form, ada.client, { key: 'first' });
    expect(first.status).toBe(303);
    // The same form twice stays one post.
    expect((await send(form, ada.client, { key: 'first' })).location).toBe(first.location);
    causeway.clock.advance(90 * MINUTE);
    const second = await send(form, ada.client, { key: 'second', body: `${WORDS} ` });
    expect(second.status).toBe(422);
    expect(second.$('.error-summary').text()).toContain('an hour ago');
    const link = second.$('.error-summary a').attr('href') ?? '';
    expect((await ada.client.get(link)).text).toContain('Two hours of');
    expect(second.$('textarea[name=body]').text()).toContain(WORDS);
    expect((await written(ada)).length).toBe(1);
    // It is public already, so it is no draft.
    expect(
      await causeway.app.db.reader.select().from(drafts).where(eq(drafts.userId, ada.id)),
    ).toEqual([]);
    const button = second.$('button[name=again]');
    expect(button.length).toBe(1);
    const third = await send(form, ada.client, { key: 'second', again: '1' });
    expect(third.status).toBe(303);
    expect((await written(ada)).length).toBe(2);
  });

  it('does not ask elsewhere, other people, or after a day', async () => {
    const form = FORMS.reply as Form;
    await send(form, ada.client, { key: 'one' });
    expect((await send(form, ada.client, { key: 'two', replyTo: others })).status).toBe(303);
    expect((await send(form, kofi.client, { key: 'three' })).status).toBe(303);
    expect((await send(form, ada.client, { key: 'four' })).status).toBe(422);
    expect((await send(form, ada.client)).status).toBe(303);
    causeway.clock.advance(DAY + MINUTE);
    expect((await send(form, ada.client, { key: 'five' })).status).toBe(303);
  });
});

/** Forms of administrators without a text, or with one under a name that says nothing. */
const CHOICES: Record<string, { path: string; fields: Record<string, string> }> = {
  'words of a term': {
    path: '/admin/vocabulary/pillar',
    fields: { 'name.en': 'Wells', 'description.fr': WORDS, reason: 'Ours', act: 'words' },
  },
  'cue words of the first list': {
    path: '/admin/vocabulary/barrier/cost/cues/en',
    fields: { barrier: 'dear', topic: '', hint: '', seen: 'x' },
  },
  'a merge': { path: '/admin/vocabulary/pillar/access', fields: { act: 'merge', into: 'skills' } },
  'an invitation': {
    path: '/admin/invitations',
    fields: { role: 'moderator', days: '7', uses: '1' },
  },
};

describe.each(Object.entries(CHOICES))('keeps for an administrator: %s', (name, form) => {
  const keptAt = ({ location }: Answer) =>
    decodeURIComponent(/redirectTo=([^&]+)/.exec(location ?? '')?.[1] ?? '');

  /** Opens what was kept, and returns what sending it again would send. */
  async function keptFor(client: Client, sent: Answer) {
    const { $ } = await client.get(keptAt(sent));
    expect($('section form').attr('action')).toBe(form.path);
    const fields = $('section form').find('input, textarea').toArray();
    return Object.fromEntries(
      fields.map((field) => [$(field).attr('name'), $(field).val() ?? $(field).text()]),
    );
  }

  it('who has to authenticate again', async () => {
    const keeper = await addMember(causeway, `keeper${people}`, { role: 'administrator' });
    causeway.clock.advance(11 * MINUTE);
    const sent = await keeper.client.post(form.path, form.fields);
    expect(sent.location, name).toMatch(/^\/login\/again\?/);
    expect(await keptFor(keeper.client, sent)).toMatchObject(form.fields);
  });

  it('whose session has ended', async () => {
    const keeper = await addMember(causeway, `keeper${people}`, { role: 'administrator' });
    const { id } = keeper;
    await causeway.app.db.write((tx) => tx.delete(sessions).where(eq(sessions.userId, id)));
    const sent = await keeper.client.post(form.path, form.fields);
    expect(sent.location, name).toMatch(/^\/login\?/);
    const again = await addMember(causeway, `again${people}`, { role: 'administrator' });
    expect(await keptFor(again.client, sent)).toMatchObject(form.fields);
  });
});

it('keeps nothing of a press', async () => {
  causeway.clock.advance(11 * MINUTE);
  const sent = await causeway.client().post(`/p/${others}/bookmark`, { on: '1', redirectTo: '/' });
  expect(sent.location).toBe(`/login?redirectTo=${encodeURIComponent(`/p/${others}/bookmark`)}`);
});

it('takes no field that people fill in for a hidden one', () => {
  const filled = new Set<string>();
  const control =
    /<(?:Input|TextArea|Select|Choices?|FileInput|textarea|select|input)\b(?:[^<>]|=>)*?\bname="(\w+)"(?:[^<>]|=>)*/g;
  for (const folder of ['app/ui', 'app/routes']) {
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.tsx')) continue;
      const source = readFileSync(`${folder}/${file}`, 'utf8');
      for (const [tag, name] of source.matchAll(control)) {
        if (name && !tag.includes('type="hidden"')) filled.add(name);
      }
    }
  }
  expect(filled.size).toBeGreaterThan(40);
  expect([...filled].filter((name) => UNFILLED_FIELDS.has(name))).toEqual([]);
});

it('knows every field in which people write sentences', () => {
  const names = new Set<string>();
  for (const folder of ['app/ui', 'app/routes']) {
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.tsx')) continue;
      const source = readFileSync(`${folder}/${file}`, 'utf8');
      for (const [, name] of source.matchAll(/<(?:TextArea|textarea)\b[^>]*?\bname="(\w+)"/g)) {
        if (name) names.add(name);
      }
    }
  }
  expect(names.size).toBeGreaterThan(4);
  expect(
    [...names].filter((name) => !(WRITTEN_FIELDS as readonly string[]).includes(name)),
  ).toEqual([]);
});
