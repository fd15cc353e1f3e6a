import { describe, expect, it } from 'vitest';
import { type RefusalCause, refusalCause } from './refusal';

/** Answers of mail servers in their usual wording, by cause. */
const ANSWERS: Record<RefusalCause, string[]> = {
  'no-such-user': [
    '550 5.1.1 <ada@example.org>: Recipient address rejected: User unknown in virtual mailbox table',
    '550 5.1.1 <ada@example.org>: Recipient address rejected: User unknown in relay recipient table',
    '550 5.1.1 unknown user: "ada"',
    "550-5.1.1 The email account that you tried to reach does not exist. Please try\n550-5.1.1 double-checking the recipient's email address for typos or\n550 5.1.1 unnecessary spaces. https://support.google.com/mail/?p=NoSuchUser x1si123 - gsmtp",
    "554 delivery error: dd This user doesn't have a yahoo.com account (ada@yahoo.com) [0] - mta1234.mail.bf1.yahoo.com",
    '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient ada@example.org not found by SMTP address lookup',
    '550 5.1.1 RESOLVER.ADR.RecipNotFound; not found',
    '550 5.1.1 <ada@example.org>... User unknown',
    '550 No such user here',
    '550 5.7.1 No such user!',
    '550 Message was not accepted -- invalid mailbox.  Local mailbox ada@mail.ru is unavailable: user not found',
    '550 User not found: ada@163.com',
    '550 Mailbox not found. http://service.mail.qq.com/cgi-bin/help?subtype=1',
    'Sorry, no mailbox here by that name. (#5.1.1)',
    'Sorry, no mailbox here by that name (vpopmail). (#5.1.1)',
    '550 User ada (ada@example.org) not listed in Domino Directory',
    'Benutzer ada (ada@example.org) nicht im Domino-Verzeichnis aufgeführt',
    '550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR204_425 [425]',
    '550 Invalid Recipient - https://community.mimecast.com/docs/DOC-1369#550',
    '550 5.1.1 ada@example.org: user does not exist',
    '550 5.1.1 <ada@aol.com>: Recipient address rejected: aol.com',
    '550 5.1.1 Not our Customer',
    '550 #5.1.0 Address rejected. Mailbox does not exist',
    '550-Unknown recipient',
    '553 sorry, this recipient is not in my validrcptto list, no such mailbox (#5.7.1)',
    '550 <ada@example.org> is not a valid mailbox',
    '550 5.1.6 ada@example.org: Recipient has moved',
    '550 5.1.1 Пользователь не найден',
    '550 5.1.1 El usuario no existe',
    '550 Utilisateur inconnu',
    '550 Empfänger unbekannt',
    '550 用户不存在',
    '550 宛先が見つかりません',
  ],
  'no-such-domain': [
    '550 5.1.2 <ada@nowhere.example>: Recipient address rejected: Domain not found',
    "Sorry, I couldn't find any host named nowhere.example. (#5.1.2)",
    '550 Host unknown (Name server: nowhere.example: host not found)',
    'Host or domain name not found. Name service error for name=nowhere.example type=MX: Host not found',
    '556 5.1.10 nowhere.example does not accept mail (nullMX)',
  ],
  'mailbox-full': [
    '552 5.2.2 Mailbox size limit exceeded',
    '552-5.2.2 The email account that you tried to reach is over quota. Please direct\n552 5.2.2 the recipient to https://support.google.com/mail/?p=OverQuotaPerm',
    '452 4.2.2 The recipient’s inbox is out of storage space',
    '550 5.2.2 STOREDRV.Deliver; mailbox full. The following information should help identify the cause of this error',
    "552 5.2.2 This message is larger than the current system limit or the recipient's mailbox is full.",
    'The users mailfolder is over the allowed quota (size). (#5.2.2)',
    'maildir delivery failed: "The user you are trying to reach is over disk quota."',
    '552 Requested mail action aborted: exceeded storage allocation. Quota exceeded.',
    "Recipient's mailbox is full, message returned to sender. (#5.2.2)",
    '550 Mailbox quota exceeded',
    '552 Boite du destinataire pleine. Recipient overquota. OFR_417 [417]',
    '550 mailbox is full (ящик переполнен)',
    '550 邮箱已满',
  ],
  'mailbox-unavailable': [
    '550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302).',
    '550-5.2.1 The email account that you tried to reach is disabled. Learn more at\n550 5.2.1 https://support.google.com/mail/?p=DisabledUser',
    '550 5.4.1 Recipient address rejected: Access denied. AS(201806281) [x.prod.protection.outlook.com]',
    '554 delivery error: dd Sorry your message to ada@yahoo.com cannot be delivered. This account has been disabled or discontinued [#102].',
    '550 5.2.1 <ada@example.org>: mailbox disabled',
    '550 Unrouteable address',
    '550 User suspended',
    "Recipient's Domino Directory entry does not specify a valid Notes mail file",
  ],
  sender: [
    '550 JunkMail rejected - mail.causeway.example [192.0.2.1] is in an RBL',
    '550 5.1.8 <desk@causeway.example>: Sender address rejected: Domain not found',
    '550 Bad SPF records for [causeway.example]',
    '554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org',
    "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3140).",
    '554 5.7.1 Relay access denied',
    '550 5.1.1 RBL: ada@example.org rejected',
    '550 5.7.26 This mail has been blocked because the sender is unauthenticated.',
    '550 Sender verify failed: unknown user',
    '553 5.1.8 Domain of sender address desk@causeway.example does not exist',
    '550 5.7.1 RESOLVER.RST.NotAuthorized; not authorized',
    '554 Message not allowed - [PH01] Email not accepted for policy reasons.',
    '554 MI:SPB 163 smtp12,4MCowAB3',
    '550 5.7.1 Command rejected: reverse hostname lookup failed',
    '421 RLY:B1 http://postmaster.info.aol.com/errors/421rlyb1.html',
    '554 Nemesis ESMTP Service not available. No SMTP service. IP address is black listed.',
    '550 Administrative prohibition',
    '550 Mail is rejected by recipients',
    '550 5.7.1 Absender wurde abgelehnt',
    '421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to user complaints - 4.16.55.1',
  ],
  rate: [
    '550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered.',
    '421 4.7.28 Our system has detected an unusual rate of unsolicited mail originating from your IP address.',
    '450 4.7.1 Error: too many connections from 192.0.2.1',
    '550 Connection frequency limited',
    '452 4.3.1 Message rate limit exceeded',
    '421 too many messages in this connection',
  ],
  content: [
    '550 JunkMail rejected',
    '550 5.2.0 Message rejected as bulk',
    '552 message size exceeds size limit 20480000 of server',
    '554 5.7.1 [1] Message rejected under suspicion of SPAM',
    '550 Mail content denied',
    '552 5.3.4 Message size exceeds fixed limit',
    '554 5.6.0 Message contains a virus',
    '554 DT:SPM 163 smtp8',
    '550 spam message rejected. Please visit http://help.mail.ru/notspam-support',
  ],
  unreachable: [
    '550 5.4.7 Delivery time expired',
    'connect to mx.example.org[192.0.2.9]:25: Connection timed out',
    'mail for example.org loops back to myself',
    '554 5.4.6 Too many hops',
  ],
  temporary: [
    '451 4.7.1 Greylisting in action, please come back later',
    '450 4.1.1 <ada@example.org>: Recipient address rejected: User unknown',
    '450 4.2.0 <ada@example.org>: Recipient address rejected: Greylisted',
    '450 4.1.2 <ada@example.org>: Recipient address rejected: Domain not found',
    '451 Something odd',
  ],
  unknown: [
    '550 5.0.0 ada@example.org',
    '550 not for ada@example.org',
    '550',
    '554 5.1.1 declined',
    '550 5.1.0 Address error',
    '554 Transaction failed',
  ],
};

