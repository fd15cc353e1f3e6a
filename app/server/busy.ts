import type { KeptForm } from '~/platform/form-state';
import { type MessageKey, translator } from '~/platform/i18n/translator';
import { escapeHtml } from '~/platform/text/escape-html';
import type { Answer } from './answer';
import { requestLocale } from './begin-request';
import { problem } from './data-response';

/** In seconds: by then, whoever waits now has had their turn. */
const RETRY_AFTER = '5';

/**
 * Answers 503 to a client that sends more than can be answered now. Costs next to nothing: no query
 * and no component. What was written in a form is in the answer, to be sent again.
 */
export function busyAnswer(request: Request, form: KeptForm | null): Answer {
  if (new URL(request.url).pathname.startsWith('/api/')) {
    const { status, headers, body } = problem(503, 'Service Unavailable', 'Too many requests.');
    headers.set('Retry-After', RETRY_AFTER);
    return { status, headers, body };
  }
  const { t, locale, dir } = translator(
    requestLocale(request.headers.get('Cookie'), request.headers.get('Accept-Language')),
  );
  const text = (key: MessageKey) => escapeHtml(t(key));
  const kept = form && [
    `<p>${text('site.busy.kept')}</p>`,
    `<form method="post" action="${escapeHtml(form.action)}">`,
    ...form.fields.map(
      ([name, value]) =>
        `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
    ),
    `<button type="submit">${text('site.busy.again')}</button>`,
    '</form>',
  ];
  const title = text('site.busy.title');
  const html = [
    `<!doctype html><html lang="${locale}" dir="${dir}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta name="color-scheme" content="light dark"><title>${title}</title></head><body><main>`,
    `<h1>${title}</h1><p>${text('site.busy.text')}</p>`,
    ...(kept ?? []),
    '</main></body></html>',
  ];
  const headers = new Headers({
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Retry-After': RETRY_AFTER,
  });
  return { status: 503, headers, body: Buffer.from(html.join('\n')) };
}
