import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeKeyPoint } from '~/domain/barriers/key-points/change';
import { unsortedReports } from '~/domain/barriers/key-points/desk';
import { keyPointsOf } from '~/domain/barriers/key-points/key-points';
import { likeliestKinds } from '~/domain/barriers/ranking/likeliest-kinds';
import { rankerByWords } from '~/domain/barriers/ranking/ranker';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { seedOnce } from '~/domain/import-export/seed';
import { deliverMails } from '~/platform/mail/deliver';
import {
  keyPointPosts,
  meToos,
  postBarriers,
  posts,
  sameBarrierProposals,
  users,
  waitingPosts,
} from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import type { Answer, Client } from './support/client';
import { addMember, addPost, type Member } from './support/community';
import { runJobs } from './support/jobs';

let causeway: TestCauseway;
let mona: Member;
let kofi: Member;
let other: Member;
let point: string;
let spoken: string;

const GH = { country: 'GH', region: '011' } as const;
const TEXT = 'The power is cut every day, so nothing is online after noon';

beforeAll(async () => {
  causeway = await startTestCauseway({ HOLD_FIRST_POSTS: '0' });
  await seedOnce(causeway.app);
  mona = await addMember(causeway, 'mona', { role: 'moderator' });
  kofi = await addMember(causeway, 'kofi');
  other = await addMember(causeway, 'awa');
  const said = (body: string, barriers: BarrierKind[] = []) =>
    addPost(causeway, other, 'q1', body, { ...GH, barriers });
  const cut = await said('Power cuts every afternoon, nothing stays online.');
  spoken = await said('The electricity fails every day and we are offline.');
  await said('No dollars.', ['cost']);
  await said('Nobody trained us.', ['skills']);
  await said('Rules.', ['policy']);
  await said('No data.', ['data']);
  const text = { title: 'Power cuts', sentence: 'Power is cut daily.', language: 'en' as const };
  point = await causeway.app.db.write((tx) =>
    makeKeyPoint(tx, causeway.clock, mona.id, {
      kind: 'connectivity',
      region: '011',
      postIds: [cut],
      text,
    }),
  );
});
afterAll(() => causeway.close());

const db = () => causeway.app.db.reader;
let count = 0;

/** Posts a reply; returns the URL of the questions, and the post's id. */
async function write(fields: Record<string, string | string[]> = {}, client: Client = kofi.client) {
  causeway.clock.advance(60_000);
  count += 1;
  const body = `${TEXT}, day ${count}.`;
  const sent = await client.post('/t/q1', { body, country: 'GH', ...fields });
  expect(sent.status).toBe(303);
  const id = sent.location?.split('#p-')[1] ?? '';
  return { id, path: sent.location?.split('#')[0] ?? '', text: body };
}

async function kindsOf(id: string) {
  const rows = await db().select().from(postBarriers).where(eq(postBarriers.postId, id));
  return rows.map(({ kind, saidBy }) => `${kind} by ${saidBy}`);
}

const row = async (id: string) => (await db().select().from(posts).where(eq(posts.id, id)))[0];

