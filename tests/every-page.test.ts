import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { asc, eq, isNull } from 'drizzle-orm';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestAddress } from '~/domain/accounts/auth/change-address';
import { issueToken } from '~/domain/accounts/auth/mail-tokens';
import { openSession, SESSION_COOKIE } from '~/domain/accounts/auth/sessions';
import { keyPointsOf } from '~/domain/barriers/key-points/key-points';
import { keyPointPath } from '~/domain/barriers/key-points/paths';
import { buildDigest } from '~/domain/digests/digests';
import { objectionToken } from '~/domain/digests/objection-token';
import { buildDemo, DEMO_ACCOUNTS, DEMO_PASSWORD } from '~/domain/import-export/demo';
import { leaveUrl } from '~/domain/notifications/leave-token';
import { keepForm } from '~/domain/publishing/pending-submissions';
import { runJob } from '~/jobs/run-jobs';
import { MAIL } from '~/jobs/schedule';
import { LOCALE_TAGS } from '~/platform/i18n/locales';
import { translator } from '~/platform/i18n/translator';
import { addressHash } from '~/platform/mail/suppression';
import { linkSecret } from '~/platform/secrets/link-secret';
import { LANGUAGE_COOKIE } from '~/server/cookies';
import type { Db } from '~db/client';
import { caseCauses, cases, decisions, digests, modConversations, users } from '~db/schema';
import {
  axeFindings,
  bringAxe,
  hasBrowser,
  launchBrowser,
  openContext,
  takeOutRepeats,
} from './support/browser';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import type { Answer, Client } from './support/client';
import { addMember, addThread } from './support/community';
import { CHECKED_LANGUAGES } from './support/languages';
import { inMail } from './support/mail';
import { invalidHtml } from './support/valid-html';
import { pageWeight } from './support/weight';

/** Pages for readers without an account, which have a size limit. */
const READING = [
  '/',
  '/threads',
  '/threads?sort=top&region=002',
  '/threads?conversation=democratizing-ai-power',
  '/c/democratizing-ai-power',
  '/t/q1/biggest-barrier',
  '/t/q1/biggest-barrier?page=2',
  '/t/q5/what-would-emerge',
  '/p/d001/whole',
  '/search',
  '/search?q=clinic&region=002',
  '/barriers',
  '/barriers?region=011&kind=cost',
  '/barriers/kinds/cost',
  '/countries/NG',
  '/pillars/education',
  '/regions/011',
  '/digests',
  '/digests/world',
  '/digests/world/2026-10',
  '/digests/011/2026-10',
  '/digests/011/2026-10/v/1',
  '/u/kofi_dev',
  '/moderation',
  '/glossary',
  '/accessibility',
  '/about',
  '/rules',
  '/privacy',
  '/contact',
  '/report',
  '/transparency',
  '/transparency/2026',
  '/subscribe',
  '/nothing-here',
];
const FORMS = [
  '/barriers/new',
  '/login',
  '/login/code',
  '/login/passkey',
  '/signup',
  '/signup/sent',
  '/p/d002/flag',
  '/p/d002/face',
  '/reset',
  '/reset/sent',
  '/report/sent',
  '/subscribe/sent',
];
const HISTORIES = ['/p/d001/revisions', '/p/d001/translations'];
const MEMBERS = [
  '/threads/new',
  '/barriers/new',
  '/t/q1/biggest-barrier',
  '/p/d001/flag',
  '/settings',
  '/settings/notices',
  '/settings/data',
  '/settings/delete',
  '/drafts',
  '/logout',
  '/settings/security',
  '/settings/address',
  '/settings/password',
  '/settings/second-factor',
  '/settings/passkeys',
  '/login/again',
  '/notifications',
  '/modmail',
  '/following',
  '/bookmarks',
  '/you',
];
/** For people whose first post has been approved. */
const TRANSLATE = '/p/d001/translate?to=sw';
/** Pages on which logged-in people write: a script keeps their text on the device. */
const WRITERS = ['/threads/new', '/barriers/new', '/t/q1/biggest-barrier', TRANSLATE];
const CASES = /^\/mod($|\?|\/(cases|posts|people)\/[^/]+$)/;

/** Returns the names of the scripts on a page of somebody who is logged in. */
function scriptsOf(path: string): string[] {
  if (WRITERS.includes(path) || path.endsWith('/edit')) return ['keep-text'];
  return CASES.test(path) ? ['desk-keys'] : [];
}

const MODERATORS = [
  '/mod',
  '/mod?cause=flag&sort=newest',
  '/mod/posts/d001',
  '/mod/key-points',
  '/mod/digests',
  '/mod/patterns',
  '/mod/modmail',
  '/mod/people',
  '/mod/people/kofi_dev',
  '/mod/people/kofi_dev/record',
  '/mod/practice',
  '/mod/practice/practice-04',
];

const ADMINISTRATORS = [
  '/admin',
  '/admin/conversations',
  '/admin/conversations/c1',
  '/admin/conversations/c1/translations?language=ar',
  '/admin/embed',
  '/admin/settings',
  '/admin/logo',
  '/admin/start',
  '/admin/people',
  '/admin/people?q=kofi',
  '/admin/people/kofi_dev',
  '/admin/vocabulary',
  '/admin/vocabulary/pillar',
  '/admin/vocabulary/pillar/education',
  '/admin/vocabulary/barrier/cost/cues/ar',
  '/admin/invitations',
  '/admin/mail',
  '/admin/jobs',
  '/admin/backups',
  '/admin/numbers',
];