describe('the answer of a mail server', () => {
  const cases = Object.entries(ANSWERS).flatMap(([cause, texts]) =>
    texts.map((text) => ({ cause, text })),
  );

  it.each(cases)('$text is $cause', ({ cause, text }) => {
    const code = /^(\d{3})\b/.exec(text)?.[1];
    expect(refusalCause({ code: code ? Number(code) : undefined, text })).toBe(cause);
  });

  it('is read from the address of nobody', () => {
    const text = '550 5.2.2 <user-unknown@spam.example>: mailbox is full';
    expect(refusalCause({ text })).toBe('mailbox-full');
    expect(refusalCause({ text: '550 <nosuchuser@example.org>' })).toBe('unknown');
  });

  it.each([
    "550 5.1.1 L'adresse de l'expéditeur n'existe pas",
    "550 Le domaine de l'expéditeur est introuvable",
    '550 El dominio del remitente no existe',
    '550 Endereço do remetente não encontrado',
    '550 Adresse des Senders unbekannt',
    '550 Adres afzender bestaat niet',
    '550 Adres nadawcy nie istnieje',
    '550 發件人地址不存在',
    '550 发信人域名不存在',
    '550 発信者アドレスが存在しません',
    '550 보낸 사람 주소가 존재하지 않습니다',
    '550 عنوان المرسل غير موجود',
    '550 5.1.2 Your domain causeway.example does not exist',
    '550 5.1.1 You must send from a valid address: user unknown',
    '550 No MX record found for from domain',
    '550 Reply-To address unknown',
    '550 Bounce address does not exist',
  ])('is about us where it is ours that does not exist: %s', (text) => {
    expect(refusalCause({ code: 550, text })).toBe('sender');
  });

  it('is about the reader where another sentence is about us', () => {
    const text = '550 5.1.1 El usuario no existe. El mensaje se devuelve al remitente.';
    expect(refusalCause({ code: 550, text })).toBe('no-such-user');
  });

  it('is read in time that grows with its length', () => {
    for (const text of ['sender '.repeat(300), 'a'.repeat(2_000), 'user is not '.repeat(160)]) {
      expect(refusalCause({ text: `550 ${text}` })).not.toBe('no-such-user');
    }
  });
});
