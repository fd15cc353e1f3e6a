import { describe, expect, it } from 'vitest';
import { readBounce } from './bounce';

const ID = '<01hzy3k8v9abcdefghjkmnpqrs.token@causeway.example>';

const RETURNED = `Received: from causeway.example by mx.example.net; Mon, 2 Nov 2026 09:00:00 +0000
From: Causeway <desk@causeway.example>
To: ada@example.org
Subject: User unknown, mailbox full and spam: October 2026
Message-ID: ${ID}
MIME-Version: 1.0

The mailbox is full of spam, said user unknown. No such user here.
`;

/** A message with one plain part, as older servers write it. */
function plain(body: string, head: Record<string, string> = {}): string {
  const headers = {
    'Return-Path': '<>',
    From: 'MAILER-DAEMON@mx.example.net',
    To: 'desk@causeway.example',
    Subject: 'Undelivered Mail Returned to Sender',
    'Content-Type': 'text/plain; charset=utf-8',
    ...head,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `${lines.join('\n')}\n\n${body}`;
}

/** A delivery report with fields about recipients. */
function report(fields: string, prose = 'The mail could not be delivered.', encoding = '7bit') {
  const encoded = encoding === 'base64' ? Buffer.from(fields).toString('base64') : fields;
  return plain(
    `--b
Content-Type: text/plain; charset=utf-8

${prose}

--b
Content-Type: message/delivery-status
Content-Transfer-Encoding: ${encoding}

${encoded}

--b
Content-Type: message/rfc822

${RETURNED}
--b--
`,
    { 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b' },
  );
}

const failed = (status: string, diagnostic = '') => `Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; ada@example.org
Action: failed
Status: ${status}
${diagnostic && `Diagnostic-Code: ${diagnostic}\n`}`;

const read = (message: string) => readBounce(Buffer.from(message));

describe('a delivery report', () => {
  it.each([
    ['5.1.1', 'smtp; 550 5.1.1 <ada@example.org>: User unknown', 'no-such-user'],
    ['5.1.1', '', 'no-such-user'],
    ['5.0.0', 'smtp; 550 No such user here', 'no-such-user'],
    ['5.1.1', 'smtp; 550 JunkMail rejected', 'content'],
    ['5.1.1', 'smtp; 550 We declined this one', 'unknown'],
    ['5.1.8', '', 'sender'],
    ['5.7.1', 'smtp; 554 5.7.1 Service unavailable; Client host blocked using RBL', 'sender'],
    ['5.2.1', 'smtp; 550 5.2.1 receiving mail at a rate that prevents delivery', 'rate'],
    ['5.2.2', 'smtp; 552 5.2.2 Over quota', 'mailbox-full'],
    ['5.4.4', 'X-Postfix; Host or domain name not found. Host not found', 'no-such-domain'],
    ['5.4.1', '', 'unreachable'],
    ['5.4.7', 'smtp; 550 5.4.7 Delivery time expired', 'unreachable'],
    ['4.4.7', 'smtp; 451 4.4.7 expired: user unknown', 'temporary'],
    ['5.3.4', '', 'content'],
    ['5.4.4 (Illegal host/domain name found)', '', 'no-such-domain'],
  ])('with %s %s is about %s', async (status, diagnostic, cause) => {
    const bounce = await read(report(failed(status, diagnostic)));
    expect(bounce?.cause).toBe(cause);
    expect(bounce?.text).toContain(ID);
  });

  it('is read whatever its encoding, line ends, and missing parts', async () => {
    const unknown = failed('5.1.1', 'smtp; 550 5.1.1 User unknown');
    const message = report(unknown, undefined, 'base64');
    const bare = plain(`${unknown}\n\n${RETURNED}`, { 'Content-Type': 'multipart/report' });
    for (const text of [
      message,
      message.replaceAll('\n', '\r\n'),
      message.replaceAll('\n', '\r'),
      bare,
    ])
      expect((await read(text))?.cause).toBe('no-such-user');
    const forwarded = plain(
      `--c\nContent-Type: text/plain\n\nSee below.\n\n--c\nContent-Type: message/rfc822\n\n${message}\n--c--\n`,
      { From: 'bo@example.org', Subject: 'Fwd', 'Content-Type': 'multipart/mixed; boundary=c' },
    );
    expect(await read(forwarded)).toMatchObject({ cause: 'no-such-user' });
    expect((await read(forwarded))?.text).toContain(ID);
  });

  it('of several recipients is taken as the one that does least harm', async () => {
    const two = `${failed('5.1.1', 'smtp; 550 5.1.1 User unknown')}
Final-Recipient: rfc822; bo@example.org
Action: failed
Status: 5.2.2`;
    expect((await read(report(two)))?.cause).toBe('mailbox-full');
  });

  it('that tells of a delay, a delivery, a complaint or a receipt is none', async () => {
    for (const action of ['delayed', 'delivered', 'relayed', 'expanded']) {
      const fields = failed('4.4.1', 'smtp; User unknown').replace('failed', action);
      expect(await read(report(fields))).toBeNull();
    }
    for (const kind of ['feedback-report', 'disposition-notification']) {
      const other = report(failed('5.1.1')).replace(
        'report-type=delivery-status',
        `report-type=${kind}`,
      );
      expect(await read(other)).toBeNull();
    }
  });
});

/** What common servers write for people, in their own form. */
const PROSE: Record<string, [cause: string, body: string, head?: Record<string, string>]> = {
  qmail: [
    'no-such-user',
    `Hi. This is the qmail-send program at mx.example.net.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<ada@example.org>:
192.0.2.9 does not like recipient.
Remote host said: 550 5.1.1 <ada@example.org>: Recipient address rejected: User unknown
Giving up on 192.0.2.9.

--- Below this line is a copy of the message.

${RETURNED}`,
    { Subject: 'failure notice' },
  ],
  'qmail, full': [
    'mailbox-full',
    `Hi. This is the qmail-send program at mx.example.net.

<ada@example.org>:
The users mailfolder is over the allowed quota (size). (#5.2.2)

--- Below this line is a copy of the message.

${RETURNED}`,
  ],
  Exim: [
    'no-such-user',
    `This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  ada@example.org
    SMTP error from remote mail server after RCPT TO:<ada@example.org>:
    host mx.example.org [192.0.2.9]: 550 No Such User Here

------ This is a copy of the message, including all the headers. ------

${RETURNED}`,
    {
      'X-Failed-Recipients': 'ada@example.org',
      From: 'Mail Delivery System <desk@mx.example.net>',
    },
  ],
  'Exim, retries': [
    'unreachable',
    `This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  ada@example.org
    retry timeout exceeded

${RETURNED}`,
  ],
  Exchange: [
    'no-such-user',
    `Your message

  To:      ada@example.org
  Subject: October 2026
  Sent:    Mon, 2 Nov 2026 09:00:00 +0000

did not reach the following recipient(s):

ada@example.org on Mon, 2 Nov 2026 09:00:02 +0000
    The recipient name is not recognized
	The MTS-ID of the original message is: c=xx;a= ;p=x;l=X0
    MSEXCH:IMS:X:Y:Z 0 (000C05A6) Unknown Recipient

${RETURNED}`,
    {
      From: 'System Administrator <postmaster@example.org>',
      Subject: 'Undeliverable: October 2026',
    },
  ],
  'Exchange, permission': [
    'sender',
    `The following recipient(s) could not be reached:

      ada@example.org on 11/2/2026 9:00 AM
            You do not have permission to send to this recipient.  For assistance, contact your system administrator.
            <mail.example.org #5.7.1 smtp;550 5.7.1 Unable to relay for ada@example.org>

${RETURNED}`,
    { Subject: 'Undeliverable' },
  ],
  'Office 365': [
    'no-such-user',
    `<html><head><style>p{color:red}</style></head><body><p>Your message to <b>ada@example.org</b> couldn't be delivered.</p>
<p>ada wasn't found at example.org.</p><table><tr><td>Sender</td><td>Office 365</td><td>Unknown To address</td></tr></table>
<h3>How to Fix It</h3><p>The address may be misspelled or may not exist. Contact the recipient by phone, and check the address.</p>
<p>This error occurs when the sender sent a message to an email address hosted by Office 365 but the address is incorrect.</p>
<p>Original Message Details</p><p>Message ID: ${ID.replace('<', '&lt;').replace('>', '&gt;')}</p>
<p>Error Details</p><p>Reported error: <i>550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient ada@example.org not found by SMTP address lookup</i></p></body></html>`,
    {
      From: 'Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.org>',
      Subject: 'Undeliverable: October 2026',
      'Content-Type': 'text/html; charset=utf-8',
    },
  ],
  Gmail: [
    'no-such-user',
    `Delivery to the following recipient failed permanently:

     ada@gmail.com

Technical details of permanent failure:
Google tried to deliver your message, but it was rejected by the server for the recipient domain gmail.com by gmail-smtp-in.l.google.com. [192.0.2.9].

The error that the other server returned was:
550-5.1.1 The email account that you tried to reach does not exist. Please try
550-5.1.1 double-checking the recipient's email address for typos or
550 5.1.1 unnecessary spaces. Learn more at https://support.google.com/mail/?p=NoSuchUser - gsmtp

----- Original message -----

${RETURNED}`,
    { From: 'Mail Delivery Subsystem <mailer-daemon@googlemail.com>' },
  ],
  'Gmail, French': [
    'no-such-user',
    `** Adresse introuvable **

Votre message n'est pas parvenu à ada@gmail.com, car l'adresse est introuvable ou ne peut pas recevoir de messages.

${RETURNED}`,
    {
      From: 'Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
      Subject: 'Delivery Status Notification (Failure)',
    },
  ],
  Yahoo: [
    'no-such-user',
    `Sorry, we were unable to deliver your message to the following address.

<ada@yahoo.com>:
Remote host said:
554 delivery error: dd This user doesn't have a yahoo.com account (ada@yahoo.com) [0] - mta1234.mail.bf1.yahoo.com
[BODY]

--- Below this line is a copy of the message.

${RETURNED}`,
    { Subject: 'Failure Notice' },
  ],
  'GMX, full': [
    'mailbox-full',
    `This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of
its recipients. This is a permanent error. The following address
failed:

ada@gmx.net:
SMTP error from remote server for RCPT TO command, host: mx00.gmx.net (192.0.2.9) reason: 552 Requested mail action aborted: exceeded storage allocation. Quota exceeded. The recipients mailbox is full.

--- The header of the original message is following. ---

${RETURNED}`,
    { Subject: 'Mail delivery failed: returning message to sender' },
  ],
  Domino: [
    'no-such-user',
    `------- Failure Reasons  --------

User not listed in public Name & Address Book
ada@example.org

------- Returned Message --------
${RETURNED}`,
    { From: 'postmaster@example.org', Subject: 'Undeliverable message' },
  ],
  'Domino, Japanese': [
    'no-such-user',
    `------- Failure Reasons  --------

ディレクトリのリストにありません
ada@example.org

------- Returned Message --------
${RETURNED}`,
    { From: 'postmaster@example.org', Subject: '=?UTF-8?B?6YWN5L+h5LiN6IO9?=' },
  ],
  'mail.ru': [
    'no-such-user',
    `This message was created automatically by mail delivery software.

Сообщение не может быть доставлено следующим получателям:

  ada@mail.ru
    550 Message was not accepted -- invalid mailbox.  Local mailbox ada@mail.ru is unavailable: user not found

${RETURNED}`,
  ],
  Yandex: [
    'content',
    `This is the mail system at host forward1.mail.yandex.net.

<ada@yandex.ru>: host mx.yandex.ru[192.0.2.9] said: 554 5.7.1 [1] Message rejected under suspicion of SPAM;
    http://help.yandex.ru/mail/spam/sending-limits.xml (in reply to end of DATA command)

${RETURNED}`,
  ],
  QQ: [
    'no-such-user',
    `抱歉，您的邮件被退回来了……

原邮件信息：
收件人：ada@qq.com

退信原因：
收件人邮件地址（ada@qq.com）不存在，邮件无法送达。

${RETURNED}`,
    { From: 'Postmaster@qq.com', Subject: '=?utf-8?B?57O757uf6YCA5L+h?=' },
  ],
  163: [
    'sender',
    `Delivery to the following recipients failed:

ada@163.com
SMTP error, RCPT TO: 554 MI:SPB 163 smtp12,4MCowAB3

${RETURNED}`,
  ],
  sendmail: [
    'no-such-user',
    `The original message was received at Mon, 2 Nov 2026 09:00:00 GMT
from causeway.example [192.0.2.1]

   ----- The following addresses had permanent fatal errors -----
<ada@example.org>
    (reason: 550 5.1.1 <ada@example.org>... User unknown)

   ----- Transcript of session follows -----
... while talking to mx.example.org.:
>>> DATA
<<< 550 5.1.1 <ada@example.org>... User unknown
550 5.1.1 <ada@example.org>... User unknown
<<< 503 5.0.0 Need RCPT (recipient)

   ----- Original message follows -----

${RETURNED}`,
    { Subject: 'Returned mail: see transcript for details' },
  ],
  Postfix: [
    'sender',
    `This is the mail system at host mx.example.net.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

If you do so, please include this problem report. You can
delete your own text from the attached returned message.

<ada@example.org>: host mx.example.org[192.0.2.9] said: 550 5.1.8
    <desk@causeway.example>: Sender address rejected: Domain not found (in reply to RCPT TO command)

${RETURNED}`,
  ],
  German: [
    'no-such-user',
    `Ihre Nachricht konnte nicht zugestellt werden.

Der Empfänger ada@example.org ist hier unbekannt.

${RETURNED}`,
    { Subject: 'Unzustellbar: Oktober 2026' },
  ],
  odd: ['unknown', `Something went wrong with your mail to ada@example.org.\n\n${RETURNED}`],
};

describe('the prose of a mail server', () => {
  it.each(Object.entries(PROSE))('%s is understood', async (_server, [cause, body, head]) => {
    const bounce = await read(plain(body, head));
    expect(bounce?.cause).toBe(cause);
    expect(bounce?.text).toContain(ID);
  });

  it('is no bounce where it is a warning, a person or an automatic reply', async () => {
    const warning = `Warning: message still undelivered after 4 hours. Will keep trying.\n\n451 4.4.1 try again later\n\n${RETURNED}`;
    expect(await read(plain(warning, { Subject: 'Warning: could not send message' }))).toBeNull();
    const words = `That mail was for nobody: user unknown here, no such user.\n\n${RETURNED}`;
    expect(await read(plain(words, { From: 'bo@example.org', Subject: 'Re: October' }))).toBeNull();
    const away = { From: 'bo@example.org', Subject: 'Away', 'Auto-Submitted': 'auto-replied' };
    expect(await read(plain('This mailbox is no longer in use.', away))).toBeNull();
    expect(await read('')).toBeNull();
  });
});