const BUDGET = 14 * 1024;
let causeway: TestCauseway;
let anonymous: Client;
let member: Client;
let moderator: Client;
let administrator: Client;
/** A person who is quoted in a digest. */
let quoted: Client;
/** A person who has just written a post. */
let writer: Client;
const writers: string[] = [];
const moderators = [...MODERATORS];
const members = [...MEMBERS];
const readers = [...READING];
/** Pages to which emails lead. */
const emailed: string[] = [];

beforeAll(async () => {
  causeway = await startTestCauseway();
  await buildDemo(causeway.app, readFileSync('db/seed/demo/conversation.jsonl', 'utf8'));
  anonymous = causeway.client();
  member = await loggedIn(DEMO_ACCOUNTS.member.email);
  moderator = await loggedIn(DEMO_ACCOUNTS.moderator.email);
  administrator = (await addMember(causeway, 'administrator', { role: 'administrator' })).client;
  const fails = () => Promise.reject(new Error('no'));
  await runJob(causeway.app, { ...MAIL, run: fails }, { force: true });
  quoted = await withSession('adaeze_clinic');
  const db = causeway.app.db.reader;
  const [matter] = await db.select().from(cases).where(eq(cases.postId, 'd035'));
  const made = await db.select().from(decisions).orderBy(asc(decisions.createdAt));
  for (const action of ['hide', 'reverse']) {
    moderators.push(`/decisions/${made.find((one) => one.action === action)?.id}`);
  }
  const open = await db.select().from(cases).where(isNull(cases.closedAt));
  const causes = await db.select().from(caseCauses);
  for (const cause of ['held', 'rule', 'notice', 'appeal']) {
    const one = causes.find((of) => of.cause === cause && open.some(({ id }) => id === of.caseId));
    moderators.push(`/mod/cases/${one?.caseId}`);
  }
  const [conversation] = await db.select().from(modConversations);
  moderators.push(`/mod/modmail/${conversation?.id}`);
  members.push(`/modmail/${conversation?.id}`, ...(await warned()));
  const [point] = await keyPointsOf(db, causeway.app.community, { limit: 1 });
  if (!point) throw new Error('the demo has no key point');
  readers.push(keyPointPath(point));
  moderators.push(`/mod/key-points/${point.id}`);
  const [digest] = await db.select().from(digests).limit(1);
  moderators.push(`/mod/cases/${matter?.id}`);
  moderators.push(`/mod/digests/${digest?.id}`);
  emailed.push(leaveUrl('', await linkSecret(causeway.app), addressHash('reader@example.org')));
  emailed.push(...(await linksOfVisitors()), await invitation());
  await write();
});
afterAll(() => causeway.close());

/** Subscribes and flags without an account: returns the pages where that is confirmed and changed. */
async function linksOfVisitors(): Promise<string[]> {
  const visitor = causeway.client();
  const subscribed = async (email: string) => {
    await visitor.post('/subscribe', { email, scope: 'NG' });
    return inMail(causeway, email, /\/subscriptions\/\S+/);
  };
  const asked = await subscribed('asked@example.org');
  const active = await subscribed('active@example.org');
  await causeway.client().post(active, { action: 'confirm' });
  const flag = { reason: 'spam', note: 'It sells loans.' };
  const join = await visitor.post('/p/d002/flag', flag);
  await visitor.post('/p/d002/flag', { ...flag, email: 'flags@example.org' });
  const confirm = await inMail(causeway, 'flags@example.org', /\/confirm\/\S+/);
  return [asked, active, `${active}?leave`, join.location ?? '', confirm];
}

/** Invites a moderator by email: returns the page that the link leads to. */
async function invitation(): Promise<string> {
  const fields = { action: 'invite', role: 'moderator', uses: '1', days: '7' };
  await administrator.post('/admin/invitations', { ...fields, email: 'invited@example.org' });
  return inMail(causeway, 'invited@example.org', /\/invitations\/\S+/);
}

/** Opens a thread: adds the pages for its author, and those behind the links of their emails. */
async function write(): Promise<void> {
  const { app } = causeway;
  const author = await addMember(causeway, 'writer');
  writer = author.client;
  const { openingId } = await addThread(causeway, author, 'Who mends the pump?');
  writers.push(...['edit', 'delete', 'language'].map((page) => `/p/${openingId}/${page}`));
  writers.push(TRANSLATE);
  const form = {
    action: '/threads/new',
    fields: [['title', 'Who mends it?']] as [string, string][],
  };
  writers.push(`/kept/${await keepForm(app, form, { language: 'en', address: '192.0.2.9' })}`);
  for (const purpose of ['reset', 'login'] as const) {
    const issue = (tx: Db) => issueToken(tx, app.clock, purpose, { userId: author.id });
    emailed.push(`/${purpose === 'login' ? 'login/link' : purpose}/${await app.db.write(issue)}`);
  }
  const email = 'new@example.org';
  await requestAddress(app, author.id, { email, language: 'en', address: '192.0.2.9' });
  emailed.push(await inMail(causeway, email, /\/address\/confirm\/\S+/));
  emailed.push(await inMail(causeway, 'writer@example.org', /\/address\/undo\/\S+/));
  emailed.push(`/quotes/${objectionToken(await linkSecret(app), 'd001')}`);
}

