import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import bundle from '~db/seed/community.json';
import { communityFile, communityIn, fileOf, skosOf } from './community-file';

describe('the file of a community', () => {
  it('has a schema in docs', async () => {
    const schema = z.toJSONSchema(communityFile, { io: 'input' });
    // After a change: npx vitest run --project unit app/domain/community -u
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(
      '../../../docs/community.schema.json',
    );
  });

  it('is what the seed is, and is written as it was read', () => {
    const read = communityFile.parse(bundle);
    expect(fileOf(communityIn(read))).toEqual(bundle);
  });

  it.each([
    [{ ...bundle, format: 'other' }],
    [{ ...bundle, people: [] }],
    [{ ...bundle, pillars: [{ slug: 'No Slug', texts: {} }] }],
    [{ ...bundle, pillars: [{ slug: 'a', texts: { 'not a tag': { name: 'A' } } }] }],
    [{ ...bundle, pillars: [{ slug: 'a', texts: { en: { name: '' } } }] }],
    [{ ...bundle, pillars: [{ slug: 'a', colour: 'hotpink', texts: {} }] }],
    [{ ...bundle, pillars: [{ slug: 'a', glyph: 'rocket', texts: {} }] }],
    [{ ...bundle, rules: [...bundle.rules, bundle.rules[0]] }],
    [{ ...bundle, pillars: [{ slug: 'a', state: 'merged', texts: {} }] }],
    [{ ...bundle, pillars: [{ slug: 'a', state: 'merged', mergedInto: 'none', texts: {} }] }],
    [{ ...bundle, pillars: [{ slug: 'a', state: 'merged', mergedInto: 'a', texts: {} }] }],
  ])('refuses what is something else: %#', (file) => {
    expect(communityFile.safeParse(file).success).toBe(false);
  });

  it('names merged terms in SKOS by the one that took over', () => {
    const file = communityFile.parse({
      ...{ format: 'causeway-community', version: 1, barriers: [], glossary: [] },
      pillars: [
        { slug: 'new', texts: { en: { name: 'New', short: 'N' }, fr: { name: 'Neuf' } } },
        { slug: 'old', state: 'merged', mergedInto: 'new', texts: { en: { name: 'Old' } } },
      ],
    });
    const skos = skosOf(communityIn(file), 'https://example.org') as { '@graph': object[] };
    expect(skos['@graph']).toContainEqual(
      expect.objectContaining({
        '@id': 'https://example.org/pillars/new',
        prefLabel: { en: 'New', fr: 'Neuf' },
        altLabel: { en: 'N' },
      }),
    );
    expect(skos['@graph']).toContainEqual(
      expect.objectContaining({
        deprecated: true,
        isReplacedBy: 'https://example.org/pillars/new',
      }),
    );
  });
});
