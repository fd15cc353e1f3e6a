import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeKeyPoint } from '~/domain/barriers/key-points/change';
import { buildDigest, publishedDigest } from '~/domain/digests/digests';
import { editionOf, presentDigest } from '~/domain/digests/present';
import { exportData } from '~/domain/import-export/export-data';
import { importConversation } from '~/domain/import-export/import-conversation';
import { seedOnce } from '~/domain/import-export/seed';
import { writeDigestMail } from '~/domain/subscriptions/write-digest-mail';
import { siteTranslator } from '~/platform/community/site-translator';
import { misleadingLines } from '../tools/evaluation/claims';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, type Member } from './support/community';
import { readCsv } from './support/csv';
import { publishAsItIs } from './support/digests';

/*
 * What nobody confirmed is told in no format: a conversation with look-alikes (each report once more,
 * by somebody else) and with denials whose authors named a kind, before and after a moderator
 * confirmed one key point.
 */

const DEMO = 'db/seed/demo';
const TITLE = 'Cloud vendors take only foreign cards';
const DIGESTS = ['011', 'world', 'NG'];

let causeway: TestCauseway;
let mona: Member;
let before: Map<string, string>;
let after: Map<string, string>;

const october = readFileSync(`${DEMO}/conversation.jsonl`, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))
  .filter((one) => one.country === 'NG' && one.createdAt.startsWith('2026-10'))
  .filter((one) => one.barriers.length > 0)
  .map(({ id }) => String(id));

beforeAll(async () => {
  causeway = await startTestCauseway();
  const { app } = causeway;
  await seedOnce(app);
  mona = await addMember(causeway, 'mona', { role: 'moderator' });
  const conversation = readFileSync(`${DEMO}/conversation.jsonl`, 'utf8').trim();
  const misleading = misleadingLines(DEMO, 'tools/evaluation/sets');
  await importConversation(app, [conversation, ...misleading].join('\n'));
  before = await everyFormat();
  await app.db.write((tx) =>
    makeKeyPoint(tx, app.clock, mona.id, {
      kind: 'cost',
      region: '011',
      postIds: october.slice(0, 2),
      text: { language: 'en', title: TITLE, sentence: `${TITLE}.` },
    }),
  );
  after = await everyFormat();
}, 300_000);
afterAll(() => causeway?.close());

