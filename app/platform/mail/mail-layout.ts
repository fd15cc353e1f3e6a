import type { Translator } from '~/platform/i18n/translator';

interface LetterLink {
  label: string;
  url: string;
}

/** One of the things that a letter tells of. */
export interface LetterEntry {
  lead: string;
  /** Somebody's own words; `language` is BCP 47. */
  quote: { text: string; language: string };
  link: LetterLink;
}

/** A short mail to one person: paragraphs, and at most one thing to do. */
export interface Letter {
  paragraphs: string[];
  entries?: LetterEntry[];
  action?: LetterLink;
  /** Small print at the end: why this mail came. */
  footer?: string;
  /** How to have other mails, or none; a line each. */
  choices?: LetterLink[];
}

/** The letter as plain text and as HTML that stands without images or a style sheet. */
export function writeLetter(i18n: Translator, letter: Letter): { text: string; html: string } {
  return { text: asText(letter), html: asHtml(i18n, letter) };
}

function asText({ paragraphs, entries = [], action, footer, choices = [] }: Letter): string {
  const blocks = [...paragraphs];
  for (const { lead, quote, link } of entries) {
    blocks.push(lead, quote.text.replace(/^/gm, '> '), `${link.label}:\n${link.url}`);
  }
  if (action) blocks.push(`${action.label}:\n${action.url}`);
  const small = choices.map(({ label, url }) => `${label}: ${url}`);
  if (footer) blocks.push(['-- ', footer, ...small].join('\n'));
  return `${blocks.join('\n\n')}\n`;
}

const PAPER =
  "max-width:600px;margin:0 auto;padding:16px;font:16px/1.55 system-ui,'Segoe UI','Noto Sans',sans-serif";

function asHtml(
  i18n: Translator,
  { paragraphs, entries = [], action, footer, choices = [] }: Letter,
): string {
  const body = paragraphs.map((text) => `<p>${escapeHtml(text).replace(/\n/g, '<br>')}</p>`);
  body.push(...entries.map(entryHtml));
  if (action) body.push(`<p>${linkHtml(action)}</p>`);
  if (footer) body.push(`<hr><p><small>${escapeHtml(footer)}</small></p>`);
  if (choices.length > 0) body.push(`<p><small>${choices.map(linkHtml).join(' · ')}</small></p>`);
  return `<!doctype html><html lang="${i18n.locale}" dir="${i18n.dir}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head><body><div style="${PAPER}">${body.join('')}</div></body></html>`;
}

function entryHtml({ lead, quote, link }: LetterEntry): string {
  const words = escapeHtml(quote.text).replace(/\n/g, '<br>');
  return `<p style="margin:24px 0 8px">${escapeHtml(lead)}</p><blockquote lang="${escapeHtml(quote.language)}" dir="auto" style="margin:0 0 8px;padding:0 12px;border:solid #999;border-width:0 1px;font-family:Georgia,'Noto Serif',serif">${words}</blockquote><p style="margin:0 0 16px">${linkHtml(link)}</p>`;
}

function linkHtml({ label, url }: LetterLink): string {
  return `<a href="${escapeHtml(url)}">${escapeHtml(label)}</a>`;
}

/** Text made harmless between tags and inside quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
