import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '~/platform/clock';
import { deliverMails, purgeMails } from '~/platform/mail/deliver';
import { queueDigestMail, queueMail } from '~/platform/mail/outbox';
import { Pace } from '~/platform/mail/pace';
import { mails } from '~db/schema';
import { type TestCauseway, useCauseway } from './support/causeway';
import { useSmtp } from './support/smtp';

async function useMail(env: Record<string, string> = {}) {
  const smtp = await useSmtp();
  const causeway = await useCauseway({
    SMTP_URL: smtp.url,
    ORIGIN: 'https://causeway.example',
    MAIL_FROM: 'Another name <desk@causeway.example>',
    ...env,
  });
  return { smtp, causeway, deliver: () => deliverMails(causeway.app) };
}

function queue({ app }: TestCauseway, to: string, subject = 'Good news') {
  return app.db.write((tx) =>
    queueMail(tx, app.clock, { to, subject, text: 'Grüße\n.\n', html: '<p>Grüße</p>' }),
  );
}

async function stored({ app }: TestCauseway, id: string) {
  const [row] = await app.db.reader.select().from(mails).where(eq(mails.id, id));
  return row;
}

describe('email by SMTP', () => {
  it('brings text, HTML and headers, once', async () => {
    const { smtp, causeway, deliver } = await useMail();
    const id = await queue(causeway, 'ada@example.org', 'Über alles: ein Brückenschlag');
    expect(await deliver()).toEqual({ sent: 1, failed: 0, waiting: 0 });
    expect(await deliver()).toEqual({ sent: 0, failed: 0, waiting: 0 });
    expect(smtp.mails).toHaveLength(1);
    const [mail] = smtp.mails;
    expect(mail?.subject).toBe('Über alles: ein Brückenschlag');
    expect(mail?.text).toContain('Grüße\n.\n');
    expect(mail?.html).toContain('<p>Grüße</p>');
    expect(mail?.messageId).toMatch(new RegExp(`^<${id}\\.[\\w-]{43}@causeway\\.example>$`));
    expect(mail?.from?.text).toBe('"Causeway" <desk@causeway.example>');
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail?.date?.getTime()).toBe(causeway.clock.now());
  });

  it('keeps neither content nor address of a sent email, and deletes the record after a month', async () => {
    const { causeway, deliver } = await useMail();
    const { app, clock } = causeway;
    const id = await queue(causeway, 'ada@example.org');
    await deliver();
    expect(await stored(causeway, id)).toMatchObject({ to: '', text: '', html: null });
    clock.advance(29 * DAY);
    await app.db.write((tx) => purgeMails(tx, clock));
    expect(await stored(causeway, id)).toBeDefined();
    clock.advance(DAY);
    await app.db.write((tx) => purgeMails(tx, clock));
    expect(await stored(causeway, id)).toBeUndefined();
  });

  it('treats the recipient as one address, whatever it contains', async () => {
    const { smtp, causeway, deliver } = await useMail();
    await queue(causeway, 'ada@example.org, eve@example.org\r\nBcc: eve@example.org');
    await deliver();
    const reached = smtp.mails.flatMap((mail) => [mail.to ?? [], mail.bcc ?? []].flat(2));
    expect(JSON.stringify(reached)).not.toContain('"address":"eve@example.org"');
  });

  it('retries a temporary refusal, with growing pauses, as the same email', async () => {
    const { smtp, causeway, deliver } = await useMail();
    smtp.refuse.set('busy@example.org', 451);
    const id = await queue(causeway, 'busy@example.org');
    expect(await deliver()).toEqual({ sent: 0, failed: 0, waiting: 1 });
    expect(await deliver()).toEqual({ sent: 0, failed: 0, waiting: 1 });
    expect((await stored(causeway, id))?.attempts).toBe(1);

    causeway.clock.advance(MINUTE);
    await deliver();
    causeway.clock.advance(MINUTE);
    await deliver();
    expect((await stored(causeway, id))?.attempts).toBe(2);

    smtp.refuse.clear();
    causeway.clock.advance(MINUTE);
    expect(await deliver()).toEqual({ sent: 1, failed: 0, waiting: 0 });
    expect(smtp.mails.map((mail) => mail.messageId?.split('.')[0])).toEqual([`<${id}`]);
  });

  it.each(['Communauté d’accès', 'مجتمع الوصول', 'Causeway'])(
    'names the list so that programs can compare it, for %s',
    async (siteName) => {
      const { smtp, causeway } = await useMail({ SITE_NAME: siteName });
      const list = { name: 'digests', unsubscribe: 'https://causeway.example/u' };
      const content = { subject: 'News', text: 'News', list };
      await causeway.app.db.write((tx) => queueDigestMail(tx, causeway.clock, 'ada@example.org'));
      await deliverMails(causeway.app, { composeDigest: async () => content });
      const line = smtp.mails[0]?.headerLines.find(({ key }) => key === 'list-id')?.line ?? '';
      expect(line).toMatch(/^List-I[dD]:[\x20-\x7e\s]*<digests\.causeway\.example>$/);
    },
  );

  it('gives up after five days of refusals', async () => {
    const { smtp, causeway, deliver } = await useMail();
    smtp.refuse.set('busy@example.org', 451);
    const id = await queue(causeway, 'busy@example.org');
    for (let hours = 0; hours < 5 * 24; hours += 6) {
      expect((await deliver()).failed).toBe(0);
      causeway.clock.advance(6 * HOUR);
    }
    expect(await deliver()).toEqual({ sent: 0, failed: 1, waiting: 0 });
    expect((await stored(causeway, id))?.failedAt).toBe(causeway.clock.now());
  });

  it('gives up at once after a permanent refusal, and delays no other', async () => {
    const { smtp, causeway, deliver } = await useMail();
    smtp.refuse.set('gone@example.org', 550);
    smtp.refuse.set('busy@example.org', 451);
    const gone = await queue(causeway, 'gone@example.org');
    await queue(causeway, 'busy@example.org');
    await queue(causeway, 'ada@example.org');
    await queue(causeway, 'bo@example.org');
    expect(await deliver()).toEqual({ sent: 2, failed: 1, waiting: 1 });
    const row = await stored(causeway, gone);
    expect(row?.lastError).toContain('550');
    expect(row?.lastError).not.toContain('gone@');
    causeway.clock.advance(DAY);
    smtp.refuse.clear();
    expect(await deliver()).toEqual({ sent: 1, failed: 0, waiting: 0 });
    expect(smtp.mails.map((mail) => [mail.to].flat()[0]?.text).sort()).toEqual([
      'ada@example.org',
      'bo@example.org',
      'busy@example.org',
    ]);
  });

  it('waits while the server is down, for up to a week', async () => {
    const { smtp, causeway, deliver } = await useMail();
    await smtp.stop();
    await queue(causeway, 'ada@example.org');
    await queue(causeway, 'bo@example.org');
    for (let day = 0; day < 7; day += 1) {
      expect(await deliver()).toEqual({ sent: 0, failed: 0, waiting: 2 });
      causeway.clock.advance(DAY);
    }
    await smtp.start();
    expect(await deliver()).toEqual({ sent: 2, failed: 0, waiting: 0 });
    expect(smtp.mails).toHaveLength(2);
  });

  it('repeats the email being sent after a crash, as the same email, and no other', async () => {
    const { smtp, causeway, deliver } = await useMail();
    const first = await queue(causeway, 'ada@example.org');
    await deliver();
    const second = await queue(causeway, 'bo@example.org');
    const before = await stored(causeway, second);
    await deliver();
    // Simulates a crash between the server's response and our record of it.
    const leaseUntil = causeway.clock.now() + MINUTE;
    await causeway.app.db.write((tx) =>
      tx
        .update(mails)
        .set({ ...before, leaseUntil })
        .where(eq(mails.id, second)),
    );
    expect(await deliver()).toEqual({ sent: 0, failed: 0, waiting: 1 });
    causeway.clock.advance(MINUTE);
    expect(await deliver()).toEqual({ sent: 1, failed: 0, waiting: 0 });
    const ids = smtp.mails.map((mail) => mail.messageId);
    expect(ids.map((id) => id?.split('.')[0])).toEqual([`<${first}`, `<${second}`, `<${second}`]);
    expect(ids[2]).toBe(ids[1]);
  });

  it('has one rate limit for all senders of a process', async () => {
    const { causeway, deliver } = await useMail();
    let sent = 0;
    causeway.app.mailPace = new (class extends Pace {
      override async wait() {
        sent += 1;
      }
    })(1);
    for (let n = 0; n < 4; n += 1) await queue(causeway, `reader${n}@example.org`);
    await Promise.all([deliver(), deliver()]);
    await queue(causeway, 'ada@example.org');
    await deliver();
    expect(sent).toBe(5);
  });

  it('sends each email once if two processes deliver at the same time', async () => {
    const { smtp, causeway, deliver } = await useMail();
    for (let n = 0; n < 10; n += 1) await queue(causeway, `reader${n}@example.org`);
    const [a, b] = await Promise.all([deliver(), deliver()]);
    expect(a.sent + b.sent).toBe(10);
    expect(new Set(smtp.mails.map((mail) => mail.messageId)).size).toBe(10);
    expect(smtp.mails).toHaveLength(10);
  });

  it('composes a digest when it is sent, after the letters', async () => {
    const { smtp, causeway, deliver } = await useMail();
    const { app, clock } = causeway;
    const kept = await app.db.write((tx) => queueDigestMail(tx, clock, 'ada@example.org'));
    const void_ = await app.db.write((tx) => queueDigestMail(tx, clock, 'bo@example.org'));
    await queue(causeway, 'cy@example.org', 'A letter');
    expect((await deliver()).waiting).toBe(2);

    await queue(causeway, 'cy@example.org', 'Another letter');
    const composeDigest = async (id: string) =>
      id === kept ? { subject: 'A digest', text: 'fresh' } : null;
    const outcome = await deliverMails(app, { composeDigest });
    expect(outcome).toEqual({ sent: 2, failed: 0, waiting: 0 });
    expect(smtp.mails.map((mail) => mail.subject)).toEqual([
      'A letter',
      'Another letter',
      'A digest',
    ]);
    expect(await stored(causeway, void_)).toBeUndefined();
  });
});

