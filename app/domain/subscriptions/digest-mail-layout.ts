import type { PresentedBarrier, PresentedDigest, PresentedQuote } from '~/domain/digests/present';
import type { Translator } from '~/platform/i18n/translator';
import { escapeHtml } from '~/platform/mail/mail-layout';

/** One digest in a mail. */
export interface MailedDigest extends PresentedDigest {
  /** An editor's signed words. */
  note: { text: string; by: string } | null;
}

/** What a digest mail is made from. */
export interface DigestLetter {
  siteName: string;
  /** The site's public address without a trailing slash. */
  origin: string;
  /** At least one. */
  digests: MailedDigest[];
  /** Digests that newer ones of the same topic have overtaken on their way. */
  earlier: Pick<PresentedDigest, 'title' | 'path'>[];
  /** Places of the subscription of which there is no digest, since too few people wrote. */
  tooFew: string[];
  /** The addresses of the subscription, and of leaving it. */
  manage: string;
  leave: string;
}

/** Mail programs cut longer ones off. In bytes. */
export const LARGEST_HTML = 40 * 1024;

/**
 * How many barriers are told at length, with how many quotes each, and of how many digests: the
 * first that fits is taken.
 */
const LENGTHS = [
  { barriers: 5, quotes: 2, digests: Infinity },
  { barriers: 5, quotes: 1, digests: Infinity },
  { barriers: 3, quotes: 1, digests: Infinity },
  { barriers: 3, quotes: 0, digests: Infinity },
  { barriers: 0, quotes: 0, digests: Infinity },
  { barriers: 0, quotes: 0, digests: 10 },
] as const;

type Length = (typeof LENGTHS)[number];

/** One mail for all digests that are due to a reader: text first, no pictures, nothing fetched. */
export function writeDigestLetter(
  i18n: Translator,
  letter: DigestLetter,
): { subject: string; text: string; html: string } {
  const [first] = letter.digests;
  const subject =
    letter.digests.length === 1 && first
      ? first.title
      : i18n.t('mail.digest.subject', {
          site: letter.siteName,
          n: letter.digests.length,
          first: first?.title ?? '',
        });
  for (const length of LENGTHS) {
    const html = asHtml(i18n, letter, length);
    const fits = Buffer.byteLength(html) <= LARGEST_HTML || length === LENGTHS.at(-1);
    if (fits) return { subject, html, text: asText(i18n, letter, length) };
  }
  throw new Error('the shortest length always fits');
}

/** Digests that stand in a mail by their title and address alone. */
function others(letter: DigestLetter, length: Length): DigestLetter['earlier'] {
  return [...letter.digests.slice(length.digests), ...letter.earlier];
}

function asText(i18n: Translator, letter: DigestLetter, length: Length): string {
  const { t } = i18n;
  const blocks = letter.digests
    .slice(0, length.digests)
    .flatMap((digest) => [
      underlined(digest.title, '='),
      ...(digest.note ? [`${digest.note.text}\n— ${signed(i18n, digest.note.by)}`] : []),
      digest.lead.map(({ text }) => text).join(' '),
      ...(digest.withdrawn ? [digest.withdrawn] : []),
      ...digest.barriers
        .slice(0, length.barriers)
        .flatMap((barrier, at) => [
          underlined(`${i18n.number(at + 1)}. ${barrier.heading}`, '-'),
          ...[factsOf(barrier)].filter(Boolean),
          barrier.sentences.map(({ text }) => text).join(' '),
          ...barrier.quotes
            .slice(0, length.quotes)
            .map(
              (quote) =>
                `> ${quote.text}\n> ${attribution(i18n, quote)}\n> ${letter.origin}${quote.path}${translated(i18n, quote, '\n')}`,
            ),
        ]),
      ...alsoRaised(i18n, digest, length),
      `${t('mail.digest.read')}:\n${letter.origin}${digest.path}`,
    ]);
  blocks.push(
    ...others(letter, length).map(({ title, path }) => `${title}:\n${letter.origin}${path}`),
    ...tooFew(i18n, letter),
  );
  const end = [
    t('digests.method.caution'),
    t('mail.digest.why', { site: letter.siteName }),
    `${t('mail.digest.manage')}: ${letter.manage}`,
    `${t('mail.digest.leave')}: ${letter.leave}`,
  ];
  return `${blocks.join('\n\n')}\n\n-- \n${end.join('\n')}\n`;
}

/*
 * Mail programs that know `prefers-color-scheme` and `color-scheme` get the site's own dark colours;
 * those that invert by themselves find nothing but text in its default colour to invert. Programs
 * that drop the sheet show a plain letter: all that it needs to be read stands in the elements.
 */