describe('after a post', () => {
  it('asks what it is about: three kinds in words, the others in a list, nothing chosen', async () => {
    const { id, path, text } = await write();
    expect(path).toBe(`/p/${id}/about`);
    const page = await kofi.client.get(path);
    expect(page.$('h1').text()).toBe('What is this about?');
    const values = (selector: string) =>
      page
        .$(selector)
        .map((_, input) => page.$(input).attr('value'))
        .get();
    const first = values('fieldset > div input[name=barrier]');
    expect(first).toEqual([...likeliestKinds(text, 'en').kinds, 'none']);
    const [none, ...others] = values('select[name=barrier] option');
    expect(none).toBe('');
    expect([...first.slice(0, 3), ...others].sort()).toEqual(
      causeway.app.community.kinds.toSorted(),
    );
    expect(page.$('#main :is(input:checked, option[value!=""][selected])').length).toBe(0);
    expect(page.$('fieldset > div .hint').length).toBe(3);
    for (const client of [causeway.client(), other.client]) {
      expect((await client.get(path)).location).toBe(`/p/${id}`);
    }
    expect((await causeway.client().post(path, { barrier: 'cost' })).location).toContain('/login');
    expect((await other.client.post(path, { barrier: 'cost' })).status).toBe(404);
  });

  it('offers “no barrier” first if that is likelier', async () => {
    const { path } = await write({ body: 'Thank you all, this was useful.' });
    const page = await kofi.client.get(path);
    expect(page.$('input[name=barrier]').first().attr('value')).toBe('none');
  });

  it('stores the kinds with who named them, then asks for the same barrier among three', async () => {
    const { id, path } = await write();
    const sent = await kofi.client.post(path, { barrier: ['connectivity', 'cost'] });
    expect(sent.location).toBe(`${path}?next=mates`);
    expect((await kindsOf(id)).sort()).toEqual(['connectivity by author', 'cost by author']);
    const page = await kofi.client.get(sent.location ?? '');
    expect(page.$('h1').text()).toBe('Do you face one of these?');
    const values = page
      .$('input[name=keyPoint]')
      .map((_, input) => page.$(input).attr('value'))
      .get();
    expect(values.length).toBe(5);
    expect(values).toContain(point);
    expect(values.slice(-2)).toEqual(['similar', 'none']);
    expect(page.$('#main input:checked').length).toBe(0);
    expect(page.$('#main').text()).toContain('Power cuts');

    const done = await kofi.client.post(path, { keyPoint: point });
    expect(done.location).toContain(`#p-${id}`);
    const joined = await db().select().from(keyPointPosts).where(eq(keyPointPosts.postId, id));
    expect(joined).toMatchObject([{ keyPointId: point, saidBy: 'author', addedById: kofi.id }]);
  });

  it('offers five if the kinds are skipped, and proposes “the same” as a post to moderators', async () => {
    const { id, path } = await write();
    const skipped = await kofi.client.post(path);
    const page = await kofi.client.get(skipped.location ?? '');
    expect(page.$('input[name=keyPoint]').length).toBe(7);
    await kofi.client.post(path, { keyPoint: `post/${spoken}` });
    expect(await db().select().from(meToos).where(eq(meToos.postId, spoken))).toMatchObject([
      { userId: kofi.id, country: 'GH' },
    ]);
    expect(await db().select().from(sameBarrierProposals)).toMatchObject([
      { postId: id, otherId: spoken },
    ]);
    expect(await kindsOf(id)).toEqual([]);
  });

  it('offers nothing that reports none, to its author or at the desk, and fewer than three if need be', async () => {
    const place = { country: 'PE', region: '005' } as const;
    const add = (body: string, facts = {}) =>
      addPost(causeway, other, 'q1', body, { ...place, ...facts });
    const real = await add('Power cuts every afternoon, nothing stays online.');
    await add('Thank you all, this was useful.');
    await add('We have no problem with electricity here, it works well every day.');
    await add('Same here, exactly my experience.', { parentId: real, replyToId: real });
    const { id, path } = await write({ country: 'PE' });
    const skipped = await kofi.client.post(path);
    const page = await kofi.client.get(skipped.location ?? '');
    const values = page.$('input[name=keyPoint]').toArray();
    expect(values.map((one) => page.$(one).attr('value'))).toEqual([
      `post/${real}`,
      'similar',
      'none',
    ]);
    const sorted = await unsortedReports(db(), causeway.app.community, rankerByWords(), '005');
    const own = sorted.find(({ post }) => post.id === id);
    expect(own?.mates.map((mate) => 'post' in mate && mate.post.id)).toEqual([real]);
  });

  it.each(['similar', 'none', 'nothing-like-it'])('groups nothing for “%s”', async (keyPoint) => {
    const { id, path } = await write();
    expect((await kofi.client.post(path, { keyPoint })).location).toContain(`#p-${id}`);
    expect(await db().select().from(keyPointPosts).where(eq(keyPointPosts.postId, id))).toEqual([]);
    expect((await row(id))?.state).toBe('visible');
  });

  it('counts it nowhere if its author says that it reports no barrier', async () => {
    const { id, path } = await write();
    const done = await kofi.client.post(path, { barrier: 'none' });
    expect(done.location).toContain(`#p-${id}`);
    expect(await row(id)).toMatchObject({ notBarrier: 'author' });
    expect(await kindsOf(id)).toEqual([]);
    await kofi.client.post(path, { keyPoint: point });
    const [found] = await keyPointsOf(db(), causeway.app.community, { scope: '011' });
    expect(found?.posts.map((post) => post.id)).not.toContain(id);
    // The next author is not offered it either.
    const next = await write({}, other.client);
    const page = await other.client.get(`${next.path}?next=mates`);
    expect(page.$(`input[value="post/${id}"]`).length).toBe(0);
  });

  it('counts no kind that the text denies, new or edited, until its author answers', async () => {
    const denial = 'Connectivity is not a problem here.';
    const counted = async () => {
      const found = await causeway.client().get('/api/v1/barriers?kind=connectivity&country=GH');
      return JSON.parse(found.text).contributions.map((one: { id: string }) => one.id);
    };
    // Also where the form still has the kind ticked, and where a program sends only the text.
    const forms: Record<string, string>[] = [{ country: 'GH', barrier: 'connectivity' }, {}];
    for (const fields of forms) {
      const { id, path } = await write();
      await kofi.client.post(path, { barrier: 'connectivity' });
      expect(await counted()).toContain(id);
      const sent = await kofi.client.post(`/p/${id}/edit`, { body: denial, ...fields });
      expect(sent.location).toContain(path);
      expect(await kindsOf(id)).toEqual([]);
      expect(await counted()).not.toContain(id);
      const page = await kofi.client.get(path);
      expect(page.$('input[name=barrier]').first().attr('value')).toBe('none');
      expect(page.$('input[name=barrier]:checked').length).toBe(0);
      await kofi.client.post(path, { barrier: 'connectivity' });
      expect(await counted()).toContain(id);
      // What they have answered stays answered.
      await kofi.client.post(`/p/${id}/edit`, { body: `${denial} Still.`, ...fields });
      expect(await kindsOf(id)).toEqual(['connectivity by author']);
    }
    const { id, path } = await write({ body: denial, barrier: 'connectivity' });
    expect(path).toContain('/about');
    expect(await kindsOf(id)).toEqual([]);
  });

  it('asks about a kind that the text denies where another kind stays, new or edited', async () => {
    const body = 'Connectivity is not a problem here, but a card costs five months of pay.';
    const both = { barrier: ['connectivity', 'cost'], country: 'GH' };
    const written = await write({ body, ...both });
    const { id } = await write();
    await kofi.client.post(`/p/${id}/about`, both);
    const edited = await kofi.client.post(`/p/${id}/edit`, { body: `${body} Still.`, ...both });
    for (const [post, path] of [
      [written.id, written.path],
      [id, edited.location ?? ''],
    ] as const) {
      expect(await kindsOf(post)).toEqual(['cost by author']);
      const page = await kofi.client.get(path.split('#')[0] ?? '');
      expect(page.$('h1').text()).toBe('Is this a barrier for you?');
      const boxes = page.$('input[type=checkbox]');
      expect(boxes.get().map((one) => page.$(one).attr('value'))).toEqual(['connectivity']);
      expect(boxes.filter('[checked]').length).toBe(0);
      const barrier = page
        .$('input[name=barrier]')
        .get()
        .map((one) => page.$(one).attr('value') ?? '');
      await kofi.client.post(page.$('main form').attr('action') ?? '', { barrier });
      expect(new Set(await kindsOf(post))).toEqual(
        new Set(['cost by author', 'connectivity by author']),
      );
      // What is answered is not asked again.
      expect((await kofi.client.get(path.split('#')[0] ?? '')).$('h1').text()).toBe(
        'Do you face one of these?',
      );
    }
  });

  it('asks nothing that the form answered', async () => {
    const none = await write({ barrier: 'none' });
    expect(none.path).toContain('/t/q1/');
    const same = await write({ keyPoint: point });
    expect(same.path).toContain('/t/q1/');
    const joined = await db().select().from(keyPointPosts).where(eq(keyPointPosts.postId, same.id));
    expect(joined).toMatchObject([{ keyPointId: point, saidBy: 'author' }]);
    // The post is published even if there is no such key point.
    const wrong = await write({ keyPoint: 'gone' });
    expect((await row(wrong.id))?.state).toBe('visible');
    // A kind alone does not say whether an earlier report is the same.
    const named = await write({ barrier: 'connectivity' });
    const asked = await kofi.client.get(named.path);
    expect(asked.$('h1').text()).toBe('Do you face one of these?');
    expect(asked.$(`input[value="${point}"]`).length).toBe(1);
    const alone = await write({ barrier: 'cost', country: '' });
    const straight = await kofi.client.get(alone.path);
    expect(straight.location).toMatch(new RegExp(`^/t/q1/.*#p-${alone.id}$`));
    // Nothing is offered for a post without a place.
    const nowhere = await write({ country: '' });
    const skipped = await kofi.client.get(`${nowhere.path}?next=mates`);
    expect(skipped.location).toContain(`#p-${nowhere.id}`);
  });

  it('leaves the questions at the post until they are answered, for its author only', async () => {
    const { id, path } = await write();
    const links = async (client: Client) =>
      (await client.get(`/p/${id}`).then(({ location }) => client.get(location ?? ''))).$(
        `a[href="${path}"]`,
      ).length;
    expect(await links(kofi.client)).toBe(1);
    expect(await links(other.client)).toBe(0);
    await kofi.client.post(path, { barrier: 'cost' });
    expect(await links(kofi.client)).toBe(0);
  });
});