describe('the List-Id', () => {
  it.each(['Causeway', 'La Chaussée', 'جسر', 'Cause "way" <x>, a\\'])(
    'of %s can be compared as it is',
    async (siteName) => {
      const { smtp, causeway } = await useMail({ SITE_NAME: siteName });
      const { app, clock } = causeway;
      await app.db.write((tx) => queueDigestMail(tx, clock, 'ada@example.org'));
      const list = { name: 'digests', unsubscribe: 'https://causeway.example/s/x/unsubscribe' };
      const composeDigest = async () => ({ subject: 'A digest', text: 'fresh', list });
      expect((await deliverMails(app, { composeDigest })).sent).toBe(1);
      const line = (name: string) =>
        smtp.mails[0]?.headerLines.find(({ key }) => key === name)?.line.replace(/\r?\n\s+/g, ' ');
      expect(line('list-id')).toMatch(/^List-ID: .+ <digests\.causeway\.example>$/i);
      expect(line('list-unsubscribe')).toBe(`List-Unsubscribe: <${list.unsubscribe}>`);
      expect(line('list-unsubscribe-post')).toContain('List-Unsubscribe=One-Click');
      // RFC 2047: the name as encoded words or a quoted string, which email programs decode.
      expect(line('list-id')).not.toMatch(/[^\x20-\x7e]/);
    },
  );
});

describe('email without SMTP_URL', () => {
  it('writes each email as one complete file', async () => {
    const causeway = await useCauseway();
    const id = await queue(causeway, 'ada@example.org');
    expect((await deliverMails(causeway.app)).sent).toBe(1);
    expect(readdirSync(causeway.config.outboxDir)).toEqual([`${id}.eml`]);
    const [mail] = await causeway.mails();
    expect(mail?.text).toContain('Grüße');
    expect(mail?.messageId).toMatch(new RegExp(`^<${id}\\.[\\w-]{43}@localhost>$`));
    const { mode } = statSync(`${causeway.config.outboxDir}/${id}.eml`);
    expect(mode & 0o077).toBe(0);
  });

  it('waits while the folder cannot be written', async () => {
    const causeway = await useCauseway();
    writeFileSync(causeway.config.outboxDir, 'a file stands in the way');
    await queue(causeway, 'ada@example.org');
    expect(await deliverMails(causeway.app)).toEqual({ sent: 0, failed: 0, waiting: 1 });
    rmSync(causeway.config.outboxDir);
    causeway.clock.advance(MINUTE);
    expect(await deliverMails(causeway.app)).toEqual({ sent: 1, failed: 0, waiting: 0 });
  });
});
