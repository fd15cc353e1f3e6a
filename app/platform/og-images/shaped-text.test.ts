import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createShaping } from './shaped-text';

const FONT = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');

it('reads a font again after it could not be read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-font-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'font.ttf');
  const shapeFor = createShaping({ Regular: path, Bold: path });
  await expect(shapeFor('words')).rejects.toThrow('ENOENT');
  copyFileSync(FONT, path);
  const shape = await shapeFor('words');
  expect(shape('words', 'Regular')?.width).toBeGreaterThan(1);
});
