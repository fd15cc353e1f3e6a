import PostalMime, { type Email } from 'postal-mime';
import { CAUSES, causeInText, normalised, type RefusalCause, refusalCause } from './refusal';

/** What a bounce message says. */
export interface Bounce {
  cause: RefusalCause;
  /** The code or status that it gives, such as `550 5.1.1`; empty if it gives none. */
  codes: string;
  /** All text in the message, decoded, with the headers of the email that came back. */
  text: string;
}

/** How much of a bounce is read, in characters: of its prose, and of one sentence or answer. */
const PROSE = 20_000;
const SENTENCE = 1_500;

/** A bounce may be attached to another message, which may be attached as well. */
const DEEPEST = 3;

/**
 * Reads a bounce message: a delivery report (RFC 3464), or the prose of a mail server. Returns null
 * for any other message: delays, read receipts, spam complaints and automatic replies among them.
 */
export async function readBounce(raw: Uint8Array): Promise<Bounce | null> {
  const parts = await partsOf(withLineFeeds(raw));
  const reading = readParts(parts);
  return reading && { ...reading, text: allText(parts) };
}

/** Mail boxes of old Macs end lines with a carriage return alone. */
function withLineFeeds(raw: Uint8Array): Uint8Array {
  return raw.includes(0x0a) ? raw : raw.map((byte) => (byte === 0x0d ? 0x0a : byte));
}

interface Parts {
  email: Email;
  /** The message as it came, each byte as one character. */
  raw: string;
  /** Fields of delivery reports. */
  report: string;
  prose: string;
  /** Messages attached whole, or their headers. */
  attached: Parts[];
}

async function partsOf(raw: Uint8Array, depth = 0): Promise<Parts> {
  const email = await parse(raw);
  const attached: Parts[] = [];
  let report = '';
  let extra = '';
  for (const { mimeType, content } of email.attachments) {
    const bytes = typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content);
    if (/^message\/(global-)?delivery-status$/.test(mimeType)) report += `\n\n${decode(bytes)}`;
    else if (/rfc822|message\/global/.test(mimeType)) {
      if (depth < DEEPEST) attached.push(await partsOf(bytes, depth + 1));
    } else if (/^text\/|^message\//.test(mimeType)) extra += `\n\n${decode(bytes)}`;
  }
  const latin = Buffer.from(raw).toString('latin1');
  const body = [email.text || withoutTags(email.html ?? ''), extra].join('\n\n').trim();
  // A message without the parts that its header promises.
  const prose = body || (report ? '' : latin.replace(/^[\s\S]*?\r?\n\r?\n/, ''));
  return { email, raw: latin, report, prose: prose.replace(/\r\n?/g, '\n'), attached };
}

