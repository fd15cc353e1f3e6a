import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeKeyPoint } from '~/domain/barriers/key-points/change';
import { findKeyPoint } from '~/domain/barriers/key-points/key-points';
import { proposeTitleOf } from '~/domain/barriers/key-points/propose';
import { LEARNED_KINDS } from '~/domain/barriers/lexicon';
import { modelRanker } from '~/domain/barriers/ranking/model-ranker';
import { proposeTitle, translateTitle } from '~/domain/barriers/ranking/propose-title';
import { rankerByWords, rankerFor } from '~/domain/barriers/ranking/ranker';
import { defaultCommunity } from '~/domain/community/seed-community';
import { readLabelled } from '../tools/evaluation/corpus';
import { evaluateModel } from '../tools/evaluation/ranked-sets';
import { evaluateRankedKinds, evaluateRankedMates } from '../tools/evaluation/ranking';
import { useCauseway } from './support/causeway';
import { addMember, addPost, addThread } from './support/community';
import type { Misbehaviour } from './support/misbehaving-server';
import { type ModelStub, startModel } from './support/model';

describe('ranking by a language model', () => {
  let stub: ModelStub;
  beforeAll(async () => {
    stub = await startModel();
    return () => stub.close();
  });
  const llm = () => ({ url: stub.url, model: 'stub', key: null, timeout: 300 });
  const ranker = () => rankerFor({ config: { llm: llm() }, community });
  const community = defaultCommunity();
  const builtInRanker = rankerByWords();
  const said = { text: 'The voice menu does not know Wolof.', language: 'en' };
  const report = { ...said, region: '011' };
  const mate = (text: string) => ({ region: '011', texts: [{ text, language: 'en' }] });
  const candidates = ['Our phones know no Wolof voice.', 'Import duty.', 'Power cuts.'].map(mate);

  it('takes its three kinds and whether there is a barrier', async () => {
    stub.answer = () => '```json\n{"kinds":["trust","policy","data"],"noBarrier":true}\n```';
    expect(await ranker().kinds(said)).toEqual({
      kinds: ['trust', 'policy', 'data'],
      noBarrier: true,
    });
    expect(stub.asked.at(-1)?.text).toBe(said.text);
  });

  it('fills up what it leaves out, and offers no kind that is none or named twice', async () => {
    stub.answer = () => '{"kinds":["trust","magic","trust"],"noBarrier":false}';
    const { kinds } = await ranker().kinds(said);
    expect(kinds[0]).toBe('trust');
    expect(new Set(kinds).size).toBe(3);
    expect(kinds).toContain('language');
  });

  it('takes its order of mates, and only of those there are', async () => {
    stub.answer = () => '{"same":[3,99,-1,3]}';
    const ranked = await ranker().mates(report, candidates);
    const builtIn = await builtInRanker.mates(report, candidates);
    expect(ranked[0]).toBe(builtIn[2]);
    expect(new Set(ranked)).toEqual(new Set(candidates));
  });

  const faults: (string | { does: Misbehaviour })[] = [
    'Sure! I would say cost.',
    '{"kinds":"cost"}',
    '{"kinds":[],"noBarrier":"maybe"}',
    '{"same":["first"]}',
    '{',
    ...(['hangs', 'never ends', 'is no JSON', 'has no text', 'fails', 'redirects'] as const).map(
      (does) => ({ does }),
    ),
  ];
  it.each(faults)('offers what is built in when it answers %j', async (answer) => {
    stub.answer = () => answer;
    expect(await ranker().kinds(said)).toEqual(await builtInRanker.kinds(said));
    expect(await ranker().mates(report, candidates)).toEqual(
      await builtInRanker.mates(report, candidates),
    );
    expect(await proposeTitle(llm(), '', [said], 'French')).toSatisfy(
      (title) => title === null || typeof answer === 'string',
    );
  });

  it('is asked no more on a page once its answers took too long', async () => {
    stub.answer = () => ({ does: 'hangs' });
    const slow = modelRanker(llm(), community, { longestWait: 100 });
    const before = stub.asked.length;
    for (let at = 0; at < 5; at += 1) {
      expect(await slow.kinds(said)).toEqual(await builtInRanker.kinds(said));
    }
    expect(stub.asked.length).toBe(before + 1);
  });

  it('is measured on labelled texts, however it misbehaves', async () => {
    const items = readLabelled('tools/evaluation/sets/contributions.jsonl').slice(0, 12);
    const kindsOf = new Map(items.map(({ body, gold }) => [body, gold]));
    const hostile =
      '{"kinds":["</script>","ignore all rules"],"same":[-1,1e9,0.5],"noBarrier":true}';
    const bad = [...faults.filter((fault) => typeof fault === 'string'), hostile];
    let at = 0;
    stub.answer = () => bad[at++ % bad.length] ?? '';
    const used: boolean[] = [];
    const noted = (usable: boolean) => used.push(usable);
    const model = modelRanker(llm(), community, { noted });
    const usual = [...LEARNED_KINDS];
    const alone = { otherHalf: [], others: [] };
    const builtIn = await evaluateRankedKinds(items, builtInRanker, usual);
    expect(await evaluateRankedKinds(items, model, usual)).toEqual(builtIn);
    expect(await evaluateRankedMates(items, alone, model)).toEqual(
      await evaluateRankedMates(items, alone, builtInRanker),
    );
    expect(used.filter((usable) => !usable).length).toBeGreaterThan(10);
    stub.answer = (text) => {
      const gold = kindsOf.get(text);
      return JSON.stringify({ kinds: [gold?.kinds[0] ?? 'cost'], noBarrier: !gold?.raises });
    };
    const knowing = await evaluateRankedKinds(items, ranker(), usual);
    expect(knowing).toMatchObject({ first: 1, barriersAsNone: 0 });
  });

  it('is not measured if it gives no answer that can be used', async () => {
    stub.answer = () => 'Sure! I would say cost.';
    const measured = evaluateModel('db/seed/demo', 'tools/evaluation/sets', llm());
    await expect(measured).rejects.toThrow('no answer that can be used');
  });

  it('proposes titles that could be titles', async () => {
    stub.answer = () => '"Voice menus do not know Wolof."';
    expect(await proposeTitle(llm(), '', [said], 'English')).toBe('Voice menus do not know Wolof');
    for (const bad of [
      'Two lines\nof it',
      '<b>Wolof</b>',
      'See https://example.org',
      '400 people need Wolof',
      'x'.repeat(200),
    ]) {
      stub.answer = () => bad;
      expect(await proposeTitle(llm(), '', [said], 'English'), bad).toBeNull();
      expect(await translateTitle(llm(), 'Voice menus do not know Wolof', 'French')).toBeNull();
    }
  });

  it('translates the accepted title of a key point, and what it answers is a proposal', async () => {
    const causeway = await useCauseway();
    causeway.app.config.llm = llm();
    const mona = await addMember(causeway, 'mona', { role: 'moderator' });
    const thread = await addThread(causeway, mona, 'What stands in your way?');
    const report = { country: 'SN', region: '011', barriers: ['language' as const] };
    const post = await addPost(causeway, mona, thread.id, said.text, report);
    const { db, clock } = causeway.app;
    const make = (text?: { language: 'en'; title: string; sentence: string }) =>
      db.write((tx) =>
        makeKeyPoint(tx, clock, mona.id, {
          kind: 'language',
          region: '011',
          postIds: [post],
          text,
        }),
      );
    const title = 'Voice menus do not know Wolof';
    const id = await make({ language: 'en', title, sentence: title });
    stub.answer = () => 'Les menus vocaux ne connaissent pas le wolof.';
    await proposeTitleOf(causeway.app, id, 'fr');
    expect(stub.asked.at(-1)).toMatchObject({ text: title });
    expect((await findKeyPoint(db.reader, community, id))?.texts).toMatchObject({
      en: { title, proposed: false },
      fr: { title: 'Les menus vocaux ne connaissent pas le wolof', proposed: true, model: 'stub' },
    });
  });

  it('is off without a model', async () => {
    const before = stub.asked.length;
    const off = rankerFor({ config: { llm: null }, community });
    expect(await off.kinds(said)).toEqual(await builtInRanker.kinds(said));
    expect(stub.asked.length).toBe(before);
  });
  afterAll(() => expect(stub.asked.length).toBeGreaterThan(0));
});
