import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createShaping, type Direction } from './shaped-text';

const FONT = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');

it('reads a font again after it could not be read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-font-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'font.ttf');
  const shapeFor = createShaping({ Regular: path, Bold: path });
  await expect(shapeFor('words')).rejects.toThrow('ENOENT');
  copyFileSync(FONT, path);
  const shape = await shapeFor('words');
  expect(shape('words', 'Regular', 'ltr')?.width).toBeGreaterThan(1);
});

it('puts words from the left and from the right in order, with brackets turned round', async () => {
  const shape = await createShaping({ Regular: FONT, Bold: FONT })('');
  const glyphs = (text: string, direction: Direction = 'ltr') =>
    [...(shape(text, 'Bold', direction)?.svg(0, 0, 1, '') ?? '').matchAll(/ d="([^"]+)"/g)].map(
      ([, path]) => path,
    );
  const [latin, arabic] = [glyphs('(AI'), glyphs('مدرسة')];
  expect(arabic).not.toEqual([...'ةسردم'].flatMap((letter) => glyphs(letter)));
  expect(glyphs('(AI مدرسة')).toEqual([...latin, ...arabic]);
  expect(glyphs('AI مدرسة', 'rtl')).toEqual([...arabic, ...glyphs('AI')]);
  expect(glyphs('مدرسة)', 'rtl')).toEqual([...glyphs('('), ...arabic]);
});
