import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { fillSkeletons } from '~/domain/accounts/users/accounts';
import { buildDigest, publishDigest } from '~/domain/digests/digests';
import { sendDueDigests } from '~/jobs/mail';
import { posts, subscriptionScopes, subscriptions, users } from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, addPost, addThread, type Member } from './support/community';

const WORDS = 'The clinic software cannot read the cards that our patients bring in Hindi.';

describe('the signature of a quote', () => {
  let causeway: TestCauseway;
  let meena: Member;
  let post: string;

  beforeAll(async () => {
    causeway = await startTestCauseway({ DIGEST_MIN_AUTHORS: '1' });
    const mona = await addMember(causeway, 'mona', { role: 'moderator' });
    const thread = await addThread(causeway, mona, 'What stands in your way?');
    causeway.clock.set('2026-10-12T09:00:00Z');
    meena = await addMember(causeway, 'meena7', { name: 'Meena' });
    const facts = {
      country: 'IN',
      region: '034',
      industry: 'Q' as const,
      barriers: ['language' as const],
    };
    post = await addPost(causeway, meena, thread.id, WORDS, facts);
    causeway.clock.set('2026-11-02T09:00:00Z');
    await causeway.app.db.write(async (tx) => {
      const email = 'reader@example.org';
      const reader = { id: 'reader', email, emailKey: email, language: 'fr', createdAt: 0 };
      await tx.insert(subscriptions).values({ ...reader, frequency: 'monthly', state: 'active' });
      await tx.insert(subscriptionScopes).values({ subscriptionId: 'reader', scope: '034' });
    });
    const { id } = await buildDigest(causeway.app, '034', '2026-10');
    await publishDigest(causeway.app, id, null);
    return () => causeway.close();
  }, 180_000);

  const captions = async (language = 'en') => {
    const client = causeway.client();
    const page = await client.get('/digests/034/2026-10', { 'accept-language': language });
    return page.$('figcaption').text();
  };
  const data = async (ending: string) =>
    (await causeway.client().get(`/digests/034/2026-10${ending}`)).text;
  const rename = (name: string | null) =>
    causeway.app.db.write((tx) => tx.update(users).set({ name }).where(eq(users.id, meena.id)));

  it('names the author as threads do, their work and their place, in every format', async () => {
    expect(await captions()).toBe('Meena, in health or social care, India, 12 October 2026');
    expect(await captions('ar')).toContain('Meena، في الصحة أو الرعاية الاجتماعية، الهند، ');
    const { leadQuotes = [], barriers } = JSON.parse(await data('.json'));
    const [quote] = [...leadQuotes, ...barriers.flatMap((one: { quotes: [] }) => one.quotes)];
    expect(quote).toMatchObject({ name: 'Meena', author: 'meena7', industry: 'Q', country: 'IN' });
    expect(quote.signature).toBe('Meena, in health or social care, India, 12 October 2026');
    expect(await data('.csv')).toMatch(/,Meena,Q,/);
    expect((await sendDueDigests(causeway.app)).sent).toBe(1);
    const [mail] = await causeway.mails();
    expect(mail?.text).toContain('Meena, dans la santé ou l’action sociale, Inde, 12 octobre 2026');
  });

  it('follows what threads show: another name, none, and what the post no longer says', async () => {
    await rename('Meena K.');
    expect(await captions()).toContain('Meena K., in health');
    // From an import or from before the rules: with whom the quoted person could be confused.
    await addMember(causeway, 'other', { name: 'Мeena К' });
    await causeway.app.db.write((tx) => tx.update(users).set({ handleLook: null }));
    await causeway.app.db.write(fillSkeletons);
    expect(await captions()).toContain('Meena K. @meena7, in health');
    expect(await data('.json')).toContain('"Meena K. (@meena7), in health');
    await rename(null);
    expect(await captions()).toContain('meena7, in health');
    await causeway.app.db.write((tx) =>
      tx.update(posts).set({ industry: null, country: null }).where(eq(posts.id, post)),
    );
    expect(await captions()).toBe('meena7, Southern Asia, 12 October 2026');
    const json = await data('.json');
    expect(json).not.toContain('health');
    expect(json).not.toContain('"Q"');
  });
});
