/** `npm run screenshots`: creates the images of the README, from a new demo. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { root } from '../../app/cli/prepare.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

const PICTURES = [
  { file: 'home', path: '/', viewport: DESK },
  { file: 'thread', path: '/t/q1', viewport: DESK },
  { file: 'digest', path: '/digests/011/2026-10', viewport: DESK },
  { file: 'desk', path: '/mod', viewport: DESK, asModerator: true },
  { file: 'thread-phone-dark', path: '/t/q1', viewport: PHONE, colorScheme: 'dark' },
  { file: 'home-arabic-phone', path: '/', viewport: PHONE, locale: 'ar' },
];

const folder = mkdtempSync(join(tmpdir(), 'causeway-pictures-'));
const server = spawn(process.execPath, [join(root, 'build/serve.js'), '--demo'], {
  cwd: folder,
  env: { ...process.env, PORT: '0', LOG_LEVEL: 'error' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const url = await addressOf(server);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  for (const picture of PICTURES) await take(browser, url, picture);
  await browser.close();
} finally {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}

async function addressOf(child) {
  let printed = '';
  for await (const chunk of child.stdout) {
    printed += chunk;
    const found = /Causeway is at (http\S+)/.exec(printed);
    if (found) return found[1];
  }
  throw new Error('the demonstration did not start');
}

async function take(browser, url, { file, path, asModerator, ...options }) {
  const context = await browser.newContext({ javaScriptEnabled: false, ...options });
  const page = await context.newPage();
  if (asModerator) {
    await page.goto(`${url}/login`);
    await page.fill('#email', 'moderator@demo.example');
    await page.fill('#password', 'walk the causeway');
    await page.click('main form button[type=submit]');
  }
  await page.goto(url + path);
  await page.screenshot({ path: join(here, `${file}.png`) });
  await context.close();
  console.log(`docs/screenshots/${file}.png`);
}