/** Logs in as a person of the conversation, who has no password. */
async function withSession(handle: string): Promise<Client> {
  const { app } = causeway;
  const [person] = await app.db.reader.select().from(users).where(eq(users.handle, handle));
  const client = causeway.client();
  const token = await app.db.write((tx) => openSession(tx, app.clock, person?.id ?? ''));
  client.cookies.set(SESSION_COOKIE, token);
  return client;
}

/** Warns the member: returns the pages of the statement and of the appeal. */
async function warned(): Promise<string[]> {
  const { handle } = DEMO_ACCOUNTS.member;
  const answer = await moderator.post(`/mod/people/${handle}`, {
    action: 'warn',
    reason: 'off-topic',
    note: 'Please say where it comes from.',
  });
  expect(answer.status).toBe(303);
  const [decision] = await causeway.app.db.reader
    .select()
    .from(decisions)
    .where(eq(decisions.action, 'warn'));
  return [`/decisions/${decision?.id}`, `/decisions/${decision?.id}/appeal`];
}

async function loggedIn(email: string): Promise<Client> {
  const client = causeway.client();
  const answer = await client.post('/login', { email, password: DEMO_PASSWORD });
  expect(answer.status).toBe(303);
  return client;
}

const visitors = () => [anonymous, member, moderator, administrator, quoted, writer];

