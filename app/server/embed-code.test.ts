import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { load } from 'cheerio';
import { expect, it, onTestFinished } from 'vitest';
import { embedCode } from './embed-code';

const hasHugo = spawnSync('hugo', ['version']).status === 0;

// `apt-get install hugo`; elsewhere the test of /admin/embed only compares the text of the code.
it.skipIf(!hasHugo)('shows the frame in an article of a real Hugo site', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hugo-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = '/embed/c/%D9%85%D9%86-%D9%8A%D8%B3%D9%85%D8%B9%D9%83';
  const { hugo } = embedCode('https://forum.example.org', {
    ...{ path, title: '' },
    options: { language: 'ar', theme: 'dark', resize: true },
  });
  const title = 'Water & "us": <who> pays?';
  const files = {
    'config.toml': 'baseURL = "https://blog.example.org/"',
    'layouts/_default/single.html': '<html><body>{{ .Content }}</body></html>',
    'layouts/shortcodes/causeway.html': hugo.file,
    'content/posts/water.md': `---\ntitle: '${title}'\n---\n\nBefore.\n\n${hugo.use}\n`,
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  execFileSync('hugo', ['--quiet', '--source', folder]);
  const $ = load(readFileSync(join(folder, 'public/posts/water/index.html'), 'utf8'));
  expect($('iframe').attr()).toMatchObject({
    src: `https://forum.example.org${path}?language=ar&theme=dark&resize=1`,
    title,
    referrerpolicy: 'strict-origin',
  });
  expect($('script').attr('src')).toBe('https://forum.example.org/embed.js');
});
