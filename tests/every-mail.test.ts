import { globSync, readFileSync } from 'node:fs';
import { load } from 'cheerio';
import { parse } from 'parse5';
import { beforeAll, describe, expect, it } from 'vitest';
import { LOCALES } from '~/platform/i18n/locales';
import { translator } from '~/platform/i18n/translator';
import { COLOURS } from '~/platform/palette';
import { startTestCauseway } from './support/causeway';
import { type EveryMail, everyMail } from './support/every-mail';
import { CHECKED_LANGUAGES } from './support/languages';

/** The files that write emails, with the names under which `everyMail` calls them. */
const WRITERS = {
  'app/domain/accounts/auth/account-mails.tsx': /^account\./,
  'app/domain/administration/invitation-mail.tsx': /^invitation/,
  'app/domain/moderation/cases/reminder-mail.tsx': /^case reminder/,
  'app/domain/moderation/decisions/statement-of-reasons.tsx': /^decision\./,
  'app/domain/moderation/dsa/mails.tsx': /^legal report\./,
  'app/domain/moderation/modmail/notify.tsx': /^modmail/,
  'app/domain/notifications/notification-mail.tsx': /^notification\./,
  'app/domain/ops/outbox.tsx': /^test/,
  'app/domain/ops/tell-refused-mail.tsx': /^refused mail/,
  'app/domain/subscriptions/subscription-mails.tsx': /^subscription\./,
  'app/domain/subscriptions/write-digest-mail.tsx': /^digest\./,
};

/** A text without the characters that isolate what runs against its sentence. */
const unisolated = (text = '') => text.replaceAll(/[\u2068\u2069]/g, '');

