import { load } from 'cheerio';
import { and, count, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '~/platform/clock';
import { cases, meToos, notifications, posts, threadPillars, threads } from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, addPost, addThread, type Member, type PostFacts } from './support/community';
import { queriesOf } from './support/queries';

let causeway: TestCauseway;
let ada: Member;
let kofi: Member;

beforeAll(async () => {
  causeway = await startTestCauseway({ HOLD_FIRST_POSTS: '0' });
  ada = await addMember(causeway, 'ada', { name: 'Ada Obi', country: 'NG' });
  kofi = await addMember(causeway, 'kofi', { country: 'GH' });
});
afterAll(() => causeway.close());

const db = () => causeway.app.db.reader;

async function postsOf(threadId: string) {
  return db().select().from(posts).where(eq(posts.threadId, threadId)).orderBy(posts.createdAt);
}

async function hide({ app }: TestCauseway, postId: string) {
  await app.db.write((tx) => tx.update(posts).set({ state: 'hidden' }).where(eq(posts.id, postId)));
}

/** Advances the clock, so that posts have an order and rate limits are not reached. */
function later(minutes = 11) {
  causeway.clock.advance(minutes * MINUTE);
}

describe('starting a thread', () => {
  const fields = {
    title: 'How do clinics keep tools running without power?',
    body: 'Ours goes out **twice a day**.',
    pillar: ['infrastructure', 'policy'],
    country: 'NG',
    industry: 'Q',
  };

  it('creates it with all fields, and redirects to it', async () => {
    const { $ } = await ada.client.get('/threads/new');
    const key = $('input[name=key]').attr('value') ?? '';
    const sent = await ada.client.post('/threads/new', { ...fields, key });
    expect(sent.status).toBe(303);
    expect(sent.location).toMatch(
      /^\/t\/[0-9a-z]{26}\/how-do-clinics-keep-tools-running-without-power$/,
    );
    const page = await causeway.client().get(sent.location ?? '');
    expect(page.status).toBe(200);
    expect(page.$('h1').text()).toBe(fields.title);
    const opening = page.$('.post.opening');
    expect(opening.find('.prose strong').text()).toBe('twice a day');
    expect(opening.find('.byline').text()).toContain('Ada Obi');
    expect(opening.find('.byline').text()).toContain('Nigeria');
    expect(opening.find('.topics').text()).toContain('Health and social work');
    expect(page.$('aside .pillar').length).toBe(2);

    const again = await ada.client.post('/threads/new', { ...fields, key });
    expect(again.status).toBe(303);
    expect(again.location).toBe(sent.location);
    const [made] = await db()
      .select({ n: count() })
      .from(threads)
      .where(eq(threads.title, fields.title));
    expect(made?.n).toBe(1);
  });

  it('requires only a title and a text, and gives a second one with the same title its own slug', async () => {
    const bare = { title: fields.title, body: 'Here too.' };
    const sent = await kofi.client.post('/threads/new', bare);
    expect(sent.status).toBe(303);
    expect(sent.location).toMatch(/without-power-2$/);
  });

  it('shows the error at each field, and keeps the typed values', async () => {
    const sent = await ada.client.post('/threads/new', {
      title: 'Short',
      body: '',
      pillar: ['policy', 'gardening'],
      country: 'Narnia',
      industry: 'ZZ',
    });
    expect(sent.status).toBe(400);
    const { $ } = sent;
    for (const name of ['title', 'body', 'country', 'industry']) {
      expect($(`#${name}`).attr('aria-invalid'), name).toBe('true');
      expect($(`#${name}`).attr('aria-describedby'), name).toContain(`${name}-error`);
      expect($(`#${name}-error`).text().length, name).toBeGreaterThan(10);
      expect($(`.error-summary a[href="#${name}"]`).length, name).toBe(1);
    }
    expect($('#pillar-error').length).toBe(1);
    expect($('#title').attr('value')).toBe('Short');
    expect($('input[name=pillar][value=policy]').attr('checked')).toBeDefined();
  });

  it.each([
    ['title', 'x'.repeat(161)],
    ['body', 'x'.repeat(20_001)],
    ['body', '\u200b \u2060'],
    ['body', '> '.repeat(500)],
    ['country', '🇳🇬'],
  ])('refuses a %s that cannot be used', async (name, value) => {
    const sent = await ada.client.post('/threads/new', { ...fields, [name]: value });
    expect(sent.status).toBe(400);
    expect(sent.$(`#${name}-error`).length).toBe(1);
    expect(sent.$('#title').attr('value')).toBe(name === 'title' ? value : fields.title);
  });

  it('takes a title of 160 characters and a text of 20 000', async () => {
    later();
    const sent = await ada.client.post('/threads/new', {
      title: 'x'.repeat(160),
      body: 'word '.repeat(4000),
    });
    expect(sent.status).toBe(303);
  });
});

