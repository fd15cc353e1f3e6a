/** `npm run screenshots`: creates the images of the README and of the guide, from new sites. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { root } from '../../app/cli/prepare.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const GUIDE = { width: 900, height: 700 };

const PICTURES = [
  { file: 'home', path: '/', viewport: DESK },
  { file: 'thread', path: '/t/q1', viewport: DESK },
  { file: 'digest', path: '/digests/011/2026-10', viewport: DESK },
  { file: 'desk', path: '/mod', viewport: DESK, asModerator: true },
  { file: 'thread-phone-dark', path: '/t/q1', viewport: PHONE, colorScheme: 'dark' },
  { file: 'home-arabic-phone', path: '/', viewport: PHONE, locale: 'ar' },
];

const ARTICLE = join(root, 'tests/fixtures/posts/street-trees-en.md');

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  await onSite(['--demo'], /at (http\S+)/, async (url) => {
    for (const picture of PICTURES) await take(url, picture);
  });
  await onSite([], /at (http\S+)\s.*(\/setup\/\S+) within/s, takeGuide);
} finally {
  await browser.close();
}

/** Starts a site and calls `work` with what the pattern's groups find in what it prints. */
async function onSite(options, pattern, work) {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-pictures-'));
  const server = spawn(process.execPath, [join(root, 'build/serve.js'), ...options], {
    cwd: folder,
    env: { ...process.env, PORT: '0', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await work(...(await printedBy(server, pattern)));
  } finally {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function printedBy(child, pattern) {
  let printed = '';
  for await (const chunk of child.stdout) {
    printed += chunk;
    const found = pattern.exec(printed);
    if (found) return found.slice(1);
  }
  throw new Error('the site did not start');
}

async function shoot(page, file) {
  await page.screenshot({ path: join(here, `${file}.png`) });
  console.log(`docs/screenshots/${file}.png`);
}

async function take(url, { file, path, asModerator, ...options }) {
  const context = await browser.newContext({ javaScriptEnabled: false, ...options });
  const page = await context.newPage();
  if (asModerator) {
    await page.goto(`${url}/login`);
    await page.fill('#email', 'moderator@demo.example');
    await page.fill('#password', 'walk the causeway');
    await page.click('main form button[type=submit]');
  }
  await page.goto(url + path);
  await shoot(page, file);
  await context.close();
}

/** From the link that a new site prints to an article that was read. */
async function takeGuide(url, link) {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: GUIDE });
  const page = await context.newPage();
  await page.goto(url + link);
  await page.fill('#siteName', 'Trees for our streets');
  await shoot(page, 'guide-setup');
  await page.fill('#email', 'keeper@example.org');
  await page.fill('#handle', 'keeper');
  await page.fill('#password', 'a boat on the causeway');
  await page.click('main form button[type=submit]');
  await shoot(page, 'guide-start');
  await page.click('main form:has(input[value=own]) button');
  await page.fill('#article', readFileSync(ARTICLE, 'utf8'));
  await page.click('main form button[type=submit]');
  await page.setViewportSize({ ...GUIDE, height: 1400 });
  await shoot(page, 'guide-article');
  await context.close();
}
