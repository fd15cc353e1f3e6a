import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { importConversation } from '~/domain/import-export/import-conversation';
import { seedOnce } from '~/domain/import-export/seed';
import { type ClaimsMeasured, evaluateClaims, misleadingLines } from '../tools/evaluation/claims';
import { digestsOf, evaluateCorpusDigests } from '../tools/evaluation/corpus-digests';
import type { DigestEvaluation } from '../tools/evaluation/digests';
import { startTestCauseway } from './support/causeway';

const DEMO = 'db/seed/demo';

// Slightly below the figures in docs/decisions/0058. If you improve the figures, raise these too.
describe('the digests of the fixtures', () => {
  let measured: Record<string, DigestEvaluation>;
  const part = (name: string) => {
    const found = measured[`digests, ${name}`];
    if (!found) throw new Error(`no part is named ${name}`);
    return found;
  };

  beforeAll(async () => {
    const causeway = await startTestCauseway();
    await seedOnce(causeway.app);
    const conversation = readFileSync(`${DEMO}/conversation.jsonl`, 'utf8');
    await importConversation(causeway.app, conversation);
    measured = await evaluateCorpusDigests(causeway.app, DEMO, 1);
    return () => causeway.close();
  });

  it.each([
    ['half not tuned on', 0.8, 200],
    ['tuned half', 0.95, 190],
    ['whole', 0.88, 380],
  ])('show no fewer key points than stated: %s', (name, floor, points) => {
    const { causeway, random, first, meToos } = part(name).scores;
    expect(causeway.points).toBeGreaterThanOrEqual(points);
    expect(causeway.coverage).toBeGreaterThanOrEqual(floor);
    for (const simple of [random, first, meToos]) {
      expect(causeway.coverage).toBeGreaterThan(simple.coverage + 0.15);
    }
  });

  it('beat the longest sentences on all text together, and repeat themselves no more', () => {
    const { causeway, longest, longestAsLong, firstAsLong, meToosAsLong } = part('whole').scores;
    expect(causeway.coverage).toBeGreaterThan(longest.coverage + 0.05);
    for (const asLong of [longestAsLong, firstAsLong, meToosAsLong]) {
      expect(causeway.coverage).toBeGreaterThan(asLong.coverage);
    }
    expect(causeway.redundancy).toBeLessThanOrEqual(0.04);
    // Of as many characters: the more is quoted, the likelier two quotes are alike.
    expect(causeway.redundancy).toBeLessThan(firstAsLong.redundancy);
  });

  it('quote word for word, have correct counts, and report trends', () => {
    const { quotes, counts, trends } = part('whole');
    // Fewer than 1000 since whole short posts are quoted: each has several sentences. Fewer than 950
    // since none is quoted that leans on another post, than 905 since none only describes something.
    expect(quotes.of).toBeGreaterThan(865);
    expect(quotes.right).toBe(quotes.of);
    expect(counts.of).toBeGreaterThan(2500);
    expect(counts.right).toBe(counts.of);
    expect(trends.of).toBeGreaterThan(500);
    expect(trends.right).toBe(trends.of);
  });

  it('quote most regions, in proportion to their contributions', () => {
    const { heard, loudestIn, loudestOut } = part('whole').balance;
    expect(heard).toBeGreaterThanOrEqual(0.88);
    expect(loudestOut).toBeLessThanOrEqual(loudestIn);
  });
});

describe('the digests of a conversation with look-alikes and denials', () => {
  let measured: ClaimsMeasured;
  beforeAll(async () => {
    const causeway = await startTestCauseway();
    await seedOnce(causeway.app);
    const conversation = readFileSync(`${DEMO}/conversation.jsonl`, 'utf8').trim();
    const misleading = misleadingLines(DEMO, 'tools/evaluation/sets');
    await importConversation(causeway.app, [conversation, ...misleading].join('\n'));
    measured = await evaluateClaims(causeway.app, DEMO, digestsOf(DEMO), misleading);
    return () => causeway.close();
  }, 240_000);

  it('claim nothing of posts together before a person confirmed it', () => {
    expect(measured.lookAlikes).toBeGreaterThan(50);
    expect(measured.denials).toBeGreaterThan(20);
    expect(measured.digests).toBeGreaterThan(150);
    expect(measured.unconfirmed).toBe(0);
    expect(measured.baseline.right).toBeLessThan(measured.baseline.of);
  });

  it('claim afterwards only what was confirmed, and lead with it in at most 60 words', () => {
    const { confirmed, leads, longestLead } = measured;
    expect(confirmed.of).toBeGreaterThan(300);
    expect(confirmed.right).toBe(confirmed.of);
    expect(leads.of).toBeGreaterThan(50);
    expect(leads.right).toBe(leads.of);
    for (const words of Object.values(longestLead)) expect(words).toBeLessThanOrEqual(60);
  });
});