describe('a post about another place than its author’s', () => {
  const lagos = (times: number) => ({
    country: 'DE',
    body: `My brother in Lagos cannot get his papers: the tool was deaf to him ${times} times.`,
  });
  const people = async (country: string) => {
    const url = `/api/v1/barriers?country=${country}&kind=language`;
    return (await (await fetch(causeway.url + url)).json()).figures.people;
  };
  const world = async () =>
    (await (await fetch(`${causeway.url}/api/v1/barriers?kind=language`)).json()).figures.people;

  it('counts for no place until its author says where it happened', async () => {
    const before = { NG: await people('NG'), DE: await people('DE'), world: await world() };
    const { id, path } = await write(lagos(3));
    const page = await kofi.client.get(path);
    const offered = page.$('input[name=happened]').map((_, input) => page.$(input).val());
    expect(offered.get()).toEqual(['NG', 'DE']);
    expect(page.$('#main input:checked').length).toBe(0);

    // The question is skipped, and the kind answered.
    await kofi.client.post(path, { barrier: 'language' });
    expect(await row(id)).toMatchObject({ country: null, region: null, writtenFrom: 'DE' });
    const now = { NG: await people('NG'), DE: await people('DE'), world: await world() };
    expect(now).toEqual({ ...before, world: before.world + 1 });
    const inPage = (await causeway.client().get(`/p/${id}`)).location ?? '';
    const shown = await causeway.client().get(inPage);
    expect(shown.$(`[id="p-${id}"] .byline`).text()).toContain('Germany (about another place)');

    const asked = await kofi.client.get(path);
    expect(asked.$('h1').text()).toBe('Where did this happen?');
    expect((await kofi.client.post(path, { country: 'Atlantis' })).status).toBe(400);
    const answer = await kofi.client.post(path, { happened: 'NG', country: '' });
    expect(answer.location).toBe(`${path}?next=mates`);
    expect(await row(id)).toMatchObject({ country: 'NG', region: '011', writtenFrom: null });
    expect(await people('NG')).toBe(before.NG + 1);
    expect(await people('DE')).toBe(before.DE);
  });

  it('takes a place that is typed before one that is offered', async () => {
    const { id, path } = await write(lagos(4));
    await kofi.client.post(path, { happened: 'DE', country: 'Ivory Coast' });
    expect(await row(id)).toMatchObject({ country: 'CI', writtenFrom: null });
  });

  it('offers its author’s own place again in the next form, and when it is edited', async () => {
    const { id } = await write(lagos(5));
    expect((await kofi.client.get('/threads/new')).$('#country').val()).toBe('Germany');
    const form = await kofi.client.get(`/p/${id}/edit`);
    expect(form.$('#country').val()).toBe('Germany');
    expect(form.$('input[name=elsewhere]').attr('checked')).toBeDefined();
    const body = form.$('#body').text();
    const edit = { body: `${body} Still.`, country: 'Germany', revision: '1' };
    await kofi.client.post(`/p/${id}/edit`, edit);
    expect(await row(id)).toMatchObject({ country: 'DE', region: '155', writtenFrom: null });
  });
});

