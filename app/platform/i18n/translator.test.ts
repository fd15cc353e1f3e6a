import { describe, expect, it } from 'vitest';
import { dateFormat } from './dates';
import { directionOf, LOCALES, type Locale } from './locales';
import { translator } from './translator';

const FINDING = 'AI services take only foreign cards, not local money!';
const ARABIC = 'الأدوات لا تفهم الدارجة!';
const said = (locale: Locale, digest: string) =>
  translator(locale).t('reading.mail.quoted', { digest, more: 0 });

describe('a text within a sentence', () => {
  it('is isolated where it runs against the sentence', () => {
    expect(said('ar', FINDING)).toContain(`\u2068${FINDING}\u2069`);
    expect(said('en', ARABIC)).toContain(`\u2068${ARABIC}\u2069`);
    expect(said('fr', ARABIC)).toContain(`\u2068${ARABIC}\u2069`);
  });

  it('is isolated among elements too', () => {
    const parts = translator('ar').parts('reading.mail.quoted', { digest: FINDING, more: 0 });
    expect(parts.join('')).toContain(`\u2068${FINDING}\u2069`);
  });

  it('is isolated by its element where it has one', () => {
    const link = (inner: string[]) => `<a dir="auto">${inner.join('')}</a>`;
    const parts = translator('ar').parts('conversation.newest.in', { title: FINDING, link });
    expect(parts.join('')).toContain(`<a dir="auto">${FINDING}</a>`);
  });

  it('is not isolated as a whole where it is a list or a signature in the language of the sentence', () => {
    const { list } = translator('ar');
    const signature = 'Ama، بنك أو تأمين، غانا';
    expect(said('ar', signature)).not.toMatch(/\u2068/);
    expect(said('ar', list([FINDING, FINDING]))).toContain(`\u2068${FINDING}\u2069 و\u2068`);
  });

  it('is as it was in data', () => {
    const { t, list, utc } = translator('ar', 'Africa/Lagos').withoutIsolates();
    const said = t('reading.mail.quoted', { digest: list([FINDING, FINDING]), more: 0 });
    expect(said).toContain(FINDING);
    expect(said + utc.list([FINDING])).not.toMatch(/[\u2068\u2069]/);
  });

  it.each(Object.keys(LOCALES) as Locale[])(
    'is as it was in %s, where nothing changes sides',
    (locale) => {
      const own = locale === 'ar' ? ARABIC : FINDING;
      for (const text of [
        own,
        'Causeway',
        'https://example.org/a?b=1',
        'amina@example.org',
        '1 + 2',
        'amina_b',
      ]) {
        expect(said(locale, text)).toContain(text);
        expect(said(locale, text)).not.toMatch(/[\u2068\u2069]/);
      }
    },
  );
});

describe('a language that becomes a folder', () => {
  it('has its direction without code', () => {
    expect(['fa', 'ur', 'he', 'ps', 'ckb', 'sd', 'ar'].map(directionOf)).not.toContain('ltr');
    expect(['en', 'hi', 'zh', 'am', 'ha', 'yo'].map(directionOf)).not.toContain('rtl');
    expect(LOCALES.ar.dir).toBe('rtl');
  });

  it('names the months of digests, whatever calendar it has of its own', () => {
    const october = Date.UTC(2026, 9, 1);
    const month = (tag: string) =>
      dateFormat(tag, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(october);
    expect(month('fa')).toBe('اکتبر ۲۰۲۶');
    expect(month('ur')).toBe('اکتوبر 2026');
    expect(month('th')).toBe('ตุลาคม 2026');
  });
});

it('groups the digits of a number as the language does, counted or not', () => {
  for (const [locale, many] of [
    ['en', '12,345'],
    ['fr', '12\u202f345'],
    ['es', '12.345'],
    ['hi', '12,345'],
    ['ru', '12\u00a0345'],
  ] as const) {
    const { t } = translator(locale);
    expect(t('digests.page.sourcesMore', { n: 12_345 })).toContain(many);
    expect(t('digests.count.people', { people: 12_345 })).toContain(many);
    expect(t('digests.page.missingPlaces', { n: 12_345 })).toContain(many);
  }
});
