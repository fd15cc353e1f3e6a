import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ORDER } from '../folder-order.config.mjs';

const DOCUMENTS = globSync(['*.md', 'docs/**/*.md']);

/** Documents that tell what was there before. */
const HISTORY = ['CHANGELOG.md', 'docs/decisions/0048-one-program.md'];

describe.each(DOCUMENTS)('%s', (document) => {
  const text = readFileSync(document, 'utf8');

  it('links to files that exist', () => {
    const links = [...text.matchAll(/\]\((?!\w+:)([^)#]+)/g)].map(([, to = '']) => to);
    expect(links.filter((to) => !existsSync(join(dirname(document), to)))).toEqual([]);
  });

  it.skipIf(HISTORY.includes(document))('names files that exist', () => {
    const named = [...text.matchAll(/`((?:app|bench|db|deploy|docs|tests|tools)\/[\w./-]*)[`…]/g)];
    expect(named.map(([, path = '']) => path).filter((path) => !existsSync(path))).toEqual([]);
  });
});

it('draws the folders of the domain in the order of imports', () => {
  const house = readFileSync('docs/house.md', 'utf8');
  const [, picture = ''] = /subgraph domain\["app\/domain"\](.*?)\bend\n/s.exec(house) ?? [];
  const labels = new Map<string, string>();
  for (const [, id = '', label] of picture.matchAll(/([a-z][a-z-]*[a-z])(?:\["([^"]+)"\])?/g)) {
    if (!labels.has(id)) labels.set(id, label ?? id);
  }
  const drawn = [...labels.values()].flatMap((label) => label.split(', '));
  const places = drawn.map((name) =>
    ORDER.findIndex((folder) => `${folder}/`.startsWith(`app/domain/${name}/`)),
  );
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => b - a));
  const outermost = (path: string) => path.split('/')[0];
  const folders = ORDER.filter((folder) => folder.startsWith('app/domain/')).map((folder) =>
    outermost(folder.slice('app/domain/'.length)),
  );
  expect(new Set(drawn.map(outermost))).toEqual(new Set(folders));
});
