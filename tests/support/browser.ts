import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/**
 * The same browser without what is around its pages, which takes most of its time. Null if it is not
 * installed.
 */
const shell = process.env.CHROMIUM_SHELL_PATH ?? '/usr/bin/chromium-headless-shell';
const light = existsSync(shell) ? shell : null;

/** True if there is a browser for tests; without one these tests are skipped, never passed. */
export const hasBrowser = path !== '' && existsSync(path);

/**
 * Starts Chromium with only the fonts of the package `dejavu-fonts-ttf`, so that measurements do
 * not depend on the machine's fonts. With `more` arguments it is the whole browser, which alone knows
 * them.
 */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-fonts-'));
  const browser = await chromium.launch({
    executablePath: more.length > 0 ? path : (light ?? path),
    env: { ...process.env, FONTCONFIG_FILE: fontConfig(folder) },
    args: [
      // Chromium's sandbox does not work for root, the user in containers.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
  browser.once('disconnected', () => rmSync(folder, { recursive: true, force: true }));
  return browser;
}

/** Writes a fontconfig configuration to a folder; returns its path. */
function fontConfig(folder: string): string {
  const require = createRequire(import.meta.url);
  const fonts = join(dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf');
  const family = (generic: string, name: string) =>
    `<alias><family>${generic}</family><prefer><family>${name}</family></prefer></alias>`;
  const file = join(folder, 'fonts.conf');
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>${fonts}</dir><cachedir>${folder}</cachedir>
${family('serif', 'DejaVu Serif')}${family('sans-serif', 'DejaVu Sans')}${family('monospace', 'DejaVu Sans Mono')}
</fontconfig>`,
  );
  return file;
}

export interface ContextOptions {
  javaScript?: boolean;
  locale?: string;
  colorScheme?: 'light' | 'dark';
  width?: number;
}

/** Opens a browser context with its own cookies, by default without JavaScript. */
export function openContext(
  browser: Browser,
  { javaScript = false, locale = 'en', colorScheme = 'light', width = 1280 }: ContextOptions = {},
): Promise<BrowserContext> {
  return browser.newContext({
    javaScriptEnabled: javaScript,
    locale,
    colorScheme,
    viewport: { width, height: 900 },
  });
}

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

/**
 * Adds axe-core to every page of a context with JavaScript, regardless of the pages'
 * Content-Security-Policy.
 */
export async function bringAxe(context: BrowserContext): Promise<void> {
  await context.addInitScript(axeSource);
}

/** WCAG 2.2 A and AA, and axe's best practices. */
const ALL = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * The rules about colours. They take half of the time, and are the only ones that depend on the
 * colour scheme.
 */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

const RULES = {
  all: { runOnly: ALL },
  colours: { runOnly: OF_COLOURS },
  'all but colours': {
    runOnly: ALL,
    rules: Object.fromEntries(OF_COLOURS.map((rule) => [rule, { enabled: false }])),
  },
};

interface AxeResult {
  violations: { id: string; help: string; nodes: { target: string[]; failureSummary: string }[] }[];
}

/** Returns axe-core's findings on a page, one line for each place. */
export async function axeFindings(
  page: Page,
  rules: keyof typeof RULES = 'all',
): Promise<string[]> {
  const options = { ...RULES[rules], resultTypes: ['violations'] };
  const result = (await page.evaluate(
    `axe.run(document, ${JSON.stringify(options)})`,
  )) as AxeResult;
  return result.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${violation.help} (${node.target.join(' ')})`),
  );
}

/**
 * Runs in the page. Takes out each of the `candidates` whose tag, classes, states and content, but
 * for words, are those of another in an equal place, on this page or in `known`; returns the marks of
 * those that stay.
 */
const TAKE_OUT = `(candidates, known) => {
  const VALUES = ['class', 'type', 'role', 'open', 'disabled', 'aria-current', 'aria-invalid'];
  const seen = new Set(known);
  const own = ({ tagName, attributes }) => [tagName, ...[...attributes].map(({ name, value }) =>
    VALUES.includes(name) ? name + '=' + value : name)].join(' ');
  const kind = (node) => node.nodeType === 1 ? shape(node) : node.nodeType === 3 && node.data.trim() ? 'text' : '';
  const shape = (element) => '<' + own(element) + '>' + [...element.childNodes].map(kind).join('') + '</>';
  const mark = (text) => {
    let [a, b] = [0, 0];
    for (const letter of text) {
      a = Math.imul(a ^ letter.codePointAt(0), 0x01000193);
      b = Math.imul(b, 31) + letter.codePointAt(0) | 0;
    }
    return a + ' ' + b;
  };
  const thin = (parent, place) => {
    for (const child of [...parent.children]) {
      const one = child.matches(candidates) ? mark(place + shape(child)) : null;
      if (one !== null && seen.has(one)) child.remove();
      else {
        if (one !== null) seen.add(one);
        thin(child, place + own(child));
      }
    }
  };
  thin(document.body, own(document.body));
  return [...seen];
}`;

/**
 * Takes out of a page what looks the same as something in `seen`, or before it on the page, and adds
 * the rest to `seen`: axe need not look at the colours of a hundred rows, one is enough.
 * @param candidates a CSS selector of the elements that may be taken out
 */
export async function takeOutRepeats(
  page: Page,
  seen: Set<string>,
  candidates: string,
): Promise<void> {
  const known = JSON.stringify([...seen]);
  const all = await page.evaluate(`(${TAKE_OUT})(${JSON.stringify(candidates)}, ${known})`);
  for (const one of all as string[]) seen.add(one);
}
