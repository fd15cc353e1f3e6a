import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { purgeRequests } from '~/domain/subscriptions/subscriptions';
import { DAY, MINUTE, SECOND } from '~/platform/clock';
import { deliverMails } from '~/platform/mail/deliver';
import { mails, subscriptionScopes, subscriptions } from '~db/schema';
import { type TestCauseway, useCauseway } from './support/causeway';

const FORM = {
  email: 'Reader@Example.org',
  scope: ['world', 'NG'],
  pillar: 'education',
  frequency: 'weekly',
  language: 'en',
};

/** Sends the outbox and returns the path in the newest email. */
async function mailedPath(causeway: TestCauseway): Promise<string> {
  await deliverMails(causeway.app);
  const mail = (await causeway.mails()).at(-1);
  const link = /http:\/\/\S+\/subscriptions\/\S+/.exec(mail?.text ?? '')?.[0] ?? '';
  return link.replace(causeway.config.origin, '').replace(/\?from=.*/, '');
}

/** Creates a confirmed subscription; returns its path. */
async function subscribed(causeway: TestCauseway, fields: Record<string, string | string[]> = {}) {
  const client = causeway.client();
  // So that the newest email can be identified by its time.
  causeway.clock.advance(SECOND);
  await client.post('/subscribe', { ...FORM, ...fields });
  const path = await mailedPath(causeway);
  await client.post(path, { action: 'confirm' });
  return path;
}

async function rows({ app }: TestCauseway) {
  return app.db.reader.select().from(subscriptions);
}

async function countMails({ app }: TestCauseway) {
  return (await app.db.reader.select().from(mails)).length;
}

describe('the form', () => {
  it('offers places in one list and preselects the requested ones', async () => {
    const causeway = await useCauseway();
    const page = await causeway.client().get('/subscribe?scope=011&scope=ng&scope=nowhere');
    expect(page.status).toBe(200);
    const ticked = page.$('input[name=scope][checked]').map((_, box) => page.$(box).val());
    expect(ticked.get().sort()).toEqual(['011', 'NG']);
    expect(page.$('#another option[selected]').val()).toBe('');
    const chosen = async (query: string) => {
      const fresh = await causeway.client().get(`/subscribe${query}`);
      expect(fresh.$('input[type=checkbox][name=scope]').length).toBe(0);
      const codes = fresh.$('#scope option').map((_, option) => fresh.$(option).val());
      expect(codes.get()).toEqual(expect.arrayContaining(['world', '011', 'NG']));
      return fresh.$('#scope option[selected]').val();
    };
    expect(await chosen('')).toBe('world');
    expect(await chosen('?scope=011')).toBe('011');
    const visitor = causeway.client();
    visitor.cookies.set('causeway_place', 'KE.Q');
    expect((await visitor.get('/subscribe')).$('#scope option[selected]').val()).toBe('KE');
  });

  it.each<[string, { email?: string; scope?: string[] } & Record<string, string | string[]>]>([
    ['email', { email: 'reader@' }],
    ['email', { email: 'a@example.org, b@example.org' }],
    ['scope', { scope: [] }],
    ['scope', { scope: ['atlantis'] }],
    ['frequency', { frequency: 'hourly' }],
    ['pillar', { pillar: 'gold' }],
    ['language', { language: 'xx' }],
  ])('says at %s what is wrong and keeps what was typed', async (field, wrong) => {
    const causeway = await useCauseway();
    const page = await causeway.client().post('/subscribe', { ...FORM, scope: 'NG', ...wrong });
    expect(page.status).toBe(400);
    expect(page.$(`#${field}-error`).text()).not.toBe('');
    expect(page.$('input[name=email]').val()).toBe(wrong.email ?? FORM.email);
    if (!wrong.scope) expect(page.$('#scope option[value=NG]').attr('selected')).toBeDefined();
    expect(await countMails(causeway)).toBe(0);
  });

  it('is in the language of the visitor', async () => {
    const causeway = await useCauseway();
    const page = await causeway.client().get('/subscribe', { 'Accept-Language': 'ar' });
    expect(page.$('html').attr('dir')).toBe('rtl');
    expect(page.$('select[name=language] option[selected]').val()).toBe('ar');
  });
});

