import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const tokens = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');

/** Generates `palette.ts`: the tokens needed by emails and images, which load no style sheet. */
function paletteModule(): string {
  const colours = [
    ...tokens.matchAll(
      /(?:--|\.)([\w-]+)(?:: | \{\n {2}--hue: )light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g,
    ),
  ].map(
    ([, name, light, dark]) => `  ${quoted(name ?? '')}: { light: '${light}', dark: '${dark}' },`,
  );
  const fonts = ['sans', 'serif', 'mono'].map((name) => {
    // The first `--serif` is the one for all scripts except Arabic.
    const [, stack] = new RegExp(`--${name}: ([^;]+);`).exec(tokens) ?? [];
    return `  ${name}: "${stack}",`;
  });
  return `/*
 * Generated from app/ui/styles/tokens.css, for emails and images, which load no style sheet. After
 * a change there: npx vitest run --project unit app/ui/styles/palette.test.ts -u
 */
export const COLOURS = {
${colours.join('\n')}
} as const;

export const FONTS = {
${fonts.join('\n')}
} as const;
`;
}

function quoted(name: string): string {
  return name.includes('-') ? `'${name}'` : name;
}

it('emails and images have the colours and fonts of the tokens', async () => {
  await expect(paletteModule()).toMatchFileSnapshot('../../platform/palette.ts');
});
