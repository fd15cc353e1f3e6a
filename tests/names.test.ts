import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { users } from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import type { Answer, Client } from './support/client';
import { addMember, addPost, addThread, type Member } from './support/community';

let causeway: TestCauseway;
let mona: Member;
let ada: Member;
let thread: { id: string; path: string; openingId: string };
let postId: string;

/** A name that an account had before the rules: it stays, and deceives nobody. */
const OLD_NAME = 'Moderator';

beforeAll(async () => {
  causeway = await startTestCauseway({ HOLD_FIRST_POSTS: '0' });
  mona = await addMember(causeway, 'mona', { role: 'moderator', name: 'Mona Haddad' });
  ada = await addMember(causeway, 'ada', { name: OLD_NAME });
  thread = await addThread(causeway, mona, 'Where people are named');
  postId = await addPost(causeway, ada, thread.id, 'Electricity costs too much here', {
    country: 'NG',
    region: '011',
    barriers: ['cost'],
  });
  await addPost(causeway, mona, thread.id, 'Thank you for telling us this', {
    parentId: postId,
    replyToId: postId,
  });
});
afterAll(() => causeway.close());

/** Names as they are shown: what stands in the name, beside it, and as a role. */
function named({ $ }: Answer) {
  return $('.author')
    .toArray()
    .map((link) => {
      const beside = $(link).parent();
      return [$(link).text(), beside.find('.handle').text(), beside.find('.role').text()].join('|');
    });
}

describe('a name is shown with its handle, and with the mark of a role', () => {
  it.each(['thread', '/', '/search?q=electricity', 'embed', '/regions/011', 'revisions', 'face'])(
    'on %s',
    async (page) => {
      const path =
        {
          thread: thread.path,
          embed: `/embed/t/${thread.id}`,
          revisions: `/p/${postId}/revisions`,
          face: `/p/${postId}/face`,
        }[page] ?? page;
      const shown = named(await causeway.client().get(path));
      expect(shown).toContain(`${OLD_NAME}|@ada|`);
      for (const one of shown) {
        expect([`${OLD_NAME}|@ada|`, 'Mona Haddad|@mona|Moderator']).toContain(one);
      }
    },
  );

  it('on the pages of bookmarks and of the person', async () => {
    await mona.client.post(`/p/${postId}/bookmark`, { on: '1' });
    const kept = await mona.client.get('/bookmarks');
    expect(named(kept)).toEqual([`${OLD_NAME}|@ada|`]);
    expect(kept.text).toContain(`${OLD_NAME} (@ada)`);
    const profile = (await causeway.client().get('/u/mona')).$('main');
    expect(profile.find('.handle').text()).toBe('@mona');
    expect(profile.find('.role').text()).toBe('Moderator');
    expect((await causeway.client().get('/u/ada')).$('main .role').length).toBe(0);
  });

  it('in feeds, the API and its tables', async () => {
    const feed = (await causeway.client().get(`${thread.path.split('/', 3).join('/')}/feed.xml`))
      .text;
    expect(feed).toContain(`<name>${OLD_NAME} (@ada)</name>`);
    const api = JSON.parse((await causeway.client().get(`/api/v1/threads/${thread.id}`)).text);
    expect(JSON.stringify(api)).toContain(`"handle":"ada","name":"${OLD_NAME}"`);
    expect((await causeway.client().get('/barriers/contributions.csv')).text).toContain(
      `ada,${OLD_NAME}`,
    );
  });

  it('where a post is answered or quoted', async () => {
    const answering = await ada.client.get(`${thread.path}?replyTo=${postId}`);
    expect(answering.$('#write').text()).toContain(`${OLD_NAME} (@ada)`);
    const quoting = await ada.client.get(`${thread.path}?quote=${postId}`);
    expect(quoting.$('textarea[name=body]').text()).toContain('@ada');
  });
});

describe('an account from before the rules', () => {
  it('keeps its name, and can save the rest of its settings', async () => {
    const answer = await ada.client.post('/settings', { name: OLD_NAME, country: 'NG' });
    expect(answer.status).toBe(303);
    const [row] = await causeway.app.db.reader.select().from(users).where(eq(users.id, ada.id));
    expect(row).toMatchObject({ name: OLD_NAME, country: 'NG' });
    expect((await ada.client.post('/settings', { name: 'Moderators' })).status).toBe(422);
  });
});

describe('every text', () => {
  const hidden = '\u200b\u3164\u2800\uffa0\u{e0041}\u202e\ufe0f';

  it('is nothing where nothing of it is seen', async () => {
    const unseen = ['\u200b', '\u0301', '\ufffc', '\ue000', '\u{f0000}'].map((one) =>
      one.repeat(9),
    );
    for (const title of [hidden.repeat(3), ...unseen]) {
      const answer = await ada.client.post('/threads/new', { title, body: 'Words' });
      expect(answer.status).toBe(400);
    }
    for (const [path, field] of [
      ['/settings', 'name'],
      ['/modmail', 'subject'],
    ] as const) {
      const fields = { subject: 'A subject', body: 'A message', [field]: hidden };
      expect((await ada.client.post(path, fields)).status, path).toBe(400);
    }
  });

  it.each([
    ['post', 'body'],
    ['modmail', 'body'],
    ['legal notice', 'explanation'],
    ['note about a person', 'note'],
  ])('in a %s is refused if nothing of it is seen', async (where, field) => {
    const [client, path, fields] = {
      post: [ada.client, thread.path, {}],
      modmail: [ada.client, '/modmail', { subject: 'A subject' }],
      'legal notice': [
        causeway.client(),
        '/report',
        { location: `/p/${postId}`, name: 'Bo', email: 'bo@example.org', goodFaith: '1' },
      ],
      'note about a person': [mona.client, '/mod/people/ada/record', { action: 'note' }],
    }[where] as [Client, string, Record<string, string>];
    const answer = (text: string) => client.post(path, { ...fields, [field]: text });
    expect((await answer('\u200b\n\u3164\u2800')).status).toBe(400);
    expect((await answer('Something that is seen')).status).toBe(303);
  });

  it('is stored without what is not seen', async () => {
    const title = `A ${hidden}title that\u2028 is long\u00ad enough`;
    const { location } = await ada.client.post('/threads/new', { title, body: 'Words' });
    const page = await ada.client.get(location ?? '');
    expect(page.$('h1').text()).toBe('A title that is long enough');
    const edit = { body: 'Other words', reason: `Clearer${hidden}` };
    causeway.clock.advance(3_600_000);
    await ada.client.post(`/p/${postId}/edit`, edit);
    const revisions = await causeway.client().get(`/p/${postId}/revisions`);
    expect(revisions.text).toContain('Clearer');
    expect(revisions.text).not.toMatch(/[\u200b\u3164\u2800\uffa0\u{e0041}\u202e]/u);
  });
});