function everyPage(): [Client, string][] {
  return [
    ...[...readers, ...FORMS, ...HISTORIES, ...emailed].map((path): [Client, string] => [
      anonymous,
      path,
    ]),
    ...members.map((path): [Client, string] => [member, path]),
    ...moderators.map((path): [Client, string] => [moderator, path]),
    ...ADMINISTRATORS.map((path): [Client, string] => [administrator, path]),
    [quoted, '/p/d001/quoted'],
    ...writers.map((path): [Client, string] => [writer, path]),
  ];
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** True if two boxes of a row do not overlap. */
function apart(one: Box, other: Box): boolean {
  return one.x + one.width <= other.x || other.x + other.width <= one.x;
}

/**
 * Runs in the page. Returns what is wrong with its layout: wider than the window, moving although
 * the visitor wants no motion, source numbers and links of facts too small for a thumb, a title cut at its start or away
 * from the others, source numbers
 * torn from their sentence, a list mark beside the last line of its link, or a link within a
 * sentence that is a block of its own.
 */
const layoutFaults = `() => {
  const faults = [];
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) faults.push('wider than the window by ' + wide + ' px');
  for (const element of document.querySelectorAll('body *')) {
    const { animationName, transitionDuration } = getComputedStyle(element);
    if (animationName !== 'none' || parseFloat(transitionDuration) > 0) {
      faults.push('moves: ' + element.outerHTML.slice(0, 80));
    }
  }
  const numbers = [...document.querySelectorAll('.sources a')].map((one) => one.getBoundingClientRect());
  for (const { width, height } of numbers) {
    if (width < 24 || height < 24) faults.push('a source number of ' + width + ' by ' + height + ' px');
  }
  for (const link of document.querySelectorAll('.meta a, a.pillar')) {
    if (!link.checkVisibility()) continue;
    const { width, height } = link.getBoundingClientRect();
    if (width < 23.9 || height < 23.9) faults.push('too small a target: ' + link.outerHTML.slice(0, 120));
  }
  for (const title of document.querySelectorAll('main bdi')) {
    const { direction } = getComputedStyle(title);
    for (let around = title.parentElement; around; around = around.parentElement) {
      const style = getComputedStyle(around);
      const cuts = style.webkitLineClamp !== 'none' || style.textOverflow === 'ellipsis';
      // Cut at the end of a line of the other direction, a title loses its first words.
      if (cuts && style.direction !== direction) faults.push('cut at its start: ' + title.outerHTML.slice(0, 80));
    }
  }
  for (const title of document.querySelectorAll(':is(h1, h2, h3)[dir]:not(.prose *)')) {
    const { direction } = getComputedStyle(title.parentElement);
    if (getComputedStyle(title).direction === direction || !title.checkVisibility()) continue;
    const words = document.createRange();
    words.selectNodeContents(title);
    const edge = direction === 'rtl' ? 'right' : 'left';
    const away = Math.abs(words.getBoundingClientRect()[edge] - title.getBoundingClientRect()[edge]);
    if (away > 2) faults.push('a title on the other side than the page: ' + title.outerHTML.slice(0, 80));
  }
  for (const head of document.querySelectorAll('thead th')) {
    const words = document.createTreeWalker(head, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
      for (const { index, 0: word } of words.currentNode.data.matchAll(/\\S+/g)) {
        const range = document.createRange();
        range.setStart(words.currentNode, index);
        range.setEnd(words.currentNode, index + word.length);
        const tops = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
        if (tops.size > 1) faults.push('a word of a table header is broken: ' + word);
      }
    }
  }
  for (const row of document.querySelectorAll('.sources')) {
    const text = row.previousSibling;
    // On a wide screen they stand in the margin; the columns of a table are narrow.
    if (getComputedStyle(row).float !== 'none' || row.closest('table')) continue;
    if (!text || text.nodeType !== 3 || text.length === 0) continue;
    const last = document.createRange();
    last.setStart(text, text.length - 1);
    last.setEnd(text, text.length);
    const word = last.getBoundingClientRect();
    for (const { top, bottom } of [...row.children].map((one) => one.getBoundingClientRect())) {
      const sameLine = top < word.bottom && bottom > word.top;
      if (!sameLine) faults.push('a source number on another line than its sentence ends on');
    }
  }
  for (const link of document.querySelectorAll('main li > a:only-child')) {
    const { display, listStyleType } = getComputedStyle(link.parentNode);
    if (display !== 'list-item' || listStyleType === 'none' || !link.checkVisibility()) continue;
    const beside = document.createTextNode('\u200b');
    link.before(beside);
    const line = document.createRange();
    line.selectNode(beside);
    const below = line.getBoundingClientRect().top - link.getBoundingClientRect().top;
    beside.remove();
    if (below > 9) faults.push('a list mark beside the last line: ' + link.outerHTML.slice(0, 80));
  }
  for (const link of document.querySelectorAll('main a')) {
    const after = link.nextSibling && link.nextSibling.nodeType === 3 ? link.nextSibling.data : '';
    const flows = getComputedStyle(link).display === 'inline' || link.closest('.meta, .nav');
    if (/\\p{L}/u.test(after) && !flows) {
      faults.push('a block in a sentence: ' + link.parentNode.outerHTML.slice(0, 120));
    }
  }
  return faults;
}`;

/** Runs in the page: returns the controls that cannot be seen where colours are the system's. */
const lineFaults = `() => [...document.querySelectorAll('input, select, textarea, button, .button')]
  .filter((control) => control.checkVisibility() && !control.matches('[type=hidden]'))
  .filter((control) => {
    const { borderTopWidth, appearance, textDecorationLine } = getComputedStyle(control);
    const drawn = parseFloat(borderTopWidth) > 0 || control.matches('[type=checkbox], [type=radio]');
    return !drawn && textDecorationLine === 'none' && !control.closest('.nav') && appearance !== 'auto';
  })
  .map((control) => control.outerHTML.slice(0, 120))`;

const english = new Map<string, Promise<Answer>>();

/** Returns a page in English, fetched once for all tests of its words. */
function inEnglish(client: Client, path: string): Promise<Answer> {
  const key = `${visitors().indexOf(client)} ${path}`;
  const answer = english.get(key) ?? client.get(path);
  english.set(key, answer);
  return answer;
}

/** Elements that every text browser puts on lines of their own; w3m does so with no fieldset. */
const LINES = 'p, div, ul, ol, dl, table, form, blockquote, pre, h1, h2, h3, h4, h5, h6, hr, br';
/** Their parts, and fields: words never run across their edges. */
const APART = `${LINES}, li, dt, dd, caption, tr, th, td, input, select, option, textarea`;
/** People's own words and pictures, which are left out. */
const LEFT_OUT = '.prose, .typed, mark, svg';

/** Returns the texts of a page, with an edge between what stands on lines or in fields of its own. */
function runsOf($: Answer['$'], edge: string): string[] {
  const runs: string[] = [];
  const read = (node: ReturnType<typeof labelsOf>[number]['children'][number]) => {
    if (node.type === 'text') runs.push(node.data);
    if (node.type !== 'tag') return;
    const around = $(node).is(`${APART}, ${LEFT_OUT}`) ? edge : '';
    runs.push(around);
    if (!$(node).is(LEFT_OUT)) for (const child of node.children) read(child);
    runs.push(around);
  };
  for (const body of $('body').toArray()) read(body);
  return runs.filter(Boolean);
}

/** Returns words that only a style sheet keeps apart, in one element or across several. */
function joinedWords($: Answer['$']): string[] {
  const words = runsOf($, ' ');
  return words.flatMap((one, at) => {
    const other = words[at + 1] ?? '';
    return /[\p{L}\p{N}”)]$/u.test(one) && /^[\p{L}\p{N}“(]/u.test(other)
      ? [`${one.slice(-20)}|${other.slice(0, 20)}`]
      : [];
  });
}

/** Returns links and buttons that only a space keeps apart: in a text browser they read as one. */
function joinedLinks($: Answer['$']): string[] {
  return $('a, button, summary')
    .not('.sources *, .prose *')
    .toArray()
    .filter((link) => {
      const between = link.next?.type === 'text' ? link.next.data : '';
      const next = link.next?.type === 'text' ? link.next.next : link.next;
      const follows = next?.type === 'tag' && $(next).is('a, button, span:has(> a:first-child)');
      return follows && /^\s*$/.test(between) && !($(link).is('button') || $(next).is('button'));
    })
    .map((link) => `${$(link).text()} | ${$(link).next().text()}`.slice(0, 80));
}

const labelsOf = ($: Answer['$']) =>
  $('main').find('label, legend, summary').not('[hidden] *').toArray();
type AnyNode = NonNullable<ReturnType<typeof labelsOf>[number]['next']>;

/** Returns labels, legends and summaries that run into the text or field after them. */
function joinedLabels($: Answer['$']): string[] {
  const isApart = (node: AnyNode | null): boolean => {
    if (!node) return true;
    if (node.type === 'text')
      return node.data === '' ? isApart(nodeAfter(node)) : /^\s/.test(node.data);
    if (node.type !== 'tag') return isApart(nodeAfter(node));
    if ($(node).is(LINES)) return true;
    return node.firstChild
      ? isApart(node.firstChild)
      : $(node).is('svg') && isApart(nodeAfter(node));
  };
  const nodeAfter = (node: AnyNode): AnyNode | null => {
    if (node.nextSibling) return node.nextSibling;
    const { parent } = node;
    return parent?.type !== 'tag' || $(parent).is(LINES) ? null : nodeAfter(parent);
  };
  return labelsOf($)
    .filter((label) => !isApart(nodeAfter(label)))
    .map((label) => $(label).text().slice(0, 60));
}

/** Returns the headings of a page that skip a level, and its sections without a heading. */
function outlineFaults($: Answer['$']): string[] {
  const levels = $('h1, h2, h3, h4, h5, h6').toArray();
  const skips = levels.filter((heading, at) => {
    const before = at === 0 ? 0 : Number(levels[at - 1]?.tagName.slice(1));
    return Number(heading.tagName.slice(1)) > before + 1;
  });
  const bare = $('section')
    .toArray()
    .filter((section) => {
      const named = $(`#${$(section).attr('aria-labelledby') ?? 'none'}`);
      return !$(section).find('h2, h3, h4').add(named.filter('h2, h3, h4')).length;
    });
  return [
    ...skips.map((heading) => `skips to ${heading.tagName}: ${$(heading).text()}`),
    ...bare.map((section) => `a section without a heading: ${$(section).text().slice(0, 60)}`),
  ];
}

describe('every page', () => {
  it('has an outline: headings skip no level, and every section has one', async () => {
    const found: string[] = [];
    for (const [client, path] of everyPage()) {
      const { $ } = await inEnglish(client, path);
      found.push(...outlineFaults($).map((fault) => `${path}: ${fault}`));
    }
    expect(found.join('\n')).toBe('');
    // What people say about the kinds of barrier is under a heading of its own.
    const { $ } = await inEnglish(anonymous, '/digests/world/2026-10');
    const kinds = $('.barrier:not(.finding)');
    expect(kinds.length).toBeGreaterThan(0);
    expect(
      kinds.filter((_, one) => $(one).parent().children('h2').text() !== 'In people’s words')
        .length,
    ).toBe(0);
  });

  it('keeps words apart without a style sheet', async () => {
    const found: string[] = [];
    for (const [client, path] of everyPage()) {
      const { $ } = await inEnglish(client, path);
      found.push(...joinedWords($).map((words) => `${path}: ${words}`));
      found.push(...joinedLabels($).map((label) => `${path}: after ${label}`));
      found.push(...joinedLinks($).map((links) => `${path}: ${links}`));
      const ignored = $('[hidden]').filter((_, one) => /[^·\s]/.test($(one).text()));
      found.push(
        ...ignored.toArray().map((one) => `${path}: shown by text browsers: ${$.html(one)}`),
      );
    }
    expect([...new Set(found)]).toEqual([]);
    const { $ } = await inEnglish(anonymous, '/t/q1/biggest-barrier');
    expect($('#p-d001 .byline').text()).toMatch(/Adaeze.*\s·\sNigeria\s·\s3 August 2026/);
  });

  it('leaves no space after the marks of Chinese, which are as wide as a letter', async () => {
    const found: string[] = [];
    for (const [client, path] of everyPage()) {
      const { $ } = await client.get(path, { 'Accept-Language': 'zh' });
      // A space keeps the numbers of sources apart from the last word in copied text.
      $('.sources').remove();
      const spaced = runsOf($, '\n')
        .join('')
        .match(/.*[，。：；！？、）」』》】] +[^\s·].*/g);
      found.push(...(spaced ?? []).map((line) => `${path}: ${line}`));
    }
    expect(found).toEqual([]);
  });

  it('has one heading, a language, a direction, and no script, style attribute or foreign content', async () => {
    for (const [client, path] of everyPage()) {
      const { $, status } = await client.get(path, { 'Accept-Language': 'ar' });
      expect(status, path).toBe(path === '/nothing-here' ? 404 : 200);
      expect($('h1').length, path).toBe(1);
      expect($('html').attr('lang'), path).toBe('ar');
      expect($('html').attr('dir'), path).toBe('rtl');
      expect($('title').text().length, path).toBeGreaterThan(3);
      const scripts = $('script')
        .map((_, element) => $(element).attr('src') ?? 'inline')
        .get();
      const expected = client === anonymous ? [] : scriptsOf(path);
      expect(
        scripts.map((script) => /^\/assets\/(.+)-[\w-]{8}\.js$/.exec(script)?.[1]),
        path,
      ).toEqual(expected);
      expect($('iframe, [style], [onclick]').length, path).toBe(0);
      const sources = $('link[href], [src]')
        .not('[rel=canonical]')
        .map((_, element) => $(element).attr('href') ?? $(element).attr('src'))
        .get();
      for (const source of sources) expect(source, path).toMatch(/^\/(?!\/)/);
    }
  });

  it('loads the style sheets that have rules for its classes', async () => {
    const classesOf = (css: string) =>
      new Set([...css.matchAll(/\.([a-z][\w-]*)/g)].map(([, name = '']) => name));
    const sheets = new Map<string, Set<string>>();
    const sheet = async (path: string) => {
      const known = sheets.get(path) ?? classesOf((await anonymous.get(path)).text);
      sheets.set(path, known);
      return known;
    };
    const uses: { path: string; names: string[]; loaded: string[] }[] = [];
    for (const [client, path] of everyPage()) {
      const { $ } = await inEnglish(client, path);
      const named = $('[class]').toArray();
      uses.push({
        path,
        names: [...new Set(named.flatMap((one) => ($(one).attr('class') ?? '').split(' ')))],
        loaded: $('link[rel=stylesheet]')
          .toArray()
          .map((one) => $(one).attr('href') ?? ''),
      });
    }
    for (const { loaded } of uses) for (const path of loaded) await sheet(path);
    const styled = new Set([...sheets.values()].flatMap((names) => [...names]));
    const bare = uses.flatMap(({ path, names, loaded }) =>
      names
        .filter((name) => styled.has(name) && !loaded.some((one) => sheets.get(one)?.has(name)))
        .map((name) => `${path}: .${name}`),
    );
    expect([...new Set(bare)]).toEqual([]);
    expect(sheets.size).toBeGreaterThan(3);
  });

  it('describes the home page for previews of its link', async () => {
    const { $ } = await inEnglish(anonymous, '/');
    const og = (name: string) => $(`meta[property="og:${name}"]`).attr('content');
    expect(og('type')).toBe('website');
    expect(og('url')).toBe(`${causeway.config.origin}/`);
    expect(og('title')).toBe($('h1').text());
    expect(og('description')).toBe($('.lead').text());
    expect((await causeway.client().get(new URL(og('image') ?? '').pathname)).status).toBe(200);
  });

  it('keeps names of several words together beside Arabic, also where a style sheet prints them', async () => {
    const { $ } = await anonymous.get('/digests/011/2026-10', { 'Accept-Language': 'ar' });
    const writers = $('[data-by]')
      .toArray()
      .map((one) => $(one).attr('data-by') ?? '');
    const several = writers.filter((writer) =>
      /\p{Script=Latin}[. ]/u.test(writer.split(' · ')[0] ?? ''),
    );
    expect(several.length).toBeGreaterThan(0);
    for (const writer of several) expect(writer).toMatch(/^\u2068.+\u2069/);
  });

  it('is valid HTML', async () => {
    const found: string[] = [];
    for (const [client, path] of everyPage()) {
      const { text } = await inEnglish(client, path);
      found.push(...invalidHtml(text).map((line) => `${path}: ${line}`));
      // Otherwise the server, in this process, could not close connections that have ended.
      await setImmediate();
    }
    expect(found.join('\n')).toBe('');
  });

  it('shows no missing message key', async () => {
    for (const [client, path] of everyPage()) {
      const { $ } = await inEnglish(client, path);
      expect($('body').text(), path).not.toMatch(
        /\b(account|admin|asking|barriers|conversations?|digests|editions|guard|keyPoints|moderation|pages|people|reading|search|security|site|subscriptions|vocabulary|words|writing)\.[a-z]+\.[a-z]/i,
      );
    }
  });

  it('uses every form key once and has a label for every field', async () => {
    for (const [client, path] of everyPage()) {
      const { $ } = await inEnglish(client, path);
      $('input:not([type=hidden]), select, textarea').each((_, field) => {
        const id = $(field).attr('id');
        const labelled = $(field).closest('label').length > 0 || $(`label[for="${id}"]`).length > 0;
        const other = $(field).attr('aria-labelledby');
        const named = other !== undefined && $(`[id="${other}"]`).text().trim() !== '';
        expect(
          labelled || named || $(field).attr('aria-label') !== undefined,
          `${path} ${$.html(field)}`,
        ).toBe(true);
      });
      // A text browser sends a form without fields as a GET, which changes nothing.
      $('form[method=post]').each((_, form) => {
        const fields = $(form).find('input, select, textarea, button').filter('[name]');
        expect(fields.length, `${path} ${$(form).attr('action')}`).toBeGreaterThan(0);
      });
      const ids = $('[id]')
        .map((_, element) => $(element).attr('id'))
        .get();
      expect(ids.length, path).toBe(new Set(ids).size);
    }
  });
});

describe('a reading page', () => {
  it.each(READING)('%s costs at most 14 kB and 3 requests, compressed', async (path) => {
    // Russian is the heaviest.
    for (const language of [...CHECKED_LANGUAGES, 'ru' as const]) {
      const weight = await pageWeight(causeway.url, path, language);
      expect(weight.requests, language).toBeLessThanOrEqual(3);
      expect(weight.html + weight.css, language).toBeLessThanOrEqual(BUDGET);
    }
  });
});

describe.skipIf(!hasBrowser)('every page in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
    // Pages that were made before stay as they are.
    causeway.config.demo = true;
  });
  afterAll(() => browser.close());

  /**
   * Visits all pages of one visitor in one window of 320 px, which is 1280 px at 400 % zoom, with
   * everything unfolded; returns one line per problem. `axe` brings axe-core to each page, which takes
   * longer than to open it.
   */
  async function walk(
    client: Client,
    locale: string,
    look: (page: Page) => Promise<string[]>,
    { axe = false } = {},
  ): Promise<string[]> {
    const context = await openContext(browser, { javaScript: true, locale, width: 320 });
    if (axe) await bringAxe(context);
    await context.addCookies(client.cookiesForBrowser());
    const page = await context.newPage();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const findings: string[] = [];
    for (const [, path] of everyPage().filter(([who]) => who === client)) {
      await page.goto(causeway.url + path);
      await page.evaluate(
        "document.querySelectorAll('details').forEach((one) => { one.open = true; })",
      );
      const layout = (await page.evaluate(`(${layoutFaults})()`)) as string[];
      const found = [...layout, ...(await look(page))];
      findings.push(...found.map((line) => `${path}: ${line}`));
    }
    await context.close();
    return findings;
  }

  async function walkAll(
    locale: string,
    look: (page: Page) => Promise<string[]>,
    options?: { axe: boolean },
  ) {
    return (await Promise.all(visitors().map((one) => walk(one, locale, look, options)))).flat();
  }

  // The elements are the same in all languages: colours are looked at in one, and all else in
  // another, whose direction is the other one.
  it('has no colours that axe finds against WCAG 2.2 AA, light and dark', async () => {
    const seen = new Set<string>();
    const look = async (page: Page) => {
      await takeOutRepeats(page, seen, '*');
      await page.emulateMedia({ colorScheme: 'light' });
      const light = await axeFindings(page, 'colours');
      await page.emulateMedia({ colorScheme: 'dark' });
      const dark = await axeFindings(page, 'colours');
      return [...light, ...dark.map((line) => `dark: ${line}`)];
    };
    const findings = await walkAll('en', look, { axe: true });
    expect(findings.join('\n')).toBe('');
  }, 600_000);

  it('has nothing else that axe finds, in Arabic, from right to left', async () => {
    const look = async (page: Page) => {
      await takeOutRepeats(page, new Set(), 'li, tr, option, article');
      return axeFindings(page, 'all but colours');
    };
    const findings = await walkAll('ar', look, { axe: true });
    expect(findings.join('\n')).toBe('');
  }, 600_000);

  it('fits a phone in French, and has no control without an outline in forced colours', async () => {
    const findings = await walkAll('fr', async (page) => {
      await page.emulateMedia({ forcedColors: 'active' });
      return (await page.evaluate(`(${lineFaults})()`)) as string[];
    });
    expect(findings.join('\n')).toBe('');
  }, 600_000);

  it('fits a phone in Hindi', async () => {
    const findings = await walk(anonymous, 'hi', async () => []);
    expect(findings.join('\n')).toBe('');
  }, 600_000);

  it('letters the claims of a lead beside its sources, and not at the desk, where these stand within', async () => {
    const draft = await buildDigest(causeway.app, '002', '2026-Q3');
    const context = await openContext(browser, { javaScript: true });
    await context.addCookies(moderator.cookiesForBrowser());
    const page = await context.newPage();
    const letters = async (path: string) => {
      await page.goto(causeway.url + path);
      const marks = `[...document.querySelectorAll('.lead :is(.claim, .sources)')]
        .map((one) => getComputedStyle(one, '::before').content)`;
      return (await page.evaluate(marks)) as string[];
    };
    expect(new Set(await letters('/digests/world/2026-10')).has('none')).toBe(false);
    const atDesk = await letters(`/mod/digests/${draft.id}`);
    expect(atDesk.length).toBeGreaterThan(2);
    expect(new Set(atDesk)).toEqual(new Set(['none']));
    await context.close();
  });

  const windows = new Map<Client, Promise<Page>>();

  async function openWindow(client: Client): Promise<Page> {
    const context = await openContext(browser);
    await context.addCookies(client.cookiesForBrowser());
    return context.newPage();
  }

  /** Returns the one window of a visitor, without scripts, in a language and width. */
  async function windowOf(client: Client, locale: string, width: number): Promise<Page> {
    const opened = windows.get(client) ?? openWindow(client);
    windows.set(client, opened);
    const page = await opened;
    await page.context().addCookies([{ name: LANGUAGE_COOKIE, value: locale, url: causeway.url }]);
    await page.setViewportSize({ width, height: 900 });
    return page;
  }

  it.each(LOCALE_TAGS)(
    'has a header of two rows on a phone, with every language in view, in %s',
    async (locale) => {
      for (const client of [anonymous, moderator]) {
        const page = await windowOf(client, locale, 320);
        const boxes = async (selector: string) => {
          const all = await Promise.all(
            (await page.locator(selector).all()).map((one) => one.boundingBox()),
          );
          if (all.length === 0 || all.includes(null)) throw new Error(`${selector} is not shown`);
          return all as Box[];
        };
        await page.goto(`${causeway.url}/threads?sort=unanswered`);
        for (const width of [390, 320]) {
          await page.setViewportSize({ width, height: 568 });
          const where = `${width} px`;
          const targets = ['.wordmark', '.account a', '.menu > summary', '.language button'];
          const [name, account, menu, languages] = (await Promise.all(targets.map(boxes))) as [
            Box[],
            Box[],
            Box[],
            Box[],
          ];
          expect((await boxes('.masthead-row'))[0]?.height, where).toBeLessThanOrEqual(2 * 44);
          expect((await boxes('.demo-line'))[0]?.height, where).toBeLessThanOrEqual(36);
          expect(languages, where).toHaveLength(LOCALE_TAGS.length - 1);
          for (const row of [
            [...name, ...account],
            [...menu, ...languages],
          ]) {
            for (const [at, one] of row.entries()) {
              expect(one.x >= 0 && one.x + one.width <= width, where).toBe(true);
              expect(Math.min(one.width, one.height), where).toBeGreaterThanOrEqual(24);
              for (const other of row.slice(at + 1)) expect(apart(one, other), where).toBe(true);
            }
          }
          const cut = await page.evaluate(
            "[...document.querySelectorAll('.wordmark, .language')].filter((row) => row.scrollWidth > row.clientWidth).map((row) => row.className)",
          );
          expect(cut, where).toEqual([]);
        }
        await page.setViewportSize({ width: 1280, height: 568 });
        const line = await boxes('.account a, .language button');
        expect(new Set(line.map(({ y }) => Math.round(y))).size).toBe(1);
      }
    },
  );

  it.each(['en', 'fr', 'ar'])(
    'leads with three findings and one button on the first screen of a phone, in %s',
    async (locale) => {
      const page = await windowOf(anonymous, locale, 390);
      await page.goto(causeway.url);
      const findings = page.locator('#main .rows').first().locator('li');
      expect(await findings.count()).toBe(3);
      for (const finding of await findings.all()) {
        expect(await finding.locator('.meta').textContent()).toMatch(
          locale === 'ar' ? /أشخاص|شخصان|شخص واحد/ : /^\d+ pe(rson|ople)/,
        );
      }
      const last = await findings.last().boundingBox();
      expect(last && last.y + last.height).toBeLessThanOrEqual(844);
      expect(await page.locator('#main a.button').count()).toBe(1);
    },
  );

  it.each(LOCALE_TAGS)(
    'shows the way to take part on the first screen of the smallest phone, in %s',
    async (locale) => {
      const page = await windowOf(anonymous, locale, 320);
      await page.goto(causeway.url);
      const button = await page.locator('#main a.button').boundingBox();
      expect(button && button.y + button.height).toBeLessThanOrEqual(568);
    },
  );

  it.each(LOCALE_TAGS)('fits the smallest phone with tables and choices, in %s', async (locale) => {
    for (const [client, path] of [
      [anonymous, '/digests/world/2026-10'],
      [moderator, '/mod/key-points'],
    ] as const) {
      const page = await windowOf(client, locale, 320);
      await page.goto(causeway.url + path);
      expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBe(320);
    }
  });

  it.each(['en', 'fr', 'ar'] as const)(
    'shows the actions of a post in one row on a phone, in %s',
    async (locale) => {
      for (const client of [anonymous, member, moderator]) {
        const page = await windowOf(client, locale, 390);
        // On the second page is a post that the member flagged.
        for (const part of ['', '?page=2']) {
          await page.goto(`${causeway.url}/t/q1/biggest-barrier${part}`);
          const rows =
            (await page.evaluate(`[...document.querySelectorAll('.post-acts')].map((row) =>
          [...row.querySelectorAll(':scope > :not(.more), .more > summary')]
            .flatMap((act) => (act.querySelector('a, button, strong') ?? act).getClientRects()[0] ?? [])
            .map(({ top }) => top))`)) as number[][];
          expect(rows.length).toBeGreaterThan(10);
          for (const tops of rows) expect(Math.max(...tops) - Math.min(...tops)).toBeLessThan(12);
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
        }
        const flagged = translator(locale).t('moderation.flag.thanks');
        if (client === member) expect(await page.textContent('main')).toContain(flagged);
      }
    },
  );

  it('keeps context beside a long thread and a key point on a wide screen', async () => {
    const [point] = await keyPointsOf(causeway.app.db.reader, causeway.app.community, { limit: 1 });
    for (const path of ['/t/q1/biggest-barrier', point ? keyPointPath(point) : '']) {
      const page = await windowOf(anonymous, 'en', 1280);
      await page.goto(causeway.url + path);
      const margin = page.locator('.page-aside');
      expect(await margin.locator('a[href^="/countries/"]').count(), path).toBeGreaterThan(1);
      await page.locator('.page-main').last().locator('li').last().scrollIntoViewIfNeeded();
      const box = await margin.boundingBox();
      expect(box && box.x > 700 && box.y + box.height > 0, path).toBe(true);
    }
  });

  it('shows the sections on a wide screen, and on a phone in a menu, with the current one marked', async () => {
    for (const width of [390, 1280]) {
      const page = await windowOf(member, 'en', width);
      await page.goto(`${causeway.url}/t/q1/biggest-barrier`);
      const section = page.locator('.sections a[aria-current]');
      expect(await section.isVisible()).toBe(width === 1280);
      if (width === 390) await page.click('.menu > summary');
      expect(await section.textContent()).toBe('Threads');
      expect(await section.isVisible()).toBe(true);
      await page.click('.sections >> text=Log out', { trial: true });
      await page.click('.account >> text=You', { trial: true });
    }
  });
});