/** Whatever tells of barriers, by where it is told; of pages the main part, without the method. */
async function everyFormat(): Promise<Map<string, string>> {
  const { app, client } = causeway;
  for (const scope of DIGESTS) {
    const draft = await buildDigest(app, scope, '2026-10');
    await publishAsItIs(app, draft.id, null);
  }
  const told = new Map<string, string>();
  const digests = DIGESTS.map((scope) => `/digests/${scope}/2026-10`);
  const pages = [
    ...['/', '/barriers', '/barriers/kinds/cost', '/regions/011', '/regions/002', '/countries/NG'],
    ...['/embed/regions/011', '/embed/regions/001', '/t/q1/biggest-barrier', '/embed/t/q1'],
    ...['/digests', '/digests/011', ...digests],
  ];
  for (const path of pages) {
    const { status, $ } = await client().get(path);
    expect(status, path).toBe(200);
    $('.method, blockquote, .excerpt, form, details').remove();
    told.set(path, $('main').html() ?? $('body').html() ?? '');
  }
  const files = [
    ...['/feed.xml', '/regions/011/feed.xml', '/digests/feed.xml', '/digests/011/feed.xml'],
    ...['/barriers.json', '/barriers.csv', '/barriers/contributions.csv'],
    ...['/api/v1/barriers?limit=200', '/api/v1/threads/q1?limit=200', '/api/v1/digests'],
    ...digests.flatMap((path) => [`${path}.json`, `${path}.csv`]),
  ];
  for (const path of files) {
    const { status, text } = await client().get(path);
    expect(status, path).toBe(200);
    told.set(path, text);
  }
  for (const scope of DIGESTS) {
    const i18n = siteTranslator(app.community, 'en');
    const digest = await publishedDigest(app.db.reader, scope, '2026-10');
    if (!digest) throw new Error('it was just published');
    const said = presentDigest(digest.content, digest.visible, i18n, editionOf(app, digest));
    const { siteName, origin } = app.config;
    const links = { manage: `${origin}/manage`, leave: `${origin}/leave` };
    const digests = [{ ...said, note: null }];
    const mail = { siteName, origin, digests, earlier: [], tooFew: [], ...links };
    const { subject, text } = writeDigestMail(i18n, mail);
    told.set(`mail ${scope}`, `${subject}\n${text.replace(/^>.*$/gm, '').replace(/\s+/g, ' ')}`);
  }
  const folder = mkdtempSync(join(tmpdir(), 'causeway-'));
  try {
    await exportData(app, folder);
    for (const name of ['contributions', 'key-points', 'key-point-titles']) {
      for (const ending of ['csv', 'jsonl']) {
        const file = `${name}.${ending}`;
        told.set(`export ${file}`, readFileSync(join(folder, file), 'utf8'));
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return told;
}

/** What is said of key points, and was said of posts that are alike. */
const CLAIM =
  /\/key-points\/|\breports? the same\b|other (?:person|people) still face|no longer face|digests\.say\.(?:finding|lead\.(?:most|first|next|new|easing)|quote|matter)/;

/** The messages of the computed sentences anywhere in the JSON of a digest. */
function keysIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'key' in value && typeof value.key === 'string' ? [value.key] : [];
  return [...own, ...Object.values(value).flatMap(keysIn)];
}

it('nothing is claimed of posts together before a person confirmed it', () => {
  for (const [where, text] of before) {
    if (!where.startsWith('/api/v1/threads') && !where.includes('contributions')) {
      expect(CLAIM.exec(text)?.[0], where).toBeUndefined();
    }
    expect(text, where).not.toContain(TITLE);
  }
  for (const scope of DIGESTS) {
    const json = JSON.parse(before.get(`/digests/${scope}/2026-10.json`) ?? '');
    expect(json.findings).toEqual([]);
    expect(json.barriers.length).toBeGreaterThan(0);
    expect(keysIn(json).filter((key) => CLAIM.test(key))).toEqual([]);
    const csv = readCsv(before.get(`/digests/${scope}/2026-10.csv`) ?? '');
    expect(csv.length).toBeGreaterThan(0);
    for (const { row, still_facing } of csv)
      expect([/^key_point/.test(row ?? ''), still_facing]).toEqual([false, '']);
  }
  for (const { keyPoint } of readCsv(before.get('export contributions.csv') ?? '')) {
    expect(keyPoint).toBe('');
  }
  for (const name of ['key-points', 'key-point-titles']) {
    expect(before.get(`export ${name}.jsonl`)).toBe('');
  }
});

it('what a person confirmed is then told in all of them that tell key points', () => {
  const tells = [...after].filter(([, text]) => text.includes(TITLE)).map(([where]) => where);
  const digests = DIGESTS.flatMap((scope) => {
    const path = `/digests/${scope}/2026-10`;
    return [path, `${path}.json`, `${path}.csv`, `mail ${scope}`];
  });
  expect(tells).toEqual(
    expect.arrayContaining([
      ...['/barriers', '/barriers/kinds/cost', '/regions/011', '/regions/002', '/countries/NG'],
      ...['/embed/regions/011', '/embed/regions/001', '/digests/011/feed.xml'],
      ...['export key-point-titles.csv', 'export key-point-titles.jsonl', ...digests],
    ]),
  );
  // Only of the posts that were confirmed, not of those that are like them.
  const grouped = readCsv(after.get('export contributions.csv') ?? '').filter(
    (one) => one.keyPoint,
  );
  expect(grouped.map(({ id }) => id).sort()).toEqual(october.slice(0, 2).sort());
});
