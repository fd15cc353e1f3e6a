import type { Config } from './config';
import { fetchText } from './http-client';

/** The reason why there is no translation, for the log. */
export class TranslationError extends Error {}

/** How a server is reached. */
export type TranslationServer = NonNullable<Config['translate']>;

export interface TextToTranslate {
  text: string;
  /** BCP 47: of the text, and of its translation. */
  from: string;
  to: string;
}

/** Maximum size of an answer, in bytes. */
const MOST_BYTES = 256 * 1024;

/**
 * Has a text translated by a server with LibreTranslate's interface: `/languages` says whether it
 * can, `/detect` what language it takes the text for if it does not know the one that we name, and
 * `/translate` does it. The answer is untrusted. Never call it in a transaction: it takes up to three
 * times `timeout` ms.
 *
 * @throws TranslationError if there is no answer in time, it is not a text, or the server does not
 *   translate between these languages
 */
export async function askTranslation(
  server: TranslationServer,
  { text, from, to }: TextToTranslate,
): Promise<string> {
  const languages = await ask(server, 'languages');
  const known = Array.isArray(languages) ? (languages as KnownLanguage[]) : [];
  const source = codeOf(known, from) ?? codeOf(known, await detected(server, text));
  const targets =
    known.find(({ code }) => code === source)?.targets ?? known.map(({ code }) => code);
  const target = targets.find((code) => isFor(code, to));
  if (!source || !target) throw new TranslationError(`no translation from ${from} into ${to}`);
  const answer = await ask(server, 'translate', { q: text, source, target, format: 'text' });
  const { translatedText } = (answer ?? {}) as { translatedText?: unknown };
  if (typeof translatedText !== 'string') throw new TranslationError('the answer has no text');
  return translatedText.replace(/\r\n?/g, '\n').trim();
}

interface KnownLanguage {
  code: string;
  targets?: string[];
}

function codeOf(known: readonly KnownLanguage[], tag: string): string | undefined {
  return known.find(({ code }) => isFor(code, tag))?.code;
}

/** True if a server's code (`pt`, `pt-BR`, `zh-Hans`) is for a language of ours. */
function isFor(code: unknown, tag: string): boolean {
  return typeof code === 'string' && code.split(/[-_]/)[0] === tag.split('-')[0];
}

async function detected(server: TranslationServer, text: string): Promise<string> {
  const [best] = (await ask(server, 'detect', { q: text })) as { language?: unknown }[];
  return typeof best?.language === 'string' ? best.language : '';
}

async function ask(
  { url, key, timeout }: TranslationServer,
  path: 'languages' | 'detect' | 'translate',
  data?: Record<string, string>,
): Promise<unknown> {
  const request = data && {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...data, ...(key && { api_key: key }) }),
  };
  try {
    const limits = { timeoutMs: timeout, maxBytes: MOST_BYTES };
    const answer = await fetchText(`${url}/${path}`, request ?? {}, limits);
    if (!answer.ok) throw new TranslationError(`the server answered ${answer.status} to /${path}`);
    return JSON.parse(answer.text);
  } catch (error) {
    if (error instanceof TranslationError) throw error;
    throw new TranslationError(`no answer to /${path}`, { cause: error });
  }
}
