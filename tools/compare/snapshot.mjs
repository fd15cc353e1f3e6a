/**
 * Saves everything that people and programs can see of a checkout's product, as text that is the
 * same for two runs of the same product. See README.md.
 *
 *   node tools/compare/snapshot.mjs --checkout DIR --out OUT [--no-build]
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { simpleParser } from 'mailparser';
import { ADDRESSES, kindOf, STARTS } from './addresses.mjs';
import { journeys } from './journeys.mjs';
import { createNames, unfold, withoutFigures, withoutSecrets } from './normalise.mjs';
import { createProduct, ORIGIN } from './product.mjs';
import { createReader, linksIn, readForms } from './reader.mjs';

const DAY = 86_400_000;
/** Number of pages per kind saved for a role in English; in other languages only the first. */
const PER_KIND = 3;
const MOST_PAGES = 2500;
const MOST_FORMS = 400;
/** Forms that are not submitted, because they would end the session. */
const LEFT_ALONE = /^\/(logout|language|settings\/(delete|security|password|address|data)|login)/;

const { values: options } = parseArgs({
  options: {
    checkout: { type: 'string' },
    out: { type: 'string' },
    'no-build': { type: 'boolean', default: false },
  },
});
if (!options.checkout || !options.out) {
  console.error('usage: node tools/compare/snapshot.mjs --checkout DIR --out OUT [--no-build]');
  process.exit(2);
}
const out = resolve(options.out);
const checkout = resolve(options.checkout);
const home = mkdtempSync(join(tmpdir(), 'causeway-compare-'));
const product = createProduct(checkout, home);
/**
 * For file names only; inside a file values are numbered separately, so that a change in one file
 * does not affect others.
 */
const nameInPath = createNames();

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

try {
  rmSync(out, { recursive: true, force: true });
  if (!options['no-build']) await step('build', () => product.build());
  await step('all', snapshot);
} finally {
  product.close();
  rmSync(home, { recursive: true, force: true });
}

async function snapshot() {
  const server = await step('start', () => product.start());
  try {
    save('cli/start', server.said);
    const password = /password “(.+)”/.exec(server.said)?.[1];
    const [moderatorEmail, memberEmail] = server.said.match(/\S+@demo\.example/g) ?? [];
    if (!password || !memberEmail)
      throw new Error(`no accounts in what was printed: ${server.said}`);
    await step('commands', readCommands);
    const readers = {
      visitor: createReader(server.url, { password }),
      member: await loggedIn(server.url, memberEmail, password),
      moderator: await loggedIn(server.url, moderatorEmail, password),
    };
    for (const [role, reader] of Object.entries(readers)) {
      await step(`pages of the ${role}`, () => crawl(role, reader));
    }
    await step('requests', () => oddRequests(readers.visitor));
    await step('journeys', () =>
      journeys({ url: server.url, readers, password, product, readMails, saveAnswer }),
    );
    const pages = {};
    for (const [role, reader] of Object.entries(readers)) {
      const after = { folder: 'pages-after', perKind: 1, languages: [] };
      pages[role] = await step(`pages of the ${role}, after`, () => crawl(role, reader, after));
    }
    await step('blank forms', () => sendForms(readers, pages, 'blank', password));
    await step('filled forms', () => sendForms(readers, pages, 'filled', password));
  } finally {
    await server.stop();
  }
  await step('later mail', laterWork);
  await step('mails', saveMails);
}

async function loggedIn(url, email, password) {
  const reader = createReader(url, { password });
  const answer = await reader.fill('/login', '/login', { email, password });
  if (answer.status !== 303) throw new Error(`${email} could not log in: ${answer.head}`);
  return reader;
}

/**
 * Follows links from the start pages, up to a number of pages of each kind; returns the first page
 * of each kind.
 */
async function crawl(
  role,
  reader,
  { folder = 'pages', perKind: most = PER_KIND, languages = ['fr', 'ar'] } = {},
) {
  const perKind = new Map();
  const queue = STARTS.map((start) => start.replaceAll('{origin}', encodeURIComponent(ORIGIN)));
  const known = new Set(queue);
  const given = new Set(queue);
  const firsts = [];
  let count = 0;
  for (let path = queue.shift(); path !== undefined && count < MOST_PAGES; path = queue.shift()) {
    const kind = kindOf(path).replace(/-[\w-]{8}(\.\w+)$/, '-{hash}$1');
    const before = perKind.get(kind) ?? 0;
    if (before >= most && !given.has(path)) continue;
    perKind.set(kind, before + 1);
    count += 1;
    const page = await reader.get(path);
    savePage(`${folder}/${role}/en`, path, page);
    if (/html|xml/.test(page.type)) {
      for (const link of linksIn(page.body, path)) {
        if (known.has(link)) continue;
        known.add(link);
        queue.push(link);
      }
    }
    if (before > 0) continue;
    firsts.push({ path, kind });
    if (!/html/.test(page.type) && !/^\/(embed|api|feed)/.test(path)) continue;
    for (const language of languages) {
      savePage(`${folder}/${role}/${language}`, path, await reader.get(path, language));
    }
  }
  const seen = new Set([...perKind.keys()].map(bare));
  const missing = ADDRESSES.filter((address) => !seen.has(address));
  const counts = [...perKind].map(([kind, n]) => `${kind} ${n}`).sort();
  save(`kinds/${folder}-${role}`, [...counts, '', 'not reached:', ...missing].join('\n'));
  return firsts;
}

