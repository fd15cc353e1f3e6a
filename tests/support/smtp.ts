import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { onTestFinished } from 'vitest';

export interface SmtpCatcher {
  url: string;
  /** The received emails, in order. */
  mails: ParsedMail[];
  /** Recipients that are refused with this SMTP code, or with this code and text. */
  refuse: Map<string, number | string>;
  /** Stops listening, like a server that restarts. */
  stop(): Promise<void>;
  /** Listens again on the same port. */
  start(): Promise<void>;
}

/** Starts a real SMTP server on a free port that keeps all emails. */
export async function useSmtp(): Promise<SmtpCatcher> {
  let port = 0;
  let server: SMTPServer | null = null;
  const catcher: SmtpCatcher = {
    url: '',
    mails: [],
    refuse: new Map(),
    stop: () =>
      new Promise((done) => {
        if (!server) return done();
        server.close(done);
        server = null;
      }),
    start: () =>
      new Promise((done, fail) => {
        const opening = makeServer(catcher);
        server = opening;
        opening.once('error', fail);
        opening.listen(port, '127.0.0.1', () => {
          port = (opening.server.address() as AddressInfo).port;
          catcher.url = `smtp://127.0.0.1:${port}`;
          done();
        });
      }),
  };
  await catcher.start();
  onTestFinished(() => catcher.stop());
  return catcher;
}

function makeServer({ mails, refuse }: SmtpCatcher): SMTPServer {
  return new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    closeTimeout: 100,
    onRcptTo({ address }, _session, answer) {
      const reply = refuse.get(address);
      if (!reply) return answer();
      const [, code, text] = /^(\d{3}) ?(.*)$/.exec(String(reply)) ?? [];
      const error = new Error(text || `not for ${address}`);
      answer(Object.assign(error, { responseCode: Number(code) }));
    },
    onData(stream, _session, answer) {
      simpleParser(stream).then((mail) => {
        mails.push(mail);
        answer();
      }, answer);
    },
  });
}
