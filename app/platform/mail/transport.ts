import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { SECOND } from '~/platform/clock';
import type { Config } from '~/platform/config';
import type { MailList } from './outbox';

/** An email ready to send; every attempt sends the same except for the date. */
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

/** Sends emails. `send` rejects with a `TransportError`. */
export interface Transport {
  send(envelope: Envelope): Promise<void>;
  close(): void;
}

/**
 * Why an email was not sent:
 * - `unreachable`: the server cannot be used at the moment, for any email
 * - `later`: the server refused this email for now (SMTP 4yz), or it cannot be sent as it is
 * - `never`: the server refused this recipient or content permanently (SMTP 5yz)
 */
export class TransportError extends Error {
  override name = 'TransportError';

  constructor(
    readonly verdict: 'unreachable' | 'later' | 'never',
    /** Codes only, such as `RCPT TO 550 5.1.1`, because servers often repeat the email address. */
    readonly summary: string,
    cause?: unknown,
    /** True if the email address itself was refused permanently: a hard bounce. */
    readonly noSuchAddress = false,
  ) {
    super(summary, { cause });
  }
}

/** SMTP if `SMTP_URL` is set; otherwise `.eml` files in the outbox folder. */
export function openTransport(config: Config): Transport {
  return config.smtpUrl ? smtpTransport(config, config.smtpUrl) : fileTransport(config);
}

function smtpTransport(config: Config, url: string): Transport {
  const mailer = createTransport({
    url,
    pool: true,
    maxConnections: 1,
    // The outbox handles retries, because it records them.
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
    // As an object it is taken as exactly one address, whatever characters it contains.
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

/**
 * Only the site's name in a List-Id is encoded: the part in angle brackets is compared literally.
 */
function listHeaders({ siteName, origin }: Config, { name, unsubscribe }: MailList) {
  return {
    id: { url: `${name}.${new URL(origin).hostname}`, comment: siteName },
    unsubscribe,
  };
}

/** Writes the file completely or not at all, even in a power failure. */
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
  /** The SMTP command that failed: `CONN`, `AUTH PLAIN`, `MAIL FROM`, `RCPT TO`, `DATA`. */
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
  // Nodemailer did not offer the email to the server, for example because it has no recipient.
  if (command === 'API' && (code === 'EENVELOPE' || code === 'EMESSAGE')) return 'later';
  // 421 closes the connection; no response code means there was no connection.
  if (!responseCode || responseCode === 421) return 'unreachable';
  // Failures at greeting, login or sender concern the site's setup, not this email.
  if (command !== 'RCPT TO' && command !== 'DATA') return 'unreachable';
  // 503 is about the session, not the email.
  return responseCode >= 500 && responseCode !== 503 ? 'never' : 'later';
}

/**
 * True if a response says that the address does not exist (RFC 3463: 5.1.x, 5.2.0 and 5.2.1),
 * rather than that the mailbox is full (5.2.2), the system is faulty (5.3, 5.4) or the sender is
 * blocked (5.7).
 */
function refusesAddress(responseCode: number | undefined, enhanced?: string): boolean {
  if (enhanced) return /^5\.(0\.|1\.|2\.[01]$)/.test(enhanced);
  return responseCode === 550 || responseCode === 551 || responseCode === 553;
}