describe('the forms', () => {
  /** The selected place and industry. */
  const chosen = ($: Answer['$']) =>
    ['#country', '#industry option[selected]'].map((field) => $(field).attr('value'));

  it.each(['/t/q1/biggest-barrier', '/barriers/new', '/threads/new'])(
    'of %s ask for text, place and work in this order, visitors and members alike',
    async (path) => {
      for (const client of [causeway.client(), other.client]) {
        const { $ } = await client.get(path);
        const names = $('form.composer [name]')
          .map((_, field) => $(field).attr('name'))
          .get()
          .filter((name) => ['body', 'country', 'industry', 'barrier', 'email'].includes(name));
        expect(names.slice(0, 3)).toEqual(['body', 'country', 'industry']);
        expect($('form.composer select[required]').length).toBe(0);
        expect($('#industry').text()).toContain('Shop, market or vehicle repair');
      }
    },
  );

  it('remember the place and the work of a member’s last post', async () => {
    await write({ country: 'TG', industry: 'Q' });
    for (const path of ['/t/q1/biggest-barrier', '/barriers/new', '/threads/new']) {
      const { $ } = await kofi.client.get(path);
      expect(chosen($), path).toEqual(['Togo', 'Q']);
    }
  });

  it('remember those of a visitor in a cookie for these pages only', async () => {
    const visitor = causeway.client();
    const said = { body: 'Too dear for us.', country: 'bj', industry: 'P' };
    const sent = await visitor.post('/t/q1', said);
    const cookies = sent.headers.getSetCookie().filter((line) => line.includes('causeway_place'));
    expect(cookies.map((line) => /Path=([^;]+)/.exec(line)?.[1])).toEqual([
      '/t',
      '/p',
      '/key-points',
      '/barriers/new',
      '/threads/new',
      '/subscribe',
    ]);
    const page = await visitor.get('/t/q1/biggest-barrier');
    expect(chosen(page.$)).toEqual(['Benin', 'P']);
    // Another visitor gets the shared page without it.
    const { $ } = await causeway.client().get('/t/q1/biggest-barrier');
    expect([$('#country').val(), $('#industry').val()]).toEqual(['', '']);
    expect((await causeway.client().get('/privacy')).text).toContain('causeway_place');
  });
});