const ADDRESS = /https?:\/\/[^\s<>"]+/g;

describe.each(CHECKED_LANGUAGES)('every email in %s', (locale) => {
  let mails: EveryMail[];
  let origin: string;

  beforeAll(async () => {
    const causeway = await startTestCauseway();
    origin = causeway.config.origin;
    mails = await everyMail(causeway, locale);
    return () => causeway.close();
  }, 60_000);

  const each = (check: (mail: EveryMail) => void) => {
    for (const mail of mails) check(mail);
  };

  it('is covered by this test', () => {
    const writers = globSync('app/**/*.{ts,tsx}').filter((file) =>
      /\bwriteMail\(/.test(readFileSync(file, 'utf8').replace('function writeMail', '')),
    );
    expect(writers.sort()).toEqual(Object.keys(WRITERS).sort());
    for (const [file, kinds] of Object.entries(WRITERS)) {
      expect(mails.filter(({ kind }) => kinds.test(kind)).length, file).toBeGreaterThan(0);
    }
  });

  it('is valid HTML with a title, a language and a direction, and fetches nothing', () => {
    each(({ kind, subject, html }) => {
      const faults: string[] = [];
      parse(html, { onParseError: ({ code }) => faults.push(code) });
      expect(faults, kind).toEqual([]);
      const $ = load(html);
      expect($('title').text(), kind).toBe(subject);
      expect($('html').attr(), kind).toEqual({ lang: locale, dir: LOCALES[locale].dir });
      expect(html, kind).not.toMatch(/<(?:img|link|script|iframe|form)\b|url\(|@import|\ssrc=/i);
      expect($('header').text(), kind).toBe('Causeway');
      for (const colour of [COLOURS.paper.light, COLOURS.paper.dark])
        expect(html).toContain(colour);
    });
  });

  it('has the same content as text, with the same links', () => {
    const letters = (words: string) => words.replaceAll(/\s+|^> /gm, '');
    each(({ kind, text, html }) => {
      const $ = load(html);
      $('header').remove();
      for (const block of $('.mail').find('p, h1, h2').toArray()) {
        expect(letters(text), kind).toContain(letters($(block).text()));
      }
      const links = $('a')
        .map((_, link) => $(link).attr('href'))
        .toArray();
      expect(new Set(text.match(ADDRESS)), kind).toEqual(new Set(links));
      expect(links, kind).toContain(origin);
      expect(text, kind).not.toMatch(/&(?:amp|lt|quot|#\d+);/);
    });
  });

  it('has every placeholder filled, and a colon as the language sets it', () => {
    each(({ kind, subject, text }) => {
      expect(`${subject}${text}`, kind).not.toMatch(/\{\w|undefined|null|NaN|\[object/);
      const colons = text.replace(ADDRESS, '').match(/.:(?=\s|$)/gm) ?? [];
      const spaced = colons.filter((colon) => colon.startsWith('\u00a0'));
      expect(spaced.length, kind).toBe(locale === 'fr' ? colons.length : 0);
    });
  });

  it('shows people’s texts in their own language and direction', () => {
    each(({ kind, html }) => {
      expect(html, kind).not.toContain('<i>evil</i>');
    });
    const quoting = mails.filter(({ html }) => html.includes('&lt;i&gt;evil&lt;/i&gt;'));
    expect(quoting.map(({ kind }) => kind)).toEqual([
      'decision.hide',
      'notification.one',
      'notification.many',
      'notification.quoted',
      'digest.one',
      'digest.kinds',
      'digest.cut',
      'digest.whole',
      'digest.many',
    ]);
    const $ = load(quoting.find(({ kind }) => kind === 'digest.one')?.html ?? '');
    expect($('blockquote .words[lang=ha][dir=auto]').length).toBe(2);
    expect($('blockquote bdi[lang=en]').text()).toBe('The device does not hear Hausa.');
  });

  it('says in the subject of a digest what people reported, and before all else in it', () => {
    const of = (kind: string) => mails.find((mail) => mail.kind === kind);
    const subject = (kind: string) => unisolated(of(kind)?.subject);
    const finding = 'Speech tools do not understand Hausa';
    expect(subject('digest.one')).toContain(`Western Africa, October 2026`);
    expect(subject('digest.one')).toContain(finding);
    expect(subject('digest.many')).toMatch(new RegExp(`^Country 0.*${finding}.*13`));
    expect(subject('digest.kinds')).toMatch(/^Western Africa, October 2026.*Compute.*5/);
    const text = of('digest.one')?.text ?? '';
    const places = ['Western Africa', 'Forty-one people', 'second quotation'].map((words) =>
      text.indexOf(words),
    );
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('says how many key points a digest email leaves out, where people are, and what got better', () => {
    const cut = mails.find(({ kind }) => kind === 'digest.cut');
    expect(unisolated(cut?.subject)).toMatch(
      /^Western Africa, October 2026.*Speech tools do not understand.*\S….*11/,
    );
    expect(cut?.subject.length).toBeLessThanOrEqual(110);
    // Where only the number has no room, the finding stays whole.
    const whole = mails.find(({ kind }) => kind === 'digest.whole');
    expect(unisolated(whole?.subject)).toMatch(/Hausa, Fula or Wolof, nor any other dialect$/);
    const $ = load(cut?.html ?? '');
    const rest = $('a[href$="/digests/011/2026-10"]').first();
    expect(rest.text()).toBe(translator(locale).t('mail.digest.more', { n: 7 }));
    expect($('h2').filter((_, one) => $(one).text().includes('Speech tools'))).toHaveLength(5);
    expect($('p').text()).toContain('41 people from 9 countries wrote.');
    expect($('blockquote:has(a[href$="/p/better"])').prev().text()).toBe('Cost and payment');
  });

  it('isolates what runs against a subject, in pairs and never in a link', () => {
    each(({ kind, subject, text, html }) => {
      for (const words of [subject, text, html]) {
        const rest = words.replaceAll(/\u2068([^\u2068\u2069]*)\u2069/g, '$1');
        expect(`${rest} ${words.match(ADDRESS)}`, kind).not.toMatch(/[\u2068\u2069]/);
      }
    });
    const one = mails.find(({ kind }) => kind === 'digest.one');
    expect(one?.subject.includes('\u2068')).toBe(LOCALES[locale].dir === 'rtl');
  });

  it('begins with the code if there is one', () => {
    const code = mails.find(({ kind }) => kind === 'account.code');
    expect(code?.subject).toMatch(/^9671 6939 /);
    expect(code?.text).toMatch(/^9671 6939\n\n/);
    expect(load(code?.html ?? '')('.code').text()).toBe('9671 6939');
  });
});

it('leaves no space after the marks of Chinese, which are as wide as a letter', async () => {
  const causeway = await startTestCauseway();
  const mails = await everyMail(causeway, 'zh');
  await causeway.close();
  const spaced = mails.flatMap(({ kind, subject, text, html }) => {
    const $ = load(html);
    $('p, li, h1, h2, div, td, blockquote').prepend('\n').append('\n');
    return [subject, text, $('body').text()].flatMap((all) =>
      (all?.match(/.*[，。：；！？、）」』》】][ \u00a0]+[^\s·].*/g) ?? []).map(
        (line) => `${kind}: ${line}`,
      ),
    );
  });
  expect(spaced).toEqual([]);
}, 60_000);
