import type { IncomingHttpHeaders } from 'node:http';
import type { KeptForm } from '~/platform/form-state';
import { DEFAULT_LOCALE } from '~/platform/i18n/locales';
import { type MessageKey, translator } from '~/platform/i18n/translator';
import { escapeHtml } from '~/platform/text/escape-html';
import type { Answer } from './answer';
import { wishedLocales } from './begin-request';
import { problemAnswer } from './data-response';

/** In seconds: by then, whoever waits now has had their turn. */
const RETRY_AFTER = '5';

/**
 * Answers 503 to a client that sends more than can be answered now. Costs next to nothing: no query
 * and no component. What was written in a form is in the answer, to be sent again.
 */
export function busyAnswer(
  path: string,
  headers: IncomingHttpHeaders,
  form: KeptForm | null,
): Answer & { body: Buffer<ArrayBuffer> } {
  const answer = path.startsWith('/api/')
    ? problemAnswer(503, 'Service Unavailable', 'Too many requests.')
    : plainPage(headers, 'busy', (text) => (form ? formAgain(form, text) : []));
  answer.headers.set('Retry-After', RETRY_AFTER);
  return { status: 503, headers: answer.headers, body: answer.body };
}

/** Answers 413 to a form that no form here can be. As cheap as `busyAnswer`: it may be an attack. */
export function tooLargeAnswer(headers: IncomingHttpHeaders): Answer {
  return { status: 413, ...plainPage(headers, 'problem.413') };
}

function formAgain({ action, fields }: KeptForm, text: (key: MessageKey) => string): string[] {
  return [
    `<p>${text('site.busy.kept')}</p>`,
    `<form method="post" action="${escapeHtml(action)}">`,
    ...fields.map(
      ([name, value]) =>
        `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
    ),
    `<button type="submit">${text('site.busy.again')}</button>`,
    '</form>',
  ];
}

/** A page of a title and a text, in the reader's language and without the site around it. */
function plainPage(
  { cookie, 'accept-language': language }: IncomingHttpHeaders,
  about: 'busy' | 'problem.413',
  more: (text: (key: MessageKey) => string) => string[] = () => [],
): { headers: Headers; body: Buffer<ArrayBuffer> } {
  const { t, locale, dir } = translator(
    wishedLocales(cookie ?? null, language ?? null)[0] ?? DEFAULT_LOCALE,
  );
  const text = (key: MessageKey) => escapeHtml(t(key));
  const title = text(`site.${about}.title`);
  const html = [
    `<!doctype html><html lang="${locale}" dir="${dir}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta name="color-scheme" content="light dark"><title>${title}</title></head><body><main>`,
    `<h1>${title}</h1><p>${text(`site.${about}.text`)}</p>`,
    ...more(text),
    '</main></body></html>',
  ];
  const headers = new Headers({
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
  });
  return { headers, body: Buffer.from(html.join('\n')) };
}
