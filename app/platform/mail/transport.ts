import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { SECOND } from '~/platform/clock';
import type { Config } from '~/platform/config';
import type { MailList } from './outbox';

/** A mail ready to leave, the same at every attempt but for its date. */
export interface Envelope {
  id: string;
  /** RFC 5322 Message-ID with its angle brackets. */
  messageId: string;
  to: string;
  subject: string;
  text: string;
  html: string | null;
  headers: Record<string, string>;
  list?: MailList | undefined;
  date: Date;
}

/** The way out. `send` rejects with a `TransportError`. */
export interface Transport {
  send(envelope: Envelope): Promise<void>;
  close(): void;
}

/**
 * Why a mail did not leave:
 * - `unreachable`: the server cannot be used now, whatever the mail
 * - `later`: the server refused this mail for now (SMTP 4yz), or it cannot be sent as it is
 * - `never`: the server refused this recipient or these words for good (SMTP 5yz)
 */
export class TransportError extends Error {
  override name = 'TransportError';

  constructor(
    readonly verdict: 'unreachable' | 'later' | 'never',
    /** Codes only, such as `RCPT TO 550 5.1.1`: servers like to repeat the address. */
    readonly summary: string,
    cause?: unknown,
    /** The address itself is refused for good: a hard bounce. */
    readonly noSuchAddress = false,
  ) {
    super(summary, { cause });
  }
}

/** SMTP where `SMTP_URL` names a server; otherwise `.eml` files in the outbox folder. */
export function openTransport(config: Config): Transport {
  return config.smtpUrl ? smtpTransport(config, config.smtpUrl) : fileTransport(config);
}

function smtpTransport(config: Config, url: string): Transport {
  const mailer = createTransport({
    url,
    pool: true,
    maxConnections: 1,
    // Repeating is the outbox's business, which remembers it.
    maxRequeues: 0,
    connectionTimeout: 10 * SECOND,
    greetingTimeout: 10 * SECOND,
    dnsTimeout: 10 * SECOND,
    socketTimeout: 30 * SECOND,
  });
  return {
    async send(envelope) {
      try {
        await mailer.sendMail(asMessage(config, envelope));
      } catch (error) {
        throw classify(error);
      }
    },
    close: () => mailer.close(),
  };
}

function fileTransport(config: Config): Transport {
  const writer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    async send(envelope) {
      const { message } = await writer.sendMail(asMessage(config, envelope));
      try {
        await mkdir(config.outboxDir, { recursive: true });
        await writeDurably(config.outboxDir, `${envelope.id}.eml`, message as Buffer);
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
        throw new TransportError('unreachable', `outbox folder: ${code}`, error);
      }
    },
    close() {},
  };
}

function asMessage(config: Config, envelope: Envelope): SendMailOptions {
  return {
    from: config.mailFrom,
    // As an object it is taken as one address, whatever it holds.
    to: { name: '', address: envelope.to },
    subject: envelope.subject,
    text: envelope.text,
    html: envelope.html ?? undefined,
    headers: {
      'Auto-Submitted': 'auto-generated',
      ...envelope.headers,
      ...(envelope.list && { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
    },
    ...(envelope.list && { list: listHeaders(config, envelope.list) }),
    messageId: envelope.messageId,
    date: envelope.date,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Of a List-Id only the site's name is encoded: what stands in angle brackets is compared as it is. */
function listHeaders({ siteName, origin }: Config, { name, unsubscribe }: MailList) {
  return {
    id: { url: `${name}.${new URL(origin).hostname}`, comment: siteName },
    unsubscribe,
  };
}

/** The file is there as a whole or not at all, also after a power cut. */
async function writeDurably(folder: string, name: string, bytes: Buffer): Promise<void> {
  const unfinished = join(folder, `.${name}.part`);
  const file = await open(unfinished, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, join(folder, name));
  const directory = await open(folder);
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

interface SmtpError {
  code?: string;
  /** The command that was answered: `CONN`, `AUTH PLAIN`, `MAIL FROM`, `RCPT TO`, `DATA`. */
  command?: string;
  responseCode?: number;
  response?: string;
}

function classify(error: unknown): TransportError {
  const { code, command, responseCode, response } = error as SmtpError;
  const enhanced = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(response ?? '')?.[0];
  const summary = [code, command, responseCode, enhanced].filter(Boolean).join(' ') || 'unknown';
  const noSuchAddress = command === 'RCPT TO' && refusesAddress(responseCode, enhanced);
  return new TransportError(verdict(error as SmtpError), summary, error, noSuchAddress);
}

function verdict({ code, command, responseCode }: SmtpError): TransportError['verdict'] {
  // Nodemailer did not offer the mail to the server, as it does with one to no address.
  if (command === 'API' && (code === 'EENVELOPE' || code === 'EMESSAGE')) return 'later';
  // 421 ends the connection; without any answer there was none to speak of.
  if (!responseCode || responseCode === 421) return 'unreachable';
  // Greeting, login and sender are the site's own affair: no fault of this mail.
  if (command !== 'RCPT TO' && command !== 'DATA') return 'unreachable';
  // 503 blames the session, not the mail.
  return responseCode >= 500 && responseCode !== 503 ? 'never' : 'later';
}

/**
 * Whether an answer says that there is no such address (RFC 3463: 5.1.x, 5.2.0 and 5.2.1), and not
 * that the mailbox is full (5.2.2), the system is ill (5.3, 5.4) or the sender unwanted (5.7).
 */
function refusesAddress(responseCode: number | undefined, enhanced?: string): boolean {
  if (enhanced) return /^5\.(0\.|1\.|2\.[01]$)/.test(enhanced);
  return responseCode === 550 || responseCode === 551 || responseCode === 553;
}