/** Requests that pages do not send: other methods, content types, origins, conditions. */
async function oddRequests(reader) {
  const form = 'application/x-www-form-urlencoded';
  const requests = [
    ['head', '/', { method: 'HEAD' }],
    ['put', '/', { method: 'PUT' }],
    ['delete', '/t/q1', { method: 'DELETE' }],
    ['options-api', '/api/v1/threads', { method: 'OPTIONS' }],
    ['post-api', '/api/v1/threads', { method: 'POST', body: '{}' }],
    [
      'foreign-origin',
      '/login',
      {
        method: 'POST',
        body: 'email=a',
        headers: { Origin: 'http://elsewhere.example', 'Content-Type': form },
      },
    ],
    [
      'json-body',
      '/login',
      {
        method: 'POST',
        body: '{}',
        headers: { Origin: ORIGIN, 'Content-Type': 'application/json' },
      },
    ],
    [
      'large-body',
      '/login',
      {
        method: 'POST',
        body: `email=${'x'.repeat(3_000_000)}`,
        headers: { Origin: ORIGIN, 'Content-Type': form },
      },
    ],
    ['bad-escape', '/t/%E0%A4%A', {}],
    ['slash', '/threads/', {}],
    ['any-etag', '/feed.xml', { headers: { 'If-None-Match': '*' } }],
    ['since', '/feed.xml', { headers: { 'If-Modified-Since': 'Fri, 20 Nov 2026 13:00:00 GMT' } }],
    ['foreign-api', '/api/v1/barriers', { headers: { Origin: 'http://elsewhere.example' } }],
    ['single-fetch', '/threads.data', {}],
  ];
  for (const [name, path, init] of requests) {
    product.advance(1);
    const answer = await reader.send(path, init).catch((error) => ({
      head: `no answer: ${error.cause?.code ?? error.message}`,
      type: '',
      body: '',
    }));
    saveAnswer(`requests/${name}`, `${init.method ?? 'GET'} ${path}`, answer);
  }
}

/** Submits each form of each kind of page once, blank or filled in. */
async function sendForms(readers, pages, how, password) {
  const which = how === 'blank' ? 'blank' : 'fields';
  for (const [role, reader] of Object.entries(readers)) {
    if (how === 'filled' && role === 'visitor') continue;
    const done = new Set();
    for (const { path, kind } of pages[role]) {
      const formsNow = async () => readForms((await reader.get(path)).body, path, password);
      for (const { action, way, [which]: sent } of await formsNow()) {
        const name = `${bare(kind)} ${bare(kindOf(action))} ${way.slice(0, 40)}`;
        if (!sent || done.has(name) || done.size >= MOST_FORMS) continue;
        if (how === 'filled' && LEFT_ALONE.test(action)) continue;
        done.add(name);
        // Reads the page again, because earlier submissions may have changed it.
        const form = (await formsNow()).find((one) => one.action === action && one.way === way);
        if (!form) continue;
        product.advance(1);
        const answer = await reader.submit({ action, fields: form[which] });
        saveAnswer(`forms/${how}/${role}/${fileName(name)}`, `POST ${action}`, answer);
      }
    }
  }
}

/** Returns a kind without its query parameters. */
function bare(kind) {
  return kind.split('?')[0];
}