describe('answering', () => {
  let thread: { id: string; slug: string; openingId: string };
  beforeAll(async () => {
    later();
    thread = await addThread(causeway, ada, 'What would help your town?');
  });

  it('adds a contribution with all fields, and redirects to it', async () => {
    later();
    const sent = await kofi.client.post(`/t/${thread.id}`, {
      body: 'A *shared* machine.',
      replyTo: '',
      country: '011',
      industry: 'J',
      barrier: ['compute', 'cost'],
      pillar: ['infrastructure'],
    });
    expect(sent.status).toBe(303);
    // No earlier report can be the same as this one, so nothing is asked.
    const { location } = await kofi.client.get(sent.location ?? '');
    expect(location).toMatch(new RegExp(`^/t/${thread.id}/${thread.slug}#p-`));
    const page = await causeway.client().get(location ?? '');
    const post = page.$(`#${location?.split('#')[1]}`);
    expect(post.find('.byline').text()).toContain('Western Africa');
    expect(post.find('.topics').text()).toContain('Compute');
    expect(post.find('.topics').text()).toContain('Cost and payment');
    expect(post.find('.topics .pillar').attr('href')).toBe('/pillars/infrastructure');
    expect(post.find('.prose em').text()).toBe('shared');
    const stored = (await postsOf(thread.id)).at(-1);
    expect(stored).toMatchObject({ country: null, region: '011', parentId: null, industry: 'J' });
  });

  it('puts a reply under its contribution, and a reply to a reply under the same', async () => {
    const contribution = await addPost(causeway, kofi, thread.id, 'A contribution');
    later();
    const first = await ada.client.post(`/t/${thread.id}`, { body: 'One', replyTo: contribution });
    expect(first.status).toBe(303);
    later();
    const firstId = (await postsOf(thread.id)).at(-1)?.id ?? '';
    const second = await kofi.client.post(`/t/${thread.id}`, { body: 'Two', replyTo: firstId });
    expect(second.status).toBe(303);
    const stored = (await postsOf(thread.id)).slice(-2);
    expect(stored[0]).toMatchObject({ parentId: contribution, replyToId: contribution });
    expect(stored[1]).toMatchObject({ parentId: contribution, replyToId: firstId });

    const { $ } = await causeway.client().get(`/t/${thread.id}/${thread.slug}`);
    const replies = $(`#p-${contribution}`).parent().find('.replies > li');
    expect(replies.length).toBe(2);
    expect(replies.eq(1).find('.in-reply-to a').attr('href')).toBe(`#p-${firstId}`);
    expect(replies.eq(0).find('.in-reply-to').length).toBe(0);

    const told = await db()
      .select()
      .from(notifications)
      .where(and(eq(notifications.userId, kofi.id), eq(notifications.postId, firstId)));
    expect(told.map((notice) => notice.kind)).toEqual(['reply']);
  });

  it('makes a reply to the opening post a contribution', async () => {
    later();
    await kofi.client.post(`/t/${thread.id}`, { body: 'To all', replyTo: thread.openingId });
    expect((await postsOf(thread.id)).at(-1)).toMatchObject({ parentId: null, body: 'To all' });
  });

  it('names the post that is answered in the form', async () => {
    const [, contribution] = await postsOf(thread.id);
    const path = `/t/${thread.id}/${thread.slug}?replyTo=${contribution?.id}`;
    const { $ } = await ada.client.get(path);
    expect($('#reply h2').text()).toBe('Reply to kofi');
    expect($('#reply button.primary').text()).toBe('Post my reply');
    expect($('input[name=replyTo]').attr('value')).toBe(contribution?.id);
    const { $: bare } = await ada.client.get(`/t/${thread.id}/${thread.slug}?replyTo=nobody`);
    expect(bare('#reply h2').text()).toBe('Write your answer');
    expect(bare('.page-head .button').text()).toBe('Write your answer');
    expect(bare('#reply button.primary').text()).toBe('Post my answer');
  });

  it('shows a preview, and stores nothing', async () => {
    later();
    const before = (await postsOf(thread.id)).length;
    const form = { body: '**Bold** <b>words</b>', country: 'NG', preview: '1' };
    const sent = await kofi.client.post(`/t/${thread.id}`, form);
    expect(sent.status).toBe(200);
    expect(sent.$('.preview .prose strong').text()).toBe('Bold');
    expect(sent.$('.preview .prose b').length).toBe(0);
    expect(sent.$('#body').text().trim()).toBe(form.body);
    expect(sent.$('#country').attr('value')).toBe('Nigeria');
    expect(sent.$('.error-summary').length).toBe(0);
    expect((await postsOf(thread.id)).length).toBe(before);
    const start = { title: 'A thread to preview', body: '*Soft*', pillar: 'policy', preview: '1' };
    const started = await kofi.client.post('/threads/new', start);
    expect(started.$('.preview em').text()).toBe('Soft');
    expect(started.$('input[name=pillar][value=policy]').attr('checked')).toBeDefined();
    const nobody = await causeway.client().post(`/t/${thread.id}`, form);
    expect(nobody.status).toBe(200);
    expect(nobody.$('.preview .prose strong').text()).toBe('Bold');
    expect((await postsOf(thread.id)).length).toBe(before);
  });

  it('counts a form once, also when it is sent twice at the same time', async () => {
    later();
    const form = { body: 'Only once', key: 'the-same-key' };
    const [one, two] = await Promise.all([
      kofi.client.post(`/t/${thread.id}`, form),
      kofi.client.post(`/t/${thread.id}`, form),
    ]);
    expect([one.status, two.status]).toEqual([303, 303]);
    expect(one.location).toBe(two.location);
    // After going back, another country is a change that must not be lost.
    const changed = await kofi.client.post(`/t/${thread.id}`, { ...form, country: 'GH' });
    expect(changed.status).toBe(422);
    const link = changed.$('.error-summary a').attr('href');
    expect(link?.split('#')[1]).toBe(one.location?.split('#')[1]);
    expect([changed.$('#body').text().trim(), changed.$('#country').val()]).toEqual([
      form.body,
      'Ghana',
    ]);
    const made = (await postsOf(thread.id)).filter((post) => post.body === 'Only once');
    expect(made.length).toBe(1);
  });

  it('shows the error at each field, and keeps the typed values', async () => {
    const sent = await kofi.client.post(`/t/${thread.id}?page=1`, {
      body: '   ',
      country: 'XX',
      industry: 'Q2',
      barrier: ['compute', 'weather'],
      pillar: ['x'],
    });
    expect(sent.status).toBe(400);
    for (const name of ['body', 'country', 'industry', 'barrier', 'pillar']) {
      expect(sent.$(`#${name}-error`).length, name).toBe(1);
    }
    expect(sent.$('details:has(#barrier)').attr('open')).toBeDefined();
    expect(sent.$('input[name=barrier][value=compute]').attr('checked')).toBeDefined();
    expect(sent.$('.post').length).toBeGreaterThan(3);
  });

  it('keeps the text if the post it replies to has been deleted', async () => {
    const gone = await addPost(causeway, ada, thread.id, 'Gone');
    await hide(causeway, gone);
    const sent = await kofi.client.post(`/t/${thread.id}`, { body: 'Kept', replyTo: gone });
    expect(sent.status).toBe(422);
    expect(sent.$('#body').text().trim()).toBe('Kept');
    expect(sent.$('.error-summary a[href="#replyTo"]').length).toBe(1);
    expect(sent.$('input[name=replyTo]').length).toBe(0);
    const elsewhere = await addThread(causeway, ada, 'Another thread altogether');
    const crossed = { body: 'Kept', replyTo: elsewhere.openingId };
    expect((await kofi.client.post(`/t/${thread.id}`, crossed)).status).toBe(422);
  });

  it('is rate limited, and keeps the text', async () => {
    const eager = await addMember(causeway, 'eager');
    later();
    for (let n = 0; n < 30; n++) {
      expect((await eager.client.post(`/t/${thread.id}`, { body: '' })).status).toBe(400);
    }
    // Invalid posts are not counted; only then thirty are posted.
    for (let n = 0; n < 30; n++) {
      expect((await eager.client.post(`/t/${thread.id}`, { body: `No ${n}` })).status).toBe(303);
    }
    const sent = await eager.client.post(`/t/${thread.id}`, { body: 'One more' });
    expect(sent.status).toBe(429);
    expect(Number(sent.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(sent.$('#body').text().trim()).toBe('One more');
  });
});

describe('a visitor who may not post', () => {
  let thread: { id: string; slug: string };
  beforeAll(async () => {
    later();
    thread = await addThread(causeway, ada, 'Who may write in here?');
  });

  async function refused(who: Pick<Member, 'client'>, at = thread.id) {
    const sent = await who.client.post(`/t/${at}`, { body: 'My long text' });
    expect(sent.status).toBe(422);
    expect(sent.$('#body').text().trim()).toBe('My long text');
    expect(sent.$('.error-summary').length).toBe(1);
    expect((await postsOf(at)).every((post) => post.body !== 'My long text')).toBe(true);
    return sent;
  }

  it('is asked to log in or sign up while the text is kept', async () => {
    for (const [at, fields] of [
      [`/t/${thread.id}`, { body: 'My long text' }],
      ['/threads/new', { title: 'Started by nobody', body: 'My long text' }],
    ] as const) {
      const sent = await causeway.client().post(at, fields);
      expect(sent.status).toBe(303);
      const page = await causeway.client().get(sent.location ?? '');
      expect(page.$('#main').text()).toContain('My long text');
      expect(page.$('input[name=email]').length).toBe(1);
      expect(page.$('#main a[href^="/login"]').attr('href')).toContain(
        encodeURIComponent(sent.location ?? '-'),
      );
    }
    expect((await postsOf(thread.id)).length).toBe(1);
  });

  it('gets the text back before confirming and while suspended', async () => {
    const now = causeway.clock.now();
    const fresh = await addMember(causeway, 'fresh', { confirmedAt: null });
    const loud = await addMember(causeway, 'loud', { suspendedUntil: now + 60 * MINUTE });
    expect((await refused(fresh)).$('.error-summary').text()).toContain('Confirm');
    expect((await refused(loud)).$('.error-summary').text()).toContain('suspended');
  });

  it('gets the text back from a closed thread', async () => {
    const closed = await addThread(causeway, ada, 'A thread that was closed');
    await causeway.app.db.write((tx) =>
      tx.update(threads).set({ state: 'locked' }).where(eq(threads.id, closed.id)),
    );
    await refused(kofi, closed.id);
    const { $ } = await kofi.client.get(`/t/${closed.id}/${closed.slug}`);
    expect($('#reply form').length).toBe(0);
    expect($('#reply').text()).toContain('closed');
    expect($('a[href*="replyTo="]').length).toBe(0);
  });

  it('sees the form without an account, and comes back after logging in', async () => {
    const { $, status } = await causeway.client().get(`/t/${thread.id}/${thread.slug}`);
    expect(status).toBe(200);
    expect($('#reply form textarea[name=body]').length).toBe(1);
    expect($('#reply .next').text()).toContain('No password needed');
    const back = encodeURIComponent(`/t/${thread.id}/${thread.slug}#reply`);
    expect($('#reply .login-to-write a').first().attr('href')).toBe(`/login?redirectTo=${back}`);
    const start = await causeway.client().get('/threads/new');
    expect(start.status).toBe(200);
    expect(start.$('form.composer textarea[name=body]').length).toBe(1);
  });
});

describe('addresses', () => {
  it('lead from the id, and from a wrong slug, to the one address of a thread', async () => {
    const thread = await addThread(causeway, ada, 'Where do I stand?');
    for (const path of [`/t/${thread.id}`, `/t/${thread.id}/old-name`]) {
      const answer = await causeway.client().get(`${path}?page=2`);
      expect(answer.status).toBe(301);
      expect(answer.location).toBe(`/t/${thread.id}/${thread.slug}?page=2`);
    }
    const page = await causeway.client().get(`/t/${thread.id}/${thread.slug}`);
    expect(page.$('link[rel=canonical]').attr('href')).toMatch(
      new RegExp(`/t/${thread.id}/${thread.slug}$`),
    );
  });

  it('work in other scripts', async () => {
    later();
    const sent = await ada.client.post('/threads/new', {
      title: 'الكهرباء تنقطع كل يوم',
      body: 'نص',
    });
    expect(sent.status).toBe(303);
    expect(sent.location).toContain(encodeURIComponent('الكهرباء'));
    expect((await causeway.client().get(sent.location ?? '')).status).toBe(200);
  });

  it('of posts lead to the page that contains them', async () => {
    const thread = await addThread(causeway, ada, 'A thread of several pages');
    const ids: string[] = [];
    for (let n = 0; n < 45; n++) {
      // Half of them at the same moment, as in imports.
      if (n % 2) causeway.clock.advance(1000);
      ids.push(await addPost(causeway, kofi, thread.id, `Number ${n}`));
    }
    const reply = await addPost(causeway, ada, thread.id, 'A late reply', {
      parentId: ids[25] ?? null,
      replyToId: ids[25] ?? null,
    });
    const seen: string[] = [];
    for (const page of [1, 2, 3]) {
      const { $ } = await causeway.client().get(`/t/${thread.id}/${thread.slug}?page=${page}`);
      const here = $('.contributions > li > .post').toArray();
      expect(here.length).toBe(page === 3 ? 5 : 20);
      expect($('.post.opening').length).toBe(page === 1 ? 1 : 0);
      seen.push(...here.map((post) => $(post).attr('id')?.slice(2) ?? ''));
    }
    expect([...seen].sort()).toEqual([...ids].sort());

    const base = `/t/${thread.id}/${thread.slug}`;
    for (const id of [ids[0], ids[19], ids[20], ids[44], reply, thread.openingId]) {
      const answer = await causeway.client().get(`/p/${id}`);
      expect(answer.status).toBe(303);
      const [path = '', anchor] = (answer.location ?? '').split('#');
      expect(path.startsWith(base)).toBe(true);
      const page = await causeway.client().get(path);
      expect(page.$(`[id="${anchor}"]`).length, answer.location ?? '').toBe(1);
    }
    expect((await causeway.client().get('/p/nothing')).status).toBe(404);
    expect((await causeway.client().get('/t/nothing')).status).toBe(404);
    expect((await causeway.client().get(`${base}?page=99`)).$('.post').length).toBe(5);
  });
});

describe('a hidden post', () => {
  it('is gone from pages, counts, feeds and the sitemap', async () => {
    later();
    const thread = await addThread(causeway, ada, 'Soon to be hidden entirely', {
      country: 'TV',
      region: '061',
    });
    const post = await addPost(causeway, kofi, thread.id, 'Words of no use', {
      country: 'TV',
      region: '061',
    });
    const path = `/t/${thread.id}/${thread.slug}`;
    const places = ['/', '/threads', '/regions/061', '/threads?country=TV'];
    const machines = [
      '/feed.xml',
      '/regions/061/feed.xml',
      '/sitemap.xml',
      `/t/${thread.id}/feed.xml`,
    ];
    expect((await causeway.client().get('/threads?country=TV')).text).toContain(thread.slug);
    expect((await causeway.client().get('/sitemap.xml')).text).toContain(thread.slug);
    expect((await causeway.client().get('/feed.xml')).text).toContain('Words of no use');

    await hide(causeway, post);
    for (const at of [...places, ...machines, path]) {
      expect((await causeway.client().get(at)).text, at).not.toContain('Words of no use');
    }
    expect((await causeway.client().get(`/p/${post}`)).status).toBe(404);
    expect((await causeway.client().get(path)).$('#contributions').text()).toBe('No answers yet');

    await causeway.app.db.write((tx) =>
      tx.update(threads).set({ state: 'hidden' }).where(eq(threads.id, thread.id)),
    );
    for (const at of [...places, ...machines]) {
      expect((await causeway.client().get(at)).text, at).not.toContain('Soon to be hidden');
    }
    for (const at of [path, `/t/${thread.id}/feed.xml`, `/p/${thread.openingId}`]) {
      expect((await kofi.client.get(at)).status, at).toBe(404);
    }
    expect((await kofi.client.post(`/t/${thread.id}`, { body: 'Still?' })).status).toBe(404);
    expect((await kofi.client.post(`/p/${post}/face`, { on: '1' })).status).toBe(404);
  });

  it('leaves its replies in their place', async () => {
    const thread = await addThread(causeway, ada, 'A reply outlives its contribution');
    const removed = await addPost(causeway, kofi, thread.id, 'Was removed', { state: 'visible' });
    const reply = await addPost(causeway, ada, thread.id, 'I stay', {
      parentId: removed,
      replyToId: removed,
    });
    await causeway.app.db.write((tx) =>
      tx.update(posts).set({ state: 'deleted' }).where(eq(posts.id, removed)),
    );
    const { $, text } = await causeway.client().get(`/t/${thread.id}/${thread.slug}`);
    expect(text).not.toContain('Was removed');
    expect($(`#p-${reply}`).text()).toContain('I stay');
    expect($('.contributions > li > .quiet').text()).toContain('This post was removed');
    expect((await causeway.client().get(`/p/${reply}`)).status).toBe(303);
  });
});

describe('the first posts of a new member', () => {
  it('wait for a moderator, and only their author sees them', async () => {
    const held = await startTestCauseway({ HOLD_FIRST_POSTS: '2' });
    try {
      const host = await addMember(held, 'host', { role: 'moderator' });
      const newcomer = await addMember(held, 'newcomer');
      const thread = await addThread(held, host, 'Please introduce yourselves');
      const page = await newcomer.client.get(`/t/${thread.id}/${thread.slug}`);
      expect(page.$('#reply .next').text()).toContain('moderator');

      const sent = await newcomer.client.post(`/t/${thread.id}`, { body: 'Hello there' });
      expect(sent.status).toBe(303);
      const own = await newcomer.client.get(sent.location ?? '');
      expect(own.$('.post .notice').text()).toContain('Waiting for a moderator');
      expect(own.text).toContain('Hello there');
      const id = sent.location?.split('#p-')[1] ?? '';

      const path = `/t/${thread.id}/${thread.slug}`;
      for (const at of [path, '/feed.xml', '/']) {
        expect((await held.client().get(at)).text, at).not.toContain('Hello there');
      }
      expect((await held.client().get(`/p/${id}`)).status).toBe(404);
      expect((await newcomer.client.get(`/p/${id}`)).status).toBe(303);
      const seen = await host.client.get(path);
      expect(seen.$(`#p-${id} .notice`).text()).toContain('not public yet');
      // Nobody is notified of posts that they cannot read.
      expect(await held.app.db.reader.select().from(notifications)).toEqual([]);

      const started = await newcomer.client.post('/threads/new', {
        title: 'My own first thread',
        body: 'Held as well',
      });
      expect((await newcomer.client.get(started.location ?? '')).status).toBe(200);
      expect((await held.client().get(started.location ?? '')).status).toBe(404);
      expect((await held.client().get('/threads')).text).not.toContain('My own first thread');

      const [matter] = await held.app.db.reader.select().from(cases).where(eq(cases.postId, id));
      const approved = await host.client.post(`/mod/cases/${matter?.id}`, {
        action: 'approve',
        revision: '1',
      });
      expect(approved.status).toBe(303);
      const told = await held.app.db.reader
        .select()
        .from(notifications)
        .where(eq(notifications.userId, host.id));
      expect(told.map(({ kind, postId }) => ({ kind, postId }))).toEqual([
        { kind: 'reply', postId: id },
      ]);

      await held.app.db.write((tx) =>
        tx.update(posts).set({ state: 'visible' }).where(eq(posts.authorId, newcomer.id)),
      );
      const third = await newcomer.client.post(`/t/${thread.id}`, { body: 'Trusted now' });
      expect(third.status).toBe(303);
      expect((await held.client().get(path)).text).toContain('Trusted now');
      await host.client.post(`/t/${thread.id}`, { body: 'From the office' });
      expect((await held.client().get(path)).text).toContain('From the office');
    } finally {
      await held.close();
    }
  });
});

describe('"I face this too"', () => {
  let thread: { id: string; slug: string; openingId: string };
  let post: string;
  beforeAll(async () => {
    thread = await addThread(causeway, ada, 'Something many people face');
    post = await addPost(causeway, ada, thread.id, 'No way to pay', { barriers: ['cost'] });
  });

  const marks = () => db().select().from(meToos).where(eq(meToos.postId, post));
  const shown = async () =>
    (await causeway.client().get(`/t/${thread.id}/${thread.slug}`)).$(`#p-${post} .me-too`).text();

  it('counts people and countries once each, and can be taken back', async () => {
    const abena = await addMember(causeway, 'abena', { country: 'GH' });
    const zola = await addMember(causeway, 'zola');
    for (const who of [kofi, kofi, abena]) {
      const sent = await who.client.post(`/p/${post}/face`, { on: '1' });
      expect(sent.status).toBe(303);
      expect(sent.location).toBe(`/t/${thread.id}/${thread.slug}#p-${post}`);
    }
    await zola.client.post(`/p/${post}/face`, { on: '1', country: 'za' });
    expect(await shown()).toBe('I face this too\u00a0· 3 others');
    expect((await marks()).map((mark) => mark.country).sort()).toEqual(['GH', 'GH', 'ZA']);

    const own = await kofi.client.get(`/t/${thread.id}/${thread.slug}`);
    expect(own.$(`#p-${post} .me-too button`).attr('value')).toBe('0');
    for (let n = 0; n < 2; n++) await kofi.client.post(`/p/${post}/face`, { on: '0' });
    expect(await shown()).toBe('I face this too\u00a0· 2 others');
  });

  it('is not for one’s own post', async () => {
    const sent = await ada.client.post(`/p/${post}/face`, { on: '1' });
    expect(sent.status).toBe(422);
    expect(sent.$('.error-summary').length).toBe(1);
    const { $ } = await ada.client.get(`/t/${thread.id}/${thread.slug}`);
    expect($(`#p-${post} .me-too button`).length).toBe(0);
  });

  it('keeps a visitor’s me-too until they log in or sign up, and offers the button', async () => {
    const sent = await causeway.client().post(`/p/${post}/face`, { on: '1' });
    expect(sent.status).toBe(303);
    expect(sent.location).toMatch(/^\/join\//);
    const before = (await marks()).length;
    const page = await kofi.client.get(`/p/${post}/face`);
    expect(page.status).toBe(200);
    expect(page.$('form[method=post] button[name=on]').attr('value')).toBe('1');
    expect((await marks()).length).toBe(before);
  });

  it.each<Record<string, string>>([{}, { on: '2' }, { on: '1', country: 'Narnia' }])(
    'refuses %j',
    async (fields) => {
      expect((await kofi.client.post(`/p/${post}/face`, fields)).status).toBe(400);
    },
  );
});

describe('the list of threads', () => {
  let list: TestCauseway;
  const at: Record<string, { id: string; slug: string }> = {};

  beforeAll(async () => {
    list = await startTestCauseway();
    const bo = await addMember(list, 'bo');
    const cy = await addMember(list, 'cy');
    const make = async (name: string) => {
      list.clock.advance(MINUTE);
      at[name] = await addThread(list, bo, `Thread ${name}`);
    };
    await make('lagos');
    await make('paris');
    await make('silent');
    const add = async (name: string, facts: Parameters<typeof addPost>[4]) => {
      list.clock.advance(MINUTE);
      return addPost(list, cy, at[name]?.id ?? '', 'Words', facts);
    };
    await hide(list, await add('paris', { country: 'IT', region: '039', language: 'it' }));
    await add('paris', { region: '039', state: 'held' });
    await add('paris', { country: 'FR', region: '155', industry: 'Q', language: 'fr' });
    const loved = await add('lagos', { country: 'NG', region: '011', industry: 'A' });
    await add('lagos', { country: 'SN', region: '011', language: 'fr' });
    await list.app.db.write((tx) =>
      tx.insert(meToos).values({ postId: loved, userId: bo.id, createdAt: 0 }),
    );
    const threadId = at.lagos?.id ?? '';
    await list.app.db.write((tx) =>
      tx.insert(threadPillars).values({ threadId, pillar: 'policy' }),
    );
  });
  afterAll(() => list.close());

  async function titles(query: string): Promise<string[]> {
    const { $, status } = await list.client().get(`/threads?${query}`);
    expect(status).toBe(200);
    return $('.thread-row h3')
      .toArray()
      .map((row) => $(row).text().replace('Thread ', ''));
  }

  it.each([
    ['', ['lagos', 'paris', 'silent']],
    ['sort=latest', ['lagos', 'paris', 'silent']],
    ['sort=new', ['silent', 'paris', 'lagos']],
    ['sort=top', ['lagos', 'paris', 'silent']],
    ['sort=unanswered', ['silent']],
    ['pillar=policy', ['lagos']],
    ['region=011', ['lagos']],
    ['region=002', ['lagos']],
    ['region=001', ['lagos', 'paris', 'silent']],
    ['region=039', []],
    ['region=150', ['paris']],
    ['country=NG', ['lagos']],
    ['country=Nig%C3%A9ria', ['lagos']],
    ['country=france', ['paris']],
    ['country=IT', []],
    ['industry=Q', ['paris']],
    ['language=fr', ['lagos', 'paris']],
    ['language=FR&region=150', ['paris']],
    ['country=NG&language=fr', []],
    ['pillar=&region=&country=&industry=&language=&sort=&page=', ['lagos', 'paris', 'silent']],
  ])('?%s', async (query, expected) => {
    expect(await titles(query)).toEqual(expected);
  });

  it('reports an unknown filter, and keeps it', async () => {
    const answer = await list.client().get('/threads?country=Narnia&pillar=policy');
    expect(answer.status).toBe(400);
    expect(answer.$('#country').attr('value')).toBe('Narnia');
    expect(answer.$('#country-error').text()).toContain('We do not know this country');
    expect(answer.$('#pillar option[selected]').attr('value')).toBe('policy');
    expect(answer.$('.thread-row').length).toBe(1);
  });

  it('shows each thread on exactly one page', async () => {
    const bo = await addMember(list, 'busy');
    // All at the same time, so that only their ids give an order.
    for (let n = 0; n < 42; n++) await addThread(list, bo, `Thread many ${n}`);
    for (const sort of ['latest', 'new', 'top']) {
      const seen: string[] = [];
      for (const page of [1, 2, 3]) seen.push(...(await titles(`sort=${sort}&page=${page}`)));
      expect(seen.length, sort).toBe(45);
      expect(new Set(seen).size, sort).toBe(45);
    }
    const { $ } = await list.client().get('/threads?sort=new&page=2');
    expect($('.pagination [rel=next]').attr('href')).toBe('/threads?sort=new&page=3');
    expect($('.pagination [aria-current]').text()).toBe('2');
  });
});

describe('a region', () => {
  it('shows the number of people per place', async () => {
    const region = await startTestCauseway();
    try {
      const people: Member[] = [];
      for (let n = 0; n < 5; n++) people.push(await addMember(region, `person${n}`));
      const [first] = people as [Member, ...Member[]];
      const thread = await addThread(region, first, 'Voices from several places');
      for (const who of people) {
        await addPost(region, who, thread.id, 'From Ghana', {
          country: 'GH',
          region: '011',
          barriers: ['cost'],
        });
      }
      for (let n = 0; n < 9; n++) {
        await addPost(region, first, thread.id, 'From Kenya', {
          country: 'KE',
          region: '014',
          barriers: ['cost'],
        });
      }
      const { $ } = await region.client().get('/regions/202');
      const row = (name: string) =>
        $('.counts li')
          .filter((_, li) => $('a', li).text() === name)
          .find('span')
          .text();
      expect(row('Western Africa')).toBe('5');
      expect(row('Eastern Africa')).toBe('1');
      expect(row('Ghana')).toBe('5');
      expect(row('Kenya')).toBe('1');
      expect(row('Southern Africa')).toBe('');
      expect($('.newest').text()).toContain('From Kenya');
      expect((await region.client().get('/regions/011')).text).not.toContain('From Kenya');
      for (const path of ['/regions/999', '/regions/NG', '/pillars/gardening']) {
        expect((await region.client().get(path)).status, path).toBe(404);
      }
    } finally {
      await region.close();
    }
  });
});

describe("people's text", () => {
  it('is inert wherever it is shown', async () => {
    later();
    const evil = '<script>alert(1)</script><img src=x onerror=alert(1)>';
    const mallory = await addMember(causeway, 'mallory', { name: evil });
    const sent = await mallory.client.post('/threads/new', {
      title: `Hello ${evil}`,
      body: `${evil}\n\n[x](javascript:alert(1)) <b onclick=alert(1)>b</b>`,
      country: 'NG',
    });
    expect(sent.status).toBe(303);
    const id = sent.location?.split('/')[2];
    for (const path of [sent.location ?? '', '/', '/threads', '/regions/011']) {
      const page = await causeway.client().get(path);
      expect(page.status).toBe(200);
      expect(page.$('script').length, path).toBe(0);
      expect(page.$('img').length, path).toBe(0);
      expect(page.$('[onclick], [onerror]').length, path).toBe(0);
      expect(page.$('a[href^="javascript:"]').length, path).toBe(0);
    }
    for (const path of ['/feed.xml', `/t/${id}/feed.xml`, '/sitemap.xml']) {
      const { text } = await causeway.client().get(path);
      expect(text, path).not.toContain('<script');
      expect(text, path).not.toContain('<img');
    }
    const failed = await mallory.client.post(`/t/${id}`, {
      body: `</textarea>${evil}`,
      country: '"><script>',
      replyTo: '"><script>',
    });
    expect(failed.status).toBe(400);
    // Only the site's own script, which keeps typed text.
    expect(failed.$('script:not([src^="/assets/"])').length).toBe(0);
    expect(failed.$('#body').text()).toContain('</textarea><script>');
  });
});

describe('a long thread', () => {
  it('asks the database no more questions than a short one', async () => {
    const short = await addThread(causeway, ada, 'A short thread');
    const long = await addThread(causeway, ada, 'A long thread');
    const fill = async (thread: { id: string }, contributions: number, replies: number) => {
      for (let n = 0; n < contributions; n++) {
        const facts: PostFacts = { barriers: ['cost'], pillars: ['policy'] };
        const id = await addPost(causeway, kofi, thread.id, `Number ${n}`, facts);
        for (let r = 0; r < replies; r++) {
          const under = { parentId: id, replyToId: id };
          await addPost(causeway, ada, thread.id, `Reply ${r}`, under);
        }
      }
    };
    await fill(short, 19, 1);
    await fill(long, 60, 4);
    const read = (thread: { id: string; slug: string }, page: number) =>
      queriesOf(ada.client, `/t/${thread.id}/${thread.slug}?page=${page}`);
    const few = await read(short, 1);
    expect(few).toBeGreaterThan(5);
    // With nothing kept: two of them ask which version is read.
    expect(few).toBeLessThan(30);
    expect(await read(long, 1)).toBe(few);
    expect(await read(long, 3)).toBe(few);
    const { $ } = await ada.client.get(`/t/${long.id}/${long.slug}?page=3`);
    expect($('.post').length).toBe(100);
  });
});

describe('feeds', () => {
  it('are Atom that any reader can parse, and are sent once', async () => {
    later();
    const thread = await addThread(causeway, ada, 'Followed by feed readers');
    await addPost(causeway, kofi, thread.id, 'News', { country: 'GH', region: '011' });
    for (const path of ['/feed.xml', `/t/${thread.id}/feed.xml`, '/regions/011/feed.xml']) {
      const feed = await causeway.client().get(path);
      expect(feed.status, path).toBe(200);
      expect(feed.headers.get('Content-Type'), path).toContain('application/atom+xml');
      const $ = load(feed.text, { xml: true });
      expect($('feed > id').text(), path).toMatch(new RegExp(`${path}$`));
      expect($('feed > entry').length, path).toBeGreaterThan(0);
      for (const entry of $('feed > entry').toArray()) {
        expect($('> id', entry).text(), path).toMatch(/\/p\/.+$/);
        expect(Date.parse($('> updated', entry).text()), path).toBeGreaterThan(0);
        expect($('> author > name', entry).text(), path).not.toBe('');
      }
      const etag = feed.headers.get('ETag') ?? '';
      const again = await causeway.client().get(path, { 'If-None-Match': etag });
      expect(again.status, path).toBe(304);
      expect(again.text, path).toBe('');
      const dated = await causeway
        .client()
        .get(path, { 'If-Modified-Since': feed.headers.get('Last-Modified') ?? '' });
      expect(dated.status, path).toBe(304);
    }
    const before = await causeway.client().get('/feed.xml');
    causeway.clock.advance(1000);
    await addPost(causeway, kofi, thread.id, 'More news');
    const etag = before.headers.get('ETag') ?? '';
    expect((await causeway.client().get('/feed.xml', { 'If-None-Match': etag })).status).toBe(200);
    expect((await causeway.client().get('/regions/999/feed.xml')).status).toBe(404);
  });

  it('are announced by their pages', async () => {
    const { $ } = await causeway.client().get('/');
    expect($('link[type="application/atom+xml"]').attr('href')).toBe('/feed.xml');
  });
});

describe('weight', () => {
  it('of a thread page with 20 posts, with its styles, is at most 14 kB compressed', async () => {
    const thread = await addThread(causeway, ada, 'How heavy is a page of twenty posts?');
    const words = 'A shared machine in the county office would help more than another course. ';
    for (let n = 0; n < 20; n++) {
      await addPost(causeway, n % 2 ? ada : kofi, thread.id, `${n} ${words.repeat(4)}`, {
        country: 'GH',
        region: '011',
        industry: 'Q',
        barriers: ['cost', 'compute'],
        pillars: ['policy'],
      });
    }
    const { $ } = await causeway.client().get(`/t/${thread.id}/${thread.slug}`);
    const paths = [`/t/${thread.id}/${thread.slug}`, $('link[rel=stylesheet]').attr('href') ?? ''];
    let bytes = 0;
    for (const path of paths) {
      const answer = await fetch(causeway.url + path, { headers: { 'Accept-Encoding': 'br' } });
      bytes += Number(answer.headers.get('Content-Length'));
      await answer.arrayBuffer();
    }
    expect(bytes).toBeGreaterThan(2000);
    expect(bytes).toBeLessThanOrEqual(14_000);
  });
});