describe('a visitor', () => {
  async function confirmLink(email: string): Promise<string> {
    await runJobs(causeway.app);
    const mails = (await causeway.mails()).filter((one) => [one.to].flat()[0]?.text === email);
    return /\/confirm\/[\w-]+/.exec(mails.at(-1)?.text ?? '')?.[0] ?? '';
  }

  const send = (client: Client, email: string, body: string) =>
    client.post('/t/q1', { body, country: 'GH', email });

  it('gives an email with the text, and gets a handle, no password', async () => {
    const visitor = causeway.client();
    const sent = await send(visitor, 'ama@example.org', 'No signal in the valley.');
    expect(sent.location).toBe('/signup/sent');
    const link = await confirmLink('ama@example.org');
    const [account] = await db().select().from(users).where(eq(users.email, 'ama@example.org'));
    expect(account).toMatchObject({ passwordHash: null, confirmedAt: null });
    expect(account?.handle).toMatch(/^[a-z]+-\d+$/);
    // In the browser that asked for it, opening the link is enough.
    const opened = await visitor.get(link);
    expect(opened.location).toMatch(/^\/p\/\w+\/about#p-/);
    expect((await visitor.get(opened.location ?? '')).status).toBe(200);
  });

  it('must press the button in another browser, which email programs do not', async () => {
    await send(causeway.client(), 'esi@example.org', 'The price of a card is a year of pay.');
    const link = await confirmLink('esi@example.org');
    const elsewhere = causeway.client();
    const page = await elsewhere.get(link);
    expect(page.status).toBe(200);
    expect(page.$('#main form button[type=submit]').length).toBe(1);
    const [before] = await db().select().from(users).where(eq(users.email, 'esi@example.org'));
    expect(before?.confirmedAt).toBeNull();
    expect((await elsewhere.post(link)).location).toContain('/about#p-');
  });

  it('gets the same response and a cookie for an address that has an account', async () => {
    const known = await db().select().from(users).where(eq(users.id, kofi.id));
    const sent = await send(causeway.client(), known[0]?.email ?? '', 'Is this address known?');
    expect(sent.location).toBe('/signup/sent');
    expect(sent.headers.getSetCookie().some((line) => line.startsWith('causeway_link='))).toBe(
      true,
    );
  });

  it('keeps the text of a second spelling for the account of the first', async () => {
    const visitor = causeway.client();
    await send(visitor, 'zola+1@example.org', 'No signal in the first valley of Zola.');
    await send(causeway.client(), 'zola+2@example.org', 'No signal in the second valley of Zola.');
    await visitor.get(await confirmLink('zola+1@example.org'));
    const second = await confirmLink('zola+2@example.org');
    expect((await causeway.client().post(second)).status).toBe(404);
    expect((await visitor.get('/drafts')).text).toContain('the second valley of Zola');
    await deliverMails(causeway.app);
    const mail = (await causeway.mails()).at(-1);
    expect([mail?.to].flat()[0]?.text).toBe('zola+1@example.org');
    expect(mail?.text).toContain('/login?redirectTo=%2Fdrafts');
  });

  it('is one person with all spellings of a mailbox', async () => {
    await send(causeway.client(), 'amina+1@example.org', 'No signal in the first valley.');
    await causeway.client().post(await confirmLink('amina+1@example.org'));
    const peopleNow = async () => (await db().select().from(users)).length;
    const before = await peopleNow();
    const sent = await send(causeway.client(), 'amina+2@example.org', 'No signal in the second.');
    expect(sent.location).toBe('/signup/sent');
    expect(await peopleNow()).toBe(before);
    await deliverMails(causeway.app);
    const to = (await causeway.mails()).map((mail) => [mail.to].flat()[0]?.text);
    expect(to.filter((one) => one?.startsWith('amina'))).toEqual([
      'amina+1@example.org',
      'amina+1@example.org',
    ]);
  });

  it.each([
    ['Côte d’Ivoire', 'Côte d’Ivoire'],
    ['Ivory Coast', 'Côte d’Ivoire'],
    ['غانا', 'Ghana'],
    ['Kano, Nigeria', 'Nigeria'],
    ['Abidjan', 'Côte d’Ivoire'],
    ['West Africa', 'Western Africa'],
  ])('may type the name of the place: %s', async (country, name) => {
    const visitor = causeway.client();
    await visitor.post('/t/q1', { body: `From ${country}`, country });
    const { $ } = await visitor.get('/t/q1/biggest-barrier');
    expect($('#country').attr('value')).toBe(name);
  });

  it.each([
    ['Nigerria', 'Did you mean Nigeria?'],
    ['Congo', 'Did you mean Congo - Kinshasa or Congo - Brazzaville?'],
    ['Atlantis', 'Enter the name of a country or region'],
  ])('is told what was not understood, and what is near: %s', async (country, told) => {
    for (const client of [causeway.client(), other.client]) {
      const sent = await client.post('/t/q1', { body: 'From afar', country });
      expect(sent.status).toBe(400);
      expect(sent.$('#country-error').text()).toContain(`“${country}”. ${told}`);
      expect(sent.$('#country').attr('value')).toBe(country);
      expect(sent.$('#body').text()).toBe('From afar');
    }
  });

  it.each([
    ['en', 'Sengal', 'Yes, Senegal', 'SN'],
    ['fr', 'Ouagadougu', 'Oui, Burkina Faso', 'BF'],
    ['ar', 'السنغل', 'نعم، السنغال', 'SN'],
    ['en', 'Atlantis', 'Leave the place empty', ''],
  ])('may choose what was meant in one press, in %s: %s', async (language, typed, label, code) => {
    const visitor = causeway.client();
    const form = { body: `From ${typed}`, country: typed };
    const read = { 'Accept-Language': language };
    const { $ } = await visitor.post('/t/q1', form, read);
    const button = $('#reply button[name=country]').filter((_, one) => $(one).text() === label);
    expect(button.attr('value')).toBe(code);
    // Browsers send the button that is pressed and the field in the order of the page.
    const order = $('#reply').find('[name=country]').toArray();
    expect(order.at(-1)?.tagName).toBe('input');
    const sent = await visitor.post('/t/q1', { ...form, country: [code, typed] }, read);
    expect(sent.status).toBe(303);
    const drafts = await db().select().from(waitingPosts);
    const kept = drafts.find(({ fields }) => fields.body?.[0] === form.body && fields.country?.[1]);
    expect(kept?.fields.country).toEqual([code, typed]);
  });

  it('keeps what they chose with the place that was meant', async () => {
    const visitor = causeway.client();
    const stance = `/key-points/${point}/stance`;
    const typed = { country: 'Gahna' };
    const asked = await visitor.post(stance, { stance: 'not-here', ...typed });
    expect(asked.$('input[type=hidden][name=stance]').val()).toBe('not-here');
    expect(asked.$('button[name=country][value=GH]').length).toBe(1);
    const face = await visitor.post(`/p/${spoken}/face`, { on: '1', ...typed });
    expect(face.$('input[type=hidden][name=on]').val()).toBe('1');
    expect(face.$('button[name=country][value=GH]').length).toBe(1);
    const settings = await kofi.client.post('/settings', { name: 'Kofi', ...typed });
    expect(settings.$('button[name=country][value=GH]').length).toBe(1);
  });

  it('gets the form back with the text if the address is none', async () => {
    const sent = await send(causeway.client(), 'nonsense', 'Kept words');
    expect(sent.status).toBe(400);
    expect(sent.$('textarea').text()).toBe('Kept words');
    expect(sent.$('#email-error').length).toBe(1);
    expect(sent.$('#country').attr('value')).toBe('Ghana');
  });

  it('without an email there is asked on the next page, with a suggested handle', async () => {
    const visitor = causeway.client();
    const sent = await visitor.post('/t/q1', { body: 'Who pays for it?' });
    const join = await visitor.get(sent.location ?? '');
    expect(join.$('#handle').val()).toMatch(/^[a-z]+-\d+$/);
    expect(join.$('input[type=password]').length).toBe(0);
  });
});