async function parse(raw: Uint8Array): Promise<Email> {
  try {
    return await PostalMime.parse(raw, { forceRfc822Attachments: true });
  } catch {
    return { headers: [], headerLines: [], attachments: [] };
  }
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function withoutTags(html: string): string {
  return html
    .replace(/<(style|script|head)\b[\s\S]*?<\/\1>/gi, '')
    .replace(/<(?:br|\/?p|\/?div|\/?tr|\/?table|\/?li|\/?h\d)\b[^>]*>/gi, '\n\n')
    .replace(/<[^@<>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&nbsp;/g, ' ')
    .replace(/&#0?39;|&apos;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
}

function allText(parts: Parts): string {
  return [
    parts.raw,
    parts.prose,
    parts.report,
    withoutTags(parts.email.html ?? ''),
    ...parts.attached.map(allText),
  ].join('\n');
}

type Reading = Omit<Bounce, 'text'>;

function readParts(parts: Parts): Reading | null {
  const header = (name: string) => parts.email.headers.find(({ key }) => key === name)?.value ?? '';
  const kind = header('content-type');
  if (/report-type="?(?:feedback-report|disposition-notification)/i.test(kind)) return null;
  const prose = ownWords(parts.prose);
  const groups = recipientFields(parts.report || prose);
  if (groups.length > 0) {
    const failed = groups.filter(isFailure);
    return failed.length > 0 ? leastFinal(failed.map((fields) => readFields(fields, prose))) : null;
  }
  if (isFromServer(header)) {
    const reading = readProse(prose);
    if (reading.cause !== 'temporary' || !/warning|delay|still|verz[öo]ger|retard/i.test(prose)) {
      return reading;
    }
    return null;
  }
  for (const inner of parts.attached) {
    const reading = readParts(inner);
    if (reading) return reading;
  }
  return null;
}

type Fields = Map<string, string>;

/** The groups of a delivery report that are about one recipient each. */
function recipientFields(report: string): Fields[] {
  const groups: Fields[] = [];
  let fields: Fields = new Map();
  const lines = report.replace(/\r\n?/g, '\n').replace(/\n[ \t]+(?=\S)/g, ' ');
  for (const line of `${lines}\n`.split('\n')) {
    const [, name = '', value = ''] = /^([\w-]+):\s*(.*)$/.exec(line.trim()) ?? [];
    const key = name.toLowerCase();
    // Some reports have no blank line between recipients.
    if (line.trim() === '' || (key === 'final-recipient' && fields.has(key))) {
      groups.push(fields);
      fields = new Map();
    }
    if (key) fields.set(key, [fields.get(key), value].filter(Boolean).join(' '));
  }
  groups.push(fields);
  return groups.filter(
    (group) => group.has('action') && (group.has('status') || group.has('final-recipient')),
  );
}

function isFailure(fields: Fields): boolean {
  return /^\s*fail/i.test(fields.get('action') ?? '');
}

function readFields(fields: Fields, prose: string): Reading {
  const status = /[245]\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0];
  const text = ['diagnostic-code', 'x-supplementary-info', 'status']
    .map((name) => fields.get(name)?.replace(/^\s*[\w-]+\s*;\s*/, ''))
    .map((value, at) => (at === 2 ? value?.replace(/^\s*[\d.]+/, '') : value))
    .filter((value) => value?.trim())
    .join(' ')
    .slice(0, SENTENCE);
  const said = readAnswer(text, status);
  if (text && said.cause !== 'unknown') return said;
  // The prose may say more. A report of a failure is final, whatever is said about trying again.
  const more = readProse(prose);
  const isVague = ['unknown', 'temporary', 'unreachable'].includes(more.cause);
  if (!isVague && !status?.startsWith('4'))
    return { cause: more.cause, codes: said.codes || more.codes };
  return said;
}

/** One answer of a server, quoted in a report or in prose. */
function readAnswer(text: string, status?: string): Reading {
  const [, code] = /(?<![\d.#])([245]\d\d)(?=[ -](?!\d+\.\d))/.exec(text) ?? [];
  const quoted = /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)/.exec(text)?.[0];
  // The remote server's own status is closer to the truth than that of the program that reports it.
  const nearest = quoted ?? status;
  const cause = refusalCause({ code: code ? Number(code) : undefined, status: nearest, text });
  return { cause, codes: [code, nearest].filter(Boolean).join(' ') };
}

/** Reads what a server wrote for people: answers that it quotes first, sentences after that. */
function readProse(prose: string): Reading {
  const paragraphs = prose
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim().slice(0, SENTENCE))
    .filter(Boolean);
  const answers = paragraphs.flatMap(answersIn).filter(({ cause }) => cause !== 'unknown');
  if (answers.length > 0) return leastFinal(answers);
  const causes = paragraphs
    .flatMap((paragraph) => paragraph.split(/(?<=[.!?])\s+(?!\[)|[。！？]|:\s+/))
    .map((sentence) => causeInText(normalised(sentence)))
    .filter((cause) => cause !== undefined);
  return leastFinal(causes.map((cause) => ({ cause, codes: '' })));
}

/** The answer of another server in a paragraph, read from its code on or, failing that, whole. */
function answersIn(paragraph: string): Reading[] {
  const at = paragraph.search(/(?<![\d.])[45]\d\d[ -]\D/);
  const fromCode = at < 0 ? [] : [readAnswer(paragraph.slice(at))];
  if (fromCode[0] && fromCode[0].cause !== 'unknown') return fromCode;
  return at < 0 && !/(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)/.test(paragraph)
    ? []
    : [readAnswer(paragraph)];
}

/** Of several readings, the one that does the reader the least harm. */
function leastFinal(readings: Reading[]): Reading {
  const rank = ({ cause }: Reading) => CAUSES.indexOf(cause);
  return readings.toSorted((a, b) => rank(a) - rank(b))[0] ?? { cause: 'unknown', codes: '' };
}

/** What the server wrote, without the email that it returns. */
function ownWords(prose: string): string {
  const end = [RETURNED_MARK, RETURNED_HEADER]
    .map((mark) => prose.search(mark))
    .filter((at) => at > 0)
    .reduce((nearest, at) => Math.min(nearest, at), PROSE);
  return prose.slice(0, end);
}

const RETURNED_MARK =
  /^.{0,20}(?:[-=_*]{2,}.{0,40}(?:copy of|original|returned|below this line|message follows|headers? follow|unsent|forwarded|ursprüngliche|origine|原始|原件)|(?:the |your )?(?:original message|text of your message|body of the message|first \d+ lines)\b|included is a copy|original message (?:headers?|follows)|(?:message|mail) headers? follow|diagnostic information for administrators: *$(?![\s\S]))/im;

const RETURNED_HEADER = /^[>|\s]*(?:received|return-path|dkim-signature|mime-version):\s/im;

/** True if a message was written by a mail server and not by a person or their automatic reply. */
function isFromServer(header: (name: string) => string): boolean {
  if (header('x-failed-recipients')) return true;
  if (/auto[-_]?reply/i.test(header('precedence')) || header('x-autoreply')) return false;
  return FROM_SERVER.test(header('from')) || SUBJECT_OF_SERVER.test(subjectOf(header('subject')));
}

function subjectOf(value: string): string {
  const words = /=\?([^?]+)\?([bq])\?([^?]*)\?=/gi;
  return value.replace(words, (_, charset: string, encoding: string, text: string) => {
    const bytes =
      encoding.toLowerCase() === 'b'
        ? Buffer.from(text, 'base64')
        : Buffer.from(
            text
              .replaceAll('_', ' ')
              .replace(/=([\da-f]{2})/gi, (_hex, hex: string) =>
                String.fromCharCode(Number.parseInt(hex, 16)),
              ),
            'latin1',
          );
    try {
      return new TextDecoder(charset).decode(bytes);
    } catch {
      return text;
    }
  });
}

const FROM_SERVER =
  /mailer-?daemon|postmaster|post_?master|mail[ -]?delivery|mail ?system|mail-?admin|daemon@|microsoft ?exchange|system ?administrator|bounce|postoffice/i;

const SUBJECT_OF_SERVER =
  /undeliver|delivery (?:status|fail|problem|notification|error|report|has failed|incomplete)|failure notice|failed (?:delivery|mail)|return(?:ed|ing) (?:mail|message|to sender)|mail (?:delivery )?(?:fail|error|system error|could not)|non-?deliver|could not be delivered|not (?:be )?delivered|wasn.t delivered|user unknown|address not found|unzustellbar|nicht zugestellt|zustellung|[ée]chec|non (?:remis|distribu|livr)|no (?:se ha )?entregad|no se pudo entregar|error de entrega|n[ãa]o (?:foi )?(?:entreg|poss)|falha na entrega|mancat[oa] (?:recapito|consegna)|impossibile (?:recapitare|consegnare)|niet (?:bezorgd|besteld)|недостав|не доставлен|не удалось доставить|退信|退回|退件|未送达|未傳遞|無法傳遞|无法投递|投递失败|配信(?:不能|エラー|に失敗|できません)|送信(?:エラー|できません)|届けられません|반송|전송 ?실패|teslim edilemedi|غير (?:قابل|مسلّمة|مسلمة)|تعذر/i;
