import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { useCauseway } from './support/causeway';
import { runCommand } from './support/command';

it('names each message that it cannot take from a translator, and takes none then', async () => {
  const causeway = await useCauseway();
  const file = join(causeway.folder, 'fr.po');
  expect((await runCommand(causeway, ['messages', 'export', 'fr', '-'])).out).toContain('msgctxt');
  const entry = (key: string, english: string, text: string) =>
    `msgctxt "${key}"\nmsgid "${english}"\nmsgstr "${text}"\n\n`;
  const entries = [
    entry('site.skip', 'Skip to content', 'Aller à {page}'),
    entry('site.demo', 'Former words', 'Menu'),
    entry('site.none', '-', 'Rien'),
  ];
  writeFileSync(file, entries.join(''));
  const { code, err } = await runCommand(causeway, ['messages', 'import', 'fr', file]);
  expect(code).toBe(1);
  expect(err.trim().split('\n')).toEqual([
    'site.skip has the placeholders page instead of (none)',
    'site.demo is translated from another English message: export again, and check it',
    'site.none is not a message of the interface',
    `${file}: nothing was imported`,
  ]);
  expect((await runCommand(causeway, ['messages', 'import', 'fr', `${file}x`])).err.trim()).toBe(
    `${file}x does not exist`,
  );
  expect((await runCommand(causeway, ['messages', 'export', 'french', '-'])).err.trim()).toBe(
    'french: no language has this BCP 47 tag; French has “fr”',
  );
  expect((await runCommand(causeway, ['messages', 'export', 'en', file])).code).toBe(1);
});