const SHEET = `:root{color-scheme:light dark}
body{margin:0;background:#fbf9f4;color:#1d1b16}
a{color:#0b5563}
.paper{max-width:600px;margin:0 auto;padding:16px;font:16px/1.55 system-ui,'Segoe UI','Noto Sans',sans-serif}
[dir=rtl] .paper{line-height:1.8}
h1{font-size:25px;line-height:1.25;margin:24px 0 8px}
h2{font-size:18px;margin:24px 0 0}
.s{font-size:14px;margin:0 0 8px}
.q{margin:0 0 16px;padding:0;padding-inline-start:12px;border-inline-start:2px solid #b9b2a2}
.q p{margin:0 0 4px}
.w{font-family:Charter,Georgia,'Noto Serif',serif}
hr{border:0;border-top:1px solid #b9b2a2;margin:24px 0}
@media (prefers-color-scheme:dark){body{background:#16171a;color:#e9e6df}a{color:#7fc4d1}.q,hr{border-color:#4a4a4a}}`;

function asHtml(i18n: Translator, letter: DigestLetter, length: Length): string {
  const { origin } = letter;
  const { t } = i18n;
  const body = letter.digests
    .slice(0, length.digests)
    .flatMap((digest) => [
      `<h1>${link(origin + digest.path, digest.title)}</h1>`,
      ...(digest.note
        ? [
            `<blockquote class="q"><p class="w" dir="auto">${escapeHtml(digest.note.text).replaceAll('\n', '<br>')}</p><p class="s">${escapeHtml(signed(i18n, digest.note.by))}</p></blockquote>`,
          ]
        : []),
      paragraph(digest.lead.map(({ text }) => text).join(' ')),
      ...(digest.withdrawn ? [paragraph(digest.withdrawn)] : []),
      ...digest.barriers
        .slice(0, length.barriers)
        .flatMap((barrier, at) => [
          `<h2>${escapeHtml(`${i18n.number(at + 1)}. ${barrier.heading}`)}</h2>`,
          ...[factsOf(barrier)]
            .filter(Boolean)
            .map((facts) => `<p class="s"><b>${escapeHtml(facts)}</b></p>`),
          paragraph(barrier.sentences.map(({ text }) => text).join(' ')),
          ...barrier.quotes.slice(0, length.quotes).map((quote) => quoteHtml(i18n, quote, origin)),
        ]),
      ...alsoRaised(i18n, digest, length).map(paragraph),
      `<p>${link(origin + digest.path, t('mail.digest.read'))}</p>`,
    ]);
  body.push(
    ...others(letter, length).map(({ title, path }) => `<p>${link(origin + path, title)}</p>`),
    ...tooFew(i18n, letter).map(paragraph),
  );
  const small = [
    escapeHtml(t('digests.method.caution')),
    escapeHtml(t('mail.digest.why', { site: letter.siteName })),
    `${link(letter.manage, t('mail.digest.manage'))} · ${link(letter.leave, t('mail.digest.leave'))}`,
  ];
  return `<!doctype html><html lang="${i18n.locale}" dir="${i18n.dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${escapeHtml(letter.siteName)}</title><style>${SHEET}</style></head><body dir="${i18n.dir}"><div class="paper">${body.join('')}<hr>${small.map((html) => `<p class="s">${html}</p>`).join('')}</div></body></html>`;
}

function quoteHtml(i18n: Translator, quote: PresentedQuote, origin: string): string {
  const by = link(origin + quote.path, attribution(i18n, quote));
  const words = translated(i18n, quote, '');
  return `<blockquote class="q"><p class="w" lang="${escapeHtml(quote.lang)}" dir="auto">${escapeHtml(quote.text)}</p><p class="s">${by}</p>${words && `<p class="s">${escapeHtml(words)}</p>`}</blockquote>`;
}

/** A machine's translation of a quote, marked as such; empty where there is none. */
function translated({ t }: Translator, { machine }: PresentedQuote, before: string): string {
  if (!machine) return '';
  return `${before}${t('digests.machine.quote', { model: machine.model })} ${machine.text}`;
}

function signed({ t }: Translator, editor: string): string {
  return t('mail.digest.note', { editor });
}

/** Below the threshold there is no digest: it rolls over, and the mail says so. */
function tooFew(i18n: Translator, { tooFew: places }: DigestLetter): string[] {
  if (places.length === 0) return [];
  return [i18n.t('mail.digest.tooFew', { places: i18n.list(places) })];
}

/** "8 people · 4 more than before (September 2026)". */
function factsOf({ people, count, change }: PresentedBarrier): string {
  // Where there is no number the sentences say so.
  return [people === null ? null : count, change?.words].filter(Boolean).join(' · ');
}

function attribution({ t }: Translator, { author, place, date }: PresentedQuote): string {
  return place
    ? t('digests.page.quoteFrom', { author, place, date })
    : t('digests.page.quoteBy', { author, date });
}

/** The barriers that are not told at length, each with its count. */
function alsoRaised(i18n: Translator, { barriers }: PresentedDigest, length: Length): string[] {
  const rest = barriers.slice(length.barriers);
  if (rest.length === 0) return [];
  const kinds = i18n.list(rest.map(({ heading, count }) => `${heading} (${count})`));
  return [i18n.t('mail.digest.also', { kinds })];
}

function underlined(title: string, line: string): string {
  return `${title}\n${line.repeat(Math.min(60, title.length))}`;
}

function paragraph(text: string): string {
  return `<p>${escapeHtml(text)}</p>`;
}

function link(url: string, words: string): string {
  return `<a href="${escapeHtml(url)}">${escapeHtml(words)}</a>`;
}
