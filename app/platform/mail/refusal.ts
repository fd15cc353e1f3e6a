import { DOUBT, HARMLESS, OURS, PHRASES, type RefusalCause } from './refusal-phrases';

export { CAUSES, type RefusalCause } from './refusal-phrases';

/** An answer of a mail server, at SMTP or in a delivery report. */
export interface Reply {
  /** The SMTP code, such as 550; absent where only a report is known. */
  code?: number | undefined;
  /** The enhanced status (RFC 3463), such as `5.1.1`; the one in the text is used if absent. */
  status?: string | undefined;
  /** What the server wrote, in one or several lines. */
  text: string;
}

/** The enhanced status in a text, such as `5.1.1`. */
export function statusIn(text: string): string | undefined {
  return /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)/.exec(text)?.[1];
}

/**
 * Says why a mail server refused an email. The text decides, because the codes of many servers are
 * wrong; the status decides where the text says nothing. Errs on the side of the reader: only what
 * cannot mean anything else is `no-such-user`.
 */
export function refusalCause({ code, status, text }: Reply): RefusalCause {
  const said = normalised(text);
  const enhanced = status ?? statusIn(text);
  const isFinal = enhanced ? enhanced.startsWith('5') : code === undefined || code >= 500;
  const cause = causeInText(said) ?? causeOfStatus(enhanced, said);
  if (isFinal) return cause;
  // A server that says "not now" has not said that there is nobody.
  return ['no-such-user', 'no-such-domain', 'mailbox-unavailable', 'unknown'].includes(cause)
    ? 'temporary'
    : cause;
}

/** The cause that a text names; undefined if it names none. */
export function causeInText(said: string): RefusalCause | undefined {
  const cause = phraseIn(said);
  if (!isMissing(cause)) return cause;
  const missing = said.split(SENTENCE_END).filter((one) => isMissing(phraseIn(one)));
  // The missing address is ours, not the reader’s.
  return missing.length > 0 && missing.every((one) => OURS.test(one)) ? 'sender' : cause;
}

const SENTENCE_END = /[.!?;]\s+|[。！？；]/u;

function phraseIn(said: string): RefusalCause | undefined {
  return PHRASES.find(([, phrases]) => phrases.test(said))?.[0];
}

function isMissing(cause: RefusalCause | undefined): boolean {
  return cause === 'no-such-user' || cause === 'no-such-domain';
}

/**
 * A server's text as the phrases expect it: one line, in lower case, without email addresses, codes
 * and the words that programs put around another server's answer.
 */
export function normalised(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[‘’`´]/g, "'")
    .replace(/<?(?:smtp|rfc822|mailto):\s*(?=\S+@)/g, '')
    .replace(/<[^<>\s]*@[^<>\s]*>|[^\s<>"'()[\]:;,=]+@[\w.-]+/g, ' ')
    .replace(/(?<![\d.])[245]\d\d(?:[ -]#?[245]\.\d{1,3}\.\d{1,3})?[ -]/g, ' ')
    .replace(/(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])/g, ' ')
    .replace(/["“”«»<>]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(HARMLESS_ALL, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

const HARMLESS_ALL = new RegExp(HARMLESS.source, 'gu');

/** By RFC 3463 and RFC 7505, where the text says nothing. */
function causeOfStatus(status: string | undefined, said: string): RefusalCause {
  if (!status) return 'unknown';
  const [, subject, detail] = status.split('.').map(Number);
  if (subject === 1) {
    if (detail === 1 || detail === 6) return DOUBT.test(said) ? 'unknown' : 'no-such-user';
    if (detail === 2) return 'no-such-domain';
    if (detail === 7 || detail === 8) return 'sender';
    if (detail === 10) return 'no-such-domain';
  }
  if (subject === 2) {
    if (detail === 1) return 'mailbox-unavailable';
    if (detail === 2) return 'mailbox-full';
    if (detail === 3) return 'content';
  }
  if (subject === 3) return detail === 4 ? 'content' : 'unreachable';
  if (subject === 4) return 'unreachable';
  if (subject === 6) return 'content';
  if (subject === 7) return 'sender';
  return 'unknown';
}