async function readCommands() {
  await helpOf([]);
  const command = async (name, args, input) => {
    const { code, stdout, stderr } = await product.command(args, input);
    const told = `$ causeway ${args.join(' ')}\nexit ${code}\n\n${stdout}\n--- stderr\n${stderr}`;
    save(`cli/${name}`, told.replace(/\d+ MB free/, '… MB free'));
  };
  await command('doctor', ['doctor']);
  await command('doctor-json', ['doctor', '--json']);
  await command('no-such-command', ['nothing']);
  await command('export', ['export', 'exported', '--json']);
  const conversation = join('exported', 'contributions.jsonl');
  await command('import-dry-run', ['import', conversation, '--dry-run']);
  await command('import-dry-run-json', ['import', '-', '--dry-run', '--json'], '{"id":"x1"}\n');
  for (const file of readdirSync(join(home, 'exported'))) {
    save(`export/${file}`, readFileSync(join(home, 'exported', file), 'utf8'));
  }
  await command('digest-build', ['digest', 'build', '--scope', '002', '--period', '2026-10']);
  await command('digest-build-json', [
    'digest',
    'build',
    '--scope',
    'NG',
    '--period',
    '2026-Q4',
    '--json',
  ]);
  await command('digest-build-wrong', [
    'digest',
    'build',
    '--scope',
    'nowhere',
    '--period',
    '2026-10',
  ]);
  await command('user-wrong', ['user', 'role', 'nobody', 'moderator']);
  await command(
    'user-create',
    [
      'user',
      'create',
      '--email',
      'ada@example.org',
      '--handle',
      'ada',
      '--password-stdin',
      '--json',
    ],
    'a password for ada\n',
  );
  await command('work', ['work']);
  await command('work-json', ['work', '--json']);
}

/** Returns the help of a command and of all its subcommands. */
async function helpOf(path) {
  const { code, stdout, stderr } = await product.command([...path, '--help']);
  save(`cli/help/${['causeway', ...path].join('-')}`, `exit ${code}\n\n${stdout}${stderr}`);
  const list = /^Commands:\n((?: {2}.*\n?)+)/m.exec(stdout)?.[1] ?? '';
  for (const [, name] of list.matchAll(/^ {2}([a-z][\w-]*)/gm)) {
    if (name !== 'help') await helpOf([...path, name]);
  }
}

/**
 * Collects the emails of the next days and of the beginning month, after the server has stopped.
 */
async function laterWork() {
  for (const [name, days] of [
    ['next-day', 1],
    ['next-month', 12],
    ['after-that', 1],
  ]) {
    product.advance(days * DAY);
    const { code, stdout, stderr } = await product.command(['work', '--json']);
    save(`cli/work-${name}`, `exit ${code}\n\n${stdout}\n--- stderr\n${stderr}`);
  }
  const sent = await product.command(['digest', 'send', '--json']);
  save('cli/digest-send', `exit ${sent.code}\n\n${sent.stdout}\n--- stderr\n${sent.stderr}`);
}

async function readMails() {
  const mails = [];
  for (const file of readdirSync(product.outbox).sort()) {
    if (!file.endsWith('.eml')) continue;
    const mail = await simpleParser(readFileSync(join(product.outbox, file)));
    mails.push({ ...mail, to: mail.to?.text ?? '', text: mail.text ?? '' });
  }
  return mails;
}

async function saveMails() {
  const perName = new Map();
  for (const { headerLines, to, subject = '', text, html } of await readMails()) {
    const name = fileName(`${to} ${subject}`);
    const nth = (perName.get(name) ?? 0) + 1;
    perName.set(name, nth);
    const head = headerLines
      .map(({ line }) => line.replace(/boundary="[^"]*"/, 'boundary=…'))
      .filter((line) => !/^date:/i.test(line));
    const parts = [head.join('\n'), text, unfold('html', html || '')];
    save(`mails/${name}~${nth}`, codes(parts.join('\n\n---\n\n')));
  }
}

/** Replaces login codes, which are random. */
function codes(text) {
  return text.replace(/\b\d{4} \d{4}\b/g, '{code}');
}

function savePage(folder, path, page) {
  saveAnswer(`${folder}/${fileName(nameInPath(path))}`, `GET ${path}`, page);
}

function saveAnswer(name, title, { head, type, body }) {
  const shown = / \/metrics/.test(title) ? withoutFigures(body) : withoutSecrets(body);
  save(name, `${title}\n${head}\n\n${unfold(type, shown)}`);
}

/** Returns a path with query as a file name. */
function fileName(path) {
  const name = path.replace(/^\//, '').replace(/[/\s]+/g, ',') || 'index';
  if (name.length <= 150) return name;
  return `${name.slice(0, 120)}…${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}

function save(name, text) {
  const file = join(out, `${name}.txt`);
  mkdirSync(dirname(file), { recursive: true });
  const named = createNames()(text.replaceAll(home, '{home}').replaceAll(checkout, '{checkout}'));
  writeFileSync(file, `${named.trimEnd()}\n`);
}

async function step(name, work) {
  const started = performance.now();
  const result = await work();
  console.error(`${name}: ${Math.round((performance.now() - started) / 1000)} s`);
  return result;
}