describe('double opt-in', () => {
  it('sends one email, and the subscription starts with its button', async () => {
    const causeway = await useCauseway();
    const client = causeway.client();
    const answer = await client.post('/subscribe', FORM);
    expect(answer.status).toBe(303);
    expect(answer.location).toBe('/subscribe/sent');
    const sent = await client.get('/subscribe/sent');
    expect(sent.$('.lead').text()).toContain('We sent a link to R…@example.org.');

    const path = await mailedPath(causeway);
    const [mail] = await causeway.mails();
    expect([mail?.to].flat()[0]?.text).toBe('Reader@example.org');
    expect(mail?.text).toContain('about the world and Nigeria.');
    expect(mail?.html).toContain(path);

    const elsewhere = causeway.client();
    const page = await elsewhere.get(path);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Reader@example.org');
    expect(page.$('meta[name=robots]').attr('content')).toBe('noindex');
    await elsewhere.get(path);
    expect((await rows(causeway))[0]?.state).toBe('pending');

    const confirmed = await elsewhere.post(path, { action: 'confirm' });
    expect(confirmed.status).toBe(303);
    expect((await elsewhere.get(confirmed.location ?? '')).$('[role=status]').length).toBe(1);
    expect(await rows(causeway)).toMatchObject([
      { state: 'active', confirmedAt: causeway.clock.now(), emailKey: 'reader@example.org' },
    ]);
  });

  it('starts when a person opens the link in the browser that asked for it', async () => {
    const causeway = await useCauseway();
    const client = causeway.client();
    await client.post('/subscribe', FORM);
    const path = await mailedPath(causeway);
    await client.get(path, { 'Sec-Purpose': 'prefetch' });
    // A browser that asked for another address is another browser.
    const other = causeway.client();
    await other.post('/subscribe', { ...FORM, email: 'other@example.org' });
    expect((await other.get(path)).status).toBe(200);
    expect((await rows(causeway)).map(({ state }) => state)).toEqual(['pending', 'pending']);
    const opened = await client.get(path);
    expect([opened.status, opened.location]).toEqual([303, `${path}?done=confirm`]);
    expect((await client.get(opened.location ?? '')).$('[role=status]').length).toBe(1);
    const states = new Map((await rows(causeway)).map((row) => [row.email, row.state]));
    expect(states.get('Reader@example.org')).toBe('active');
    expect(states.get('other@example.org')).toBe('pending');
  });

  it('starts when a press opens the link in another browser of the same network', async () => {
    const causeway = await useCauseway({ TRUST_PROXY: '1' });
    const home = { 'X-Forwarded-For': '192.0.2.7' };
    await causeway.client().post('/subscribe', FORM, home);
    await deliverMails(causeway.app);
    const link = /\/subscriptions\/\S+\?from=\S+/.exec(
      (await causeway.mails())[0]?.text ?? '',
    )?.[0];
    if (!link) throw new Error('no network in the link');
    const [path = ''] = link.split('?');
    const press = { 'Sec-Fetch-Dest': 'document', 'Sec-Fetch-User': '?1' };
    const open = (at: string, headers: Record<string, string>) =>
      causeway.client().get(at, headers);
    // A program that checks links: from elsewhere, without a press, or beforehand.
    await open(link, { ...press, 'X-Forwarded-For': '198.51.100.7' });
    await open(link, home);
    await open(link, { ...press, ...home, 'Sec-Purpose': 'prefetch' });
    await open(path, { ...press, ...home });
    await open(`${path}?from=192.0.2.7`, { ...press, ...home });
    expect((await rows(causeway))[0]?.state).toBe('pending');
    expect((await open(link, { ...press, ...home })).location).toBe(`${path}?done=confirm`);
    expect((await rows(causeway))[0]?.state).toBe('active');
  });

  it('needs the button where a proxy that is not trusted hides the networks', async () => {
    const causeway = await useCauseway();
    const forwarded = { 'X-Forwarded-For': '192.0.2.7' };
    await causeway.client().post('/subscribe', FORM, forwarded);
    await deliverMails(causeway.app);
    const link = /\/subscriptions\/\S+/.exec((await causeway.mails())[0]?.text ?? '')?.[0] ?? '';
    const press = { 'Sec-Fetch-Dest': 'document', 'Sec-Fetch-User': '?1' };
    await causeway.client().get(link, { ...press, ...forwarded });
    expect((await rows(causeway))[0]?.state).toBe('pending');
  });

  it('gives the same response for a new, a waiting and a known address, and sends one email a day', async () => {
    const causeway = await useCauseway();
    const ask = () => causeway.client().post('/subscribe', FORM);
    const fresh = await ask();
    const waiting = await ask();
    const path = await mailedPath(causeway);
    expect(await countMails(causeway)).toBe(1);
    await causeway.client().post(path, { action: 'confirm' });
    const known = await ask();
    for (const answer of [waiting, known]) {
      expect([answer.status, answer.location, answer.text, answer.headers.getSetCookie()]).toEqual([
        fresh.status,
        fresh.location,
        fresh.text,
        fresh.headers.getSetCookie(),
      ]);
    }
    expect(await countMails(causeway)).toBe(1);
  });

  it('reminds a known address of its subscription and changes nothing', async () => {
    const causeway = await useCauseway();
    const path = await subscribed(causeway);
    causeway.clock.advance(DAY);
    await causeway.client().post('/subscribe', { ...FORM, scope: ['KE'], language: 'fr' });
    const reminded = await mailedPath(causeway);
    expect(reminded).toBe(`${path}?scope=KE`);
    expect((await causeway.mails()).at(-1)?.subject).toBe('You already get digests from Causeway');
    const scopes = await causeway.app.db.reader.select().from(subscriptionScopes);
    expect(scopes.map(({ scope }) => scope).sort()).toEqual(['NG', 'world']);
    const page = await causeway.client().get(reminded);
    expect(page.$('input[name=scope][value=KE]').attr('checked')).toBeDefined();
  });

  it('limits the number of addresses per network', async () => {
    const causeway = await useCauseway();
    for (let n = 0; n < 30; n += 1) {
      await causeway.client().post('/subscribe', { ...FORM, email: `reader${n}@example.org` });
    }
    const answer = await causeway.client().post('/subscribe', FORM);
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(answer.$('input[name=email]').val()).toBe(FORM.email);
    expect(await countMails(causeway)).toBe(30);
  });

  it('deletes unconfirmed requests', async () => {
    const causeway = await useCauseway();
    await causeway.client().post('/subscribe', FORM);
    const path = await mailedPath(causeway);
    causeway.clock.advance(7 * DAY);
    await causeway.app.db.write((tx) => purgeRequests(tx, causeway.clock));
    expect(await rows(causeway)).toEqual([]);
    expect((await causeway.client().get(path)).status).toBe(404);
  });
});

