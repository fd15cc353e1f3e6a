import { isFilledIn, isWritten, type KeptForm } from '~/platform/form-state';

/** Fields that are never shown again, and buttons, which the person presses anew. */
const LEFT_OUT = new Set([
  ...['password', 'code', 'response', 'token'],
  ...['save', 'preview', 'again', 'tell', 'homepage', 'started'],
]);

/** Reading, checking and showing very many fields takes too long; no form here has more. */
const MOST_FIELDS = 1000;

/** Returns the fields of a form; null if nobody wrote or chose anything in them. */
export function readKeptForm(request: Request, body: Uint8Array): KeptForm | null {
  const type = request.headers.get('Content-Type') ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded')) return null;
  const fields = [...new URLSearchParams(new TextDecoder().decode(body))]
    .filter(([name]) => !LEFT_OUT.has(name))
    .map(([name, value]): [string, string] => [name, value.replace(/\r\n?/g, '\n')]);
  if (!fields.some(([name, value]) => isFilledIn(name, value))) return null;
  const { pathname, search } = new URL(request.url);
  return { action: pathname + search, fields };
}

/** Returns whether a form has more fields, or a multipart body more parts, than any of ours. */
export function hasTooManyFields(request: Request, body: Uint8Array): boolean {
  const type = request.headers.get('Content-Type') ?? '';
  const boundary = /^multipart\/[^;]*;.*\bboundary="?([^";]+)/i.exec(type)?.[1];
  const mark = boundary ? `--${boundary}` : '&';
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  let fields = 0;
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) {
    if (++fields >= MOST_FIELDS) return true;
  }
  return false;
}

/** Returns the written texts of a form as plain text. */
export function writtenTexts({ fields }: KeptForm): string {
  const texts = fields.filter(([name, value]) => isWritten(name, value));
  return texts.map(([, value]) => value).join('\n\n');
}
