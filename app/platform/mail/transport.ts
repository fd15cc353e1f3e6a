import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { SECOND } from '~/platform/clock';
import type { Config } from '~/platform/config';
import type { MailList } from './outbox';
import { type RefusalCause, refusalCause, statusIn } from './refusal';
import { senderOf } from './sender-address';

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
    /** Why the server refused this email; null if it did not answer about it. */
    readonly refusal: RefusalCause | null = null,
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
    from: senderOf(config),
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

/** Of a List-Id only the site's name is encoded: what is in brackets is compared literally. */
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

/** Returns what an SMTP error says in codes, such as `EAUTH AUTH PLAIN 535 5.7.8`. */
export function smtpSummary(error: unknown): string {
  const { code, command, responseCode, response = '' } = error as SmtpError;
  const codes = [code, command, responseCode, statusIn(response)];
  return codes.filter(Boolean).join(' ') || 'unknown';
}

function classify(error: unknown): TransportError {
  const { responseCode, response = '' } = error as SmtpError;
  const refusal = isAboutMail(error as SmtpError)
    ? refusalCause({ code: responseCode, status: statusIn(response), text: response })
    : null;
  const summary = [smtpSummary(error), refusal].filter(Boolean).join(' ');
  return new TransportError(verdict(error as SmtpError, refusal), summary, error, refusal);
}

function verdict(
  { code, command, responseCode = 0 }: SmtpError,
  refusal: RefusalCause | null,
): TransportError['verdict'] {
  // Nodemailer did not offer the email to the server, for example because it has no recipient.
  if (command === 'API' && (code === 'EENVELOPE' || code === 'EMESSAGE')) return 'later';
  if (refusal === null) return responseCode === 503 ? 'later' : 'unreachable';
  // Some servers answer "too many" and "try later" with a permanent code.
  const mayPass = refusal === 'rate' || refusal === 'temporary';
  return responseCode >= 500 && !mayPass ? 'never' : 'later';
}

/**
 * True if a server answered about this email. Failures at greeting, login or sender concern the
 * site's setup; 421 closes the connection, and 503 is about the session. No code means that there
 * was no connection.
 */
function isAboutMail({ command, responseCode }: SmtpError): boolean {
  if (!responseCode || responseCode === 421 || responseCode === 503) return false;
  return command === 'RCPT TO' || command === 'DATA';
}