describe('a subscription', () => {
  it('opens to its own link only', async () => {
    const causeway = await useCauseway();
    expect((await causeway.client().get('/subscriptions/01abc.xyz')).status).toBe(404);
    const path = await subscribed(causeway);
    const other = await subscribed(causeway, { email: 'other@example.org' });
    const [id = ''] = path.split('.');
    const [, signature = ''] = other.split('.');
    for (const wrong of [`${id}.${signature}`, id, `${path}x`, path.slice(0, -1)]) {
      const page = await causeway.client().get(wrong);
      expect(page.status, wrong).toBe(404);
      expect(page.$('h1').length, wrong).toBe(1);
      expect((await causeway.client().post(wrong, { action: 'unsubscribe' })).status).toBe(404);
      expect(
        (await causeway.client().post(`${wrong}/unsubscribe`, { 'List-Unsubscribe': 'One-Click' }))
          .status,
      ).toBe(404);
    }
    expect((await rows(causeway)).map((row) => row.state)).toEqual(['active', 'active']);
  });

  it('can be given other places, topics, times and language', async () => {
    const causeway = await useCauseway();
    const path = await subscribed(causeway);
    const client = causeway.client();
    const before = await client.get(path);
    expect(before.$('input[name=pillar][checked]').val()).toBe('education');
    const answer = await client.post(path, {
      action: 'update',
      scope: ['202', 'GH', ''],
      frequency: 'monthly',
      language: 'ar',
    });
    expect(answer.status).toBe(303);
    const page = await client.get(answer.location ?? '');
    expect(page.$('[role=status]').text()).toBe('Saved.');
    const ticked = page.$('input[name=scope][checked]').map((_, box) => page.$(box).val());
    expect(ticked.get().sort()).toEqual(['202', 'GH']);
    expect(page.$('input[name=pillar][checked]').length).toBe(0);
    expect(page.$('input[name=frequency][checked]').val()).toBe('monthly');
    expect(page.$('select[name=language] option[selected]').val()).toBe('ar');

    const wrong = await client.post(path, { action: 'update', frequency: 'monthly' });
    expect(wrong.status).toBe(400);
    expect(wrong.$('#scope-error').text()).toBe('Choose at least one place.');
  });

  it('ends permanently by the button, and its address is erased', async () => {
    const causeway = await useCauseway();
    const path = await subscribed(causeway);
    const client = causeway.client();
    const answer = await client.post(path, { action: 'unsubscribe' });
    expect(answer.status).toBe(303);
    expect((await client.get(answer.location ?? '')).$('h1').text()).toBe('You are unsubscribed');
    const left = { state: 'left', email: null, emailKey: null, leftAt: causeway.clock.now() };
    expect(await rows(causeway)).toMatchObject([left]);
    causeway.clock.advance(MINUTE);
    await client.post(path, { action: 'unsubscribe' });
    await client.post(path, { action: 'confirm' });
    await client.post(path, { action: 'update', scope: 'GH', frequency: 'weekly' });
    expect(await rows(causeway)).toMatchObject([left]);

    causeway.clock.advance(DAY);
    const again = await subscribed(causeway);
    expect(again).not.toBe(path);
    const active = await causeway.app.db.reader
      .select()
      .from(subscriptions)
      .where(eq(subscriptions.state, 'active'));
    expect(active).toHaveLength(1);
  });

  it('is not ended by following the link, which leads to one button', async () => {
    const causeway = await useCauseway();
    const path = await subscribed(causeway);
    const answer = await causeway.client().get(`${path}/unsubscribe`);
    expect(answer.status).toBe(302);
    expect(answer.location).toBe(`${path}?leave`);
    const asked = await causeway.client().get(answer.location ?? '');
    expect(
      asked
        .$('main button')
        .map((_, one) => asked.$(one).val())
        .get(),
    ).toEqual(['unsubscribe']);
    expect(asked.$('main select, main input').length).toBe(0);
    expect(asked.$(`main a[href="${path}"]`).length).toBe(1);
    const page = await causeway.client().get(path);
    expect(page.$('#leave button[value=unsubscribe]').length).toBe(1);
    expect((await rows(causeway))[0]?.state).toBe('active');
  });

  it.each([
    ['a form', () => new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })],
    [
      'a multipart form',
      () => {
        const form = new FormData();
        form.set('List-Unsubscribe', 'One-Click');
        return form;
      },
    ],
  ])('is ended by one click in an email program, sent as %s', async (_as, body) => {
    const causeway = await useCauseway();
    const path = await subscribed(causeway);
    const address = `${causeway.url}${path}/unsubscribe`;
    const click = () =>
      fetch(address, {
        method: 'POST',
        body: body(),
        headers: { Origin: 'https://mail.example', 'Sec-Fetch-Site': 'cross-site' },
        redirect: 'manual',
      });
    const empty = await fetch(address, { method: 'POST' });
    expect(empty.status).toBe(400);
    expect((await rows(causeway))[0]?.state).toBe('active');
    for (const _time of ['first', 'again']) {
      const answer = await click();
      expect(answer.status).toBe(200);
      expect(answer.headers.get('Content-Type')).toBe('text/plain; charset=utf-8');
      expect(answer.headers.get('Set-Cookie')).toBeNull();
      expect(await answer.text()).toBe('You are unsubscribed.\n');
    }
    expect((await rows(causeway))[0]?.state).toBe('left');
  });
});
