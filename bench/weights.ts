import { join } from 'node:path';
import { pageWeight } from '../tests/support/weight';
import { serve } from './server';

const PAGES = [
  ...['/', '/threads', '/t/q1', '/barriers', '/barriers/kinds/cost', '/regions/011'],
  ...['/countries/NG', '/pillars/policy', '/search?q=power', '/digests', '/digests/011/2026-10'],
  ...[
    '/u/amara_o',
    '/moderation',
    '/about',
    '/rules',
    '/privacy',
    '/glossary',
    '/accessibility',
    '/subscribe',
  ],
  ...['/login', '/signup', '/threads/new', '/barriers/new'],
];

/** Prints the size of a first visit to a page of each kind, in a demo with a conversation. */
export async function printWeights(folder: string): Promise<void> {
  const demo = await serve(
    [join(process.cwd(), 'build/serve.js'), '--demo'],
    { PORT: '0', ORIGIN: 'http://localhost:3000' },
    folder,
  );
  console.log('| page | HTML | CSS | both | requests |');
  console.log('|---|---:|---:|---:|---:|');
  for (const path of PAGES) {
    const answer = await fetch(demo.url + path);
    if (!answer.ok) continue;
    const { html, css, requests } = await pageWeight(demo.url, path);
    console.log(`| ${path} | ${kB(html)} | ${kB(css)} | ${kB(html + css)} | ${requests} |`);
  }
  await demo.stop();
}

function kB(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
