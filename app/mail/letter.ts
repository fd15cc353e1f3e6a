import type { Translator } from '../i18n/translator';

/** A short mail to one person: paragraphs, and at most one thing to do. */
export interface Letter {
  paragraphs: string[];
  action?: { label: string; url: string };
  /** Small print at the end: why this mail came. */
  footer?: string;
}

/** The letter as plain text and as HTML that stands without images or a style sheet. */
export function writeLetter(i18n: Translator, letter: Letter): { text: string; html: string } {
  return { text: asText(letter), html: asHtml(i18n, letter) };
}

function asText({ paragraphs, action, footer }: Letter): string {
  const blocks = [...paragraphs];
  if (action) blocks.push(`${action.label}:\n${action.url}`);
  if (footer) blocks.push(`-- \n${footer}`);
  return `${blocks.join('\n\n')}\n`;
}

const PAPER =
  "max-width:600px;margin:0 auto;padding:16px;font:16px/1.55 system-ui,'Segoe UI','Noto Sans',sans-serif";

function asHtml(i18n: Translator, { paragraphs, action, footer }: Letter): string {
  const body = paragraphs.map((text) => `<p>${escapeHtml(text).replace(/\n/g, '<br>')}</p>`);
  if (action) {
    body.push(`<p><a href="${escapeHtml(action.url)}">${escapeHtml(action.label)}</a></p>`);
  }
  if (footer) body.push(`<hr><p><small>${escapeHtml(footer)}</small></p>`);
  return `<!doctype html><html lang="${i18n.locale}" dir="${i18n.dir}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head><body><div style="${PAPER}">${body.join('')}</div></body></html>`;
}

/** Text made harmless between tags and inside quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
