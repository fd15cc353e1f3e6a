import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import bundle from '~db/seed/community.json';
import { useCauseway } from './support/causeway';
import { runCommand } from './support/command';
import { addMember, addPost, addThread } from './support/community';

const WATER = {
  ...{ format: 'causeway-community', version: 1 },
  pillars: [{ slug: 'wells', glyph: 'drop', colour: 'teal', texts: { es: { name: 'Pozos' } } }],
  barriers: [
    { slug: 'leaks', texts: { es: { name: 'Fugas' }, en: { name: 'Leaks' } } },
    { slug: 'cost', texts: { es: { name: 'Precio' } } },
  ],
  glossary: [{ slug: 'aquifer', texts: { es: { name: 'Acuífero', description: 'Agua.' } } }],
};

it('moves a whole community, keeps what posts carry, and changes nothing the second time', async () => {
  const causeway = await useCauseway();
  const { app, folder, client } = causeway;
  const ada = await addMember(causeway, 'ada');
  const thread = await addThread(causeway, ada, 'A thread');
  await addPost(causeway, ada, thread.id, 'Nobody trained us.', { barriers: ['skills'] });
  const before = join(folder, 'before.json');
  expect((await runCommand(causeway, ['community', 'export', before])).code).toBe(0);
  expect(JSON.parse(readFileSync(before, 'utf8'))).toEqual({
    ...bundle,
    // As the tests start.
    settings: { ...bundle.settings, digestObjectionHours: 0 },
  });

  const file = join(folder, 'water.json');
  writeFileSync(file, JSON.stringify(WATER));
  const done = await runCommand(causeway, ['community', 'import', file, '--json']);
  expect(JSON.parse(done.out)).toMatchObject({ added: 3, changed: 1 });
  await app.refreshCommunity();
  expect(app.community.kinds).toEqual(['leaks', 'cost']);
  expect(app.community.pillars).toEqual(['wells']);
  const form = (await ada.client.get('/barriers/new')).$('#barrier label').text();
  expect(form).toContain('Leaks');
  expect(form).toContain('Precio');
  expect(form).not.toContain('Skills');
  // The post keeps its kind, which is retired.
  expect((await client().get(thread.path)).text).toContain('Skills and talent');
  expect((await client().get('/moderation')).text).toContain('Imported from a file.');
  const again = await runCommand(causeway, ['community', 'import', file, '--json']);
  expect(JSON.parse(again.out)).toEqual({ added: 0, changed: 0, retired: 0 });

  // What it was comes back, with the same links; the new terms are retired.
  await runCommand(causeway, ['community', 'import', before]);
  await app.refreshCommunity();
  expect(app.community.kinds).toEqual(bundle.barriers.map(({ slug }) => slug));
  expect(app.community.name('barrier', 'cost', 'en')).toBe('Cost and payment');

  writeFileSync(file, JSON.stringify({ ...WATER, people: [] }));
  const wrong = await runCommand(causeway, ['community', 'import', file]);
  expect([wrong.code, wrong.err.trim().split('\n').length]).toEqual([1, 1]);
  const skos = await runCommand(causeway, ['community', 'export', '-', '--skos']);
  expect(JSON.parse(skos.out)['@graph'].length).toBeGreaterThan(30);
}, 90_000);
