import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { subjectIn } from '../../../tests/support/subject';

/*
 * Causeway is for any subject. What it was first made for is one bundle of data in db/seed; neither the
 * program nor its messages may speak of it.
 */

const files = globSync('{app,public,deploy}/**/*.{ts,tsx,json,css,js,mjs,svg,html,txt,yaml}')
  .concat(globSync('db/{*.ts,schema/*.ts}'))
  .filter((file) => !/\.(?:test\.tsx?|examples\.txt)$/.test(file));

const found = (text: string) => subjectIn(text).length > 0;

it('is named by no code and no message', () => {
  expect(files.length).toBeGreaterThan(600);
  const named = files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, at) => (found(line) ? [`${file}:${at + 1}: ${line.trim()}`] : [])),
  );
  expect(named).toEqual([]);
});

it('is found in each language', () => {
  for (const words of ['an AI divide', 'l’IA open source', 'وحوكمة الذكاء الاصطناعي', 'a GPU']) {
    expect(found(words), words).toBe(true);
  }
  for (const words of ['j’ai', 'email', 'AIDA', 'ثريا']) expect(found(words), words).toBe(false);
});
