import type { PresentedBarrier, PresentedDigest, PresentedQuote } from '../digests/present';
import type { Translator } from '../i18n/translator';
import { escapeHtml } from '../mail/letter';

/** What a digest mail is made from. */
export interface DigestLetter {
  siteName: string;
  /** The site's public address without a trailing slash. */
  origin: string;
  /** At least one. */
  digests: PresentedDigest[];
  /** The addresses of the subscription, and of leaving it. */
  manage: string;
  leave: string;
}

/** Mail programs cut longer ones off. In bytes. */
const LARGEST_HTML = 40 * 1024;

/** How many barriers are told at length, with how many quotes each: the first that fits is taken. */
const LENGTHS = [
  { barriers: 5, quotes: 2 },
  { barriers: 5, quotes: 1 },
  { barriers: 3, quotes: 1 },
  { barriers: 3, quotes: 0 },
  { barriers: 0, quotes: 0 },
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

function asText(i18n: Translator, letter: DigestLetter, length: Length): string {
  const blocks = letter.digests.flatMap((digest) => [
    underlined(digest.title, '='),
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
              `> ${quote.text}\n> ${attribution(i18n, quote)}\n> ${letter.origin}${quote.path}`,
          ),
      ]),
    ...alsoRaised(i18n, digest, length),
    `${i18n.t('mail.digest.read')}:\n${letter.origin}${digest.path}`,
  ]);
  const end = [
    i18n.t('digests.method.caution'),
    i18n.t('mail.digest.why', { site: letter.siteName }),
    `${i18n.t('mail.digest.manage')}: ${letter.manage}`,
    `${i18n.t('mail.digest.leave')}: ${letter.leave}`,
  ];
  return `${blocks.join('\n\n')}\n\n-- \n${end.join('\n')}\n`;
}

function asHtml(i18n: Translator, letter: DigestLetter, length: Length): string {
  const { origin } = letter;
  const body = letter.digests.flatMap((digest) => [
    `<h1 style="font-size:25px;line-height:1.25;margin:24px 0 8px">${link(origin + digest.path, digest.title)}</h1>`,
    paragraph(digest.lead.map(({ text }) => text).join(' ')),
    ...(digest.withdrawn ? [paragraph(digest.withdrawn)] : []),
    ...digest.barriers
      .slice(0, length.barriers)
      .flatMap((barrier, at) => [
        `<h2 style="font-size:18px;margin:24px 0 0">${escapeHtml(`${i18n.number(at + 1)}. ${barrier.heading}`)}</h2>`,
        `<p style="font-size:14px;margin:0 0 8px"><b>${escapeHtml(factsOf(barrier))}</b></p>`,
        paragraph(barrier.sentences.map(({ text }) => text).join(' ')),
        ...barrier.quotes.slice(0, length.quotes).map((quote) => quoteHtml(i18n, quote, origin)),
      ]),
    ...alsoRaised(i18n, digest, length).map(paragraph),
    `<p>${link(origin + digest.path, i18n.t('mail.digest.read'))}</p>`,
  ]);
  const small = [
    escapeHtml(i18n.t('digests.method.caution')),
    escapeHtml(i18n.t('mail.digest.why', { site: letter.siteName })),
    `${link(letter.manage, i18n.t('mail.digest.manage'))} · ${link(letter.leave, i18n.t('mail.digest.leave'))}`,
  ];
  return `<!doctype html><html lang="${i18n.locale}" dir="${i18n.dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escapeHtml(letter.siteName)}</title></head><body><div style="${PAPER}">${body.join('')}<hr>${small.map((html) => `<p style="font-size:14px">${html}</p>`).join('')}</div></body></html>`;
}

const PAPER =
  "max-width:600px;margin:0 auto;padding:16px;font:16px/1.55 system-ui,'Segoe UI','Noto Sans',sans-serif";

function quoteHtml(i18n: Translator, quote: PresentedQuote, origin: string): string {
  const words = `<span lang="${escapeHtml(quote.lang)}" dir="auto">${escapeHtml(quote.text)}</span>`;
  const by = link(origin + quote.path, attribution(i18n, quote));
  return `<blockquote style="margin:0 0 16px;padding:0 12px;border:solid #999;border-width:0 1px"><p dir="auto" style="font-family:Georgia,'Noto Serif',serif;margin:0 0 4px">${words}</p><p style="font-size:14px;margin:0">${by}</p></blockquote>`;
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
