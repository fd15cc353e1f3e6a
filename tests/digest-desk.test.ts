import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildDigest, publishDigest } from '~/domain/digests/digests';
import { DAY } from '~/platform/clock';
import {
  caseCauses,
  digestErrata,
  digests,
  subscriptionPillars,
  subscriptionScopes,
  subscriptions,
} from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import type { Answer } from './support/client';
import { addMember, addPost, addThread, type Member } from './support/community';
import { runJobs } from './support/jobs';

const FACTS = {
  country: 'KE',
  region: '014',
  barriers: ['cost' as const],
  pillars: ['education' as const],
};
const WORDS = [
  'Every month the bill for one card eats the seed money of our whole cooperative.',
  'We cannot pay for the marigold transformer any longer, since the price doubled.',
  'The licence costs more than a teacher earns here in half a year of work.',
  'Our clinic has no way to pay, because no bank card of ours is taken abroad.',
  'A subscription in dollars is beyond what a small firm in Nakuru can afford.',
];

describe('a digest, from draft to correction', () => {
  let causeway: TestCauseway;
  let mona: Member;
  let authors: Member[];
  const posts: string[] = [];
  let desk: string;

  beforeAll(async () => {
    causeway = await startTestCauseway({ DIGEST_MIN_AUTHORS: '1' });
    mona = await addMember(causeway, 'mona', { role: 'moderator' });
    const thread = await addThread(causeway, mona, 'What stands in your way?');
    authors = [];
    for (const [at, body] of WORDS.entries()) {
      causeway.clock.set(`2026-10-1${at}T09:00:00Z`);
      const author = await addMember(causeway, `author${at}`);
      authors.push(author);
      posts.push(await addPost(causeway, author, thread.id, body, FACTS));
    }
    causeway.clock.set('2026-11-02T09:00:00Z');
    return () => causeway.close();
  }, 180_000);

  /** Returns the page and the fields of its forms, as the moderator sees it. */
  async function seen(): Promise<{ page: Answer; fields: { seen: string; key: string } }> {
    const page = await mona.client.get(desk);
    const value = (name: string) => String(page.$(`input[name=${name}]`).first().val());
    return { page, fields: { seen: value('seen'), key: value('key') } };
  }

  const quoted = (page: Answer) =>
    page
      .$('.lead-quotes blockquote, #cost blockquote')
      .map((_, one) => page.$(one).text())
      .get();

  const errata = async () => causeway.app.db.reader.select().from(digestErrata);

  it('is drafted by schedule once its period is over, and once only', async () => {
    // For places combined with pillars, only subscribed topics are drafted.
    await causeway.app.db.write(async (tx) => {
      const email = 'reader@example.org';
      const reader = { id: 'reader', email, emailKey: email, language: 'en', createdAt: 0 };
      await tx.insert(subscriptions).values({ ...reader, frequency: 'monthly', state: 'active' });
      await tx.insert(subscriptionScopes).values({ subscriptionId: 'reader', scope: '014' });
      await tx
        .insert(subscriptionPillars)
        .values({ subscriptionId: 'reader', pillar: 'education' });
    });
    for (let round = 0; round < 4; round += 1) await runJobs(causeway.app);
    const rows = await causeway.app.db.reader.select().from(digests);
    const scopes = rows.filter(({ period }) => period === '2026-10').map(({ scope }) => scope);
    expect(scopes.sort()).toEqual(['002', '014', '014~education', '202', 'KE', 'world']);
    const page = await mona.client.get('/mod/digests');
    desk = page.$('[aria-labelledby=drafts-title] a:contains("Kenya")').attr('href') ?? '';
    expect(desk).toMatch(/^\/mod\/digests\/./);
  });

  it('offers alternatives to a quote, and accepts only those', async () => {
    const { page, fields } = await seen();
    const [first = ''] = quoted(page);
    const swap = await mona.client.get(
      page.$('.tools a[href*="swap="]').first().attr('href') ?? '',
    );
    const offered = swap.$('.swap input[name=by]');
    expect(offered.length).toBeGreaterThan(0);
    const chosen = offered.first();
    const words = chosen.parent().find('bdi').text();
    expect(quoted(page)).not.toContain(words);
    const quote = String(swap.$('.swap input[name=quote]').val());

    const invented = { ...fields, action: 'swap-quote', quote, by: `${posts[0]}:3` };
    expect((await mona.client.post(desk, { ...invented, key: 'other' })).status).toBe(422);
    const made = await mona.client.post(desk, { ...invented, by: String(chosen.val()) });
    expect(made.status).toBe(303);
    const after = await seen();
    expect(quoted(after.page)).toContain(words);
    expect(quoted(after.page)).not.toContain(first);
    // Sent twice, it has an effect once.
    const again = await mona.client.post(desk, { ...invented, by: String(chosen.val()) });
    expect([again.status, again.location]).toEqual([303, made.location]);
    expect((await seen()).fields.seen).toBe(after.fields.seen);
  });

  it('moves and drops quotes, without overwriting another editor', async () => {
    const { page, fields } = await seen();
    const [one = '', two = ''] = quoted(page);
    const ref = String(
      page.$('.lead-quotes .tools, #cost .tools').eq(1).find('input[name=quote]').val(),
    );
    const raise = { ...fields, action: 'raise-quote', quote: ref };
    expect((await mona.client.post(desk, raise)).status).toBe(303);
    const raised = await seen();
    expect(quoted(raised.page).slice(0, 2)).toEqual([two, one]);
    // The form of another editor, opened before this change.
    const stale = await mona.client.post(desk, { ...raise, key: 'stale', action: 'drop-quote' });
    expect(stale.status).toBe(422);
    expect(stale.$('[role=alert]').text()).toContain('in the meantime');

    const dropped = { ...raised.fields, action: 'drop-quote', quote: ref };
    expect((await mona.client.post(desk, dropped)).status).toBe(303);
    const { page: last } = await seen();
    expect(quoted(last)).not.toContain(two);
    expect(last.$('#changes-since').parent().text()).toContain('removed 2 quotes');
    expect(last.$('del').text()).toContain(two.slice(0, 20));
  });

  it('is published with a signed note, at its own URL', async () => {
    const { fields } = await seen();
    const note = { ...fields, action: 'note', text: 'Read this beside the price list.\n<b>!</b>' };
    expect((await mona.client.post(desk, note)).status).toBe(303);
    const { fields: now } = await seen();
    expect(now.seen).not.toBe(fields.seen);
    expect((await mona.client.post(desk, { ...now, action: 'publish' })).status).toBe(303);
    const page = await causeway.client().get('/digests/KE/2026-10/v/1');
    expect(page.status).toBe(200);
    expect(page.$('.editors-note').text()).toContain('<b>!</b>');
    expect(page.$('.editors-note').text()).toContain('mona');
    expect(page.$('#versions').parent().text()).toContain('An editor removed');
    const data = JSON.parse((await causeway.client().get('/digests/KE/2026-10/v/1.json')).text);
    expect(data).toMatchObject({
      contentHash: now.seen,
      editorsNote: { signedBy: 'mona' },
      edited: { quotesPutIn: 1 },
      errata: [],
    });
    expect(data.url).toBe(`${causeway.config.origin}/digests/KE/2026-10/v/1`);
    // No draft is left to preview.
    const preview = await mona.client.get(`${desk}/preview`);
    expect([preview.status, preview.location]).toEqual([303, '/digests/KE/2026-10/v/1']);
  });

  it('notifies the people it quotes, once, and lets them object', async () => {
    const reader = causeway.client();
    const page = await reader.get('/digests/KE/2026-10');
    const cited = page.$('#cost figure .signed a').first().attr('href') ?? '';
    const at = posts.findIndex((id) => cited === `/p/${id}`);
    const author = authors[at] as Member;
    const told = await author.client.get('/notifications');
    expect(told.$(`a[href="${cited}/quoted"]`).length).toBe(1);
    const other = authors[(at + 1) % authors.length] as Member;
    expect((await other.client.get(`${cited}/quoted`)).status).toBe(404);

    const form = await author.client.get(`${cited}/quoted`);
    const digest = String(form.$('input[name=digest]').first().val());
    const empty = await author.client.post(`${cited}/quoted`, { digest, body: ' ' });
    expect(empty.status).toBe(400);
    const theft = { digest, body: 'Mine!' };
    expect((await other.client.post(`${cited}/quoted`, theft)).status).toBe(404);
    const body = 'Without the sentence before, it says the opposite.';
    expect((await author.client.post(`${cited}/quoted`, { digest, body })).status).toBe(303);
    const causes = await causeway.app.db.reader
      .select()
      .from(caseCauses)
      .where(eq(caseCauses.cause, 'dispute'));
    expect(causes).toHaveLength(1);
    const matter = await mona.client.get(`/mod/cases/${causes[0]?.caseId}`);
    expect(matter.text).toContain(body);

    const dispute = String(matter.$('input[name=dispute]').val());
    const published = matter.$('form:has(input[name=dispute])').attr('action') ?? '';
    const granted = { action: 'accept', dispute, answer: 'You are right.' };
    expect((await mona.client.post(published, granted)).status).toBe(303);
    expect((await mona.client.post(published, { ...granted, key: 'b' })).status).toBe(422);
    const after = await reader.get('/digests/KE/2026-10');
    expect(after.$(`figure a[href="${cited}"]`).length).toBe(0);
    expect(after.$('#errata').parent().text()).toContain('objected');
    const answer = await author.client.get(`${cited}/quoted`);
    expect(answer.text).toContain('You are right.');
    // It is not quoted when the digest is composed again either.
    const { id } = await buildDigest(causeway.app, 'KE', '2026-10');
    await publishDigest(causeway.app, id, null);
    const again = await reader.get('/digests/KE/2026-10');
    expect(again.$(`figure a[href="${cited}"]`).length).toBe(0);
  });

  it('shows an erratum at once, and viewing changes nothing', async () => {
    const reader = causeway.client();
    const page = await reader.get('/digests/KE/2026-10');
    const cited = page.$('#cost figure .signed a').first().attr('href') ?? '';
    const words = page.$('#cost blockquote').first().text();
    const author = authors[posts.findIndex((id) => cited === `/p/${id}`)] as Member;
    const before = (await errata()).length;
    expect((await author.client.post(`${cited}/delete`)).status).toBe(303);
    for (const path of ['', '.json', '.csv', '/v/2']) {
      expect((await reader.get(`/digests/KE/2026-10${path}`)).text).not.toContain(
        words.slice(0, 30),
      );
    }
    const shown = await reader.get('/digests/KE/2026-10');
    expect(shown.$('#errata').parent().text()).toContain('2 November 2026');
    expect((await errata()).length).toBe(before);

    causeway.clock.advance(DAY);
    await runJobs(causeway.app);
    expect((await errata()).length).toBeGreaterThan(before);
    const corrected = await reader.get('/digests/KE/2026-10');
    expect(corrected.$('.page-head').text()).toContain('Version 3');
    expect(corrected.$('.page-head').text()).toContain('corrects version 2');
    expect(corrected.$('#errata').length).toBe(0);
    const older = await reader.get('/digests/KE/2026-10/v/2');
    expect(older.$('.page-head .notice').text()).toContain('Version 3 corrects it');
    expect(older.$('#errata').parent().text()).toContain('2 November 2026');
    // It is corrected only once.
    await runJobs(causeway.app);
    expect((await reader.get('/digests/KE/2026-10/v/4')).status).toBe(404);

    // A quote restored by its author may be shown again.
    expect((await author.client.post(`${cited}/delete`, { restore: '1' })).status).toBe(303);
    await runJobs(causeway.app);
    const restored = await reader.get('/digests/KE/2026-10/v/2');
    expect(restored.text).toContain(words.slice(0, 30));
    expect(restored.$('#errata').parent().text()).toContain('shown again');
  });
});
