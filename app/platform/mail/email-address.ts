import { domainToASCII } from 'node:url';

/** What HTML takes as the part before the @, without dots at its ends or side by side. */
const LOCAL = /^(?!\.)(?!.*\.\.)(?!.*\.$)[\w.!#$%&'*+/=?^`{|}~-]{1,64}$/;

/** Labels of letters, digits and inner hyphens, at least two of them. */
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;

/** RFC 5321, 4.5.3.1.3, without the angle brackets. */
const LONGEST = 254;

/**
 * An email address in the form in which it is stored and written to: trimmed, its domain in
 * lower-case ASCII (IDNA). Null when it is none that mail can be sent to.
 */
export function readEmail(text: string): string | null {
  const address = text.trim();
  const at = address.lastIndexOf('@');
  if (at < 1) return null;
  const local = address.slice(0, at);
  const domain = domainToASCII(address.slice(at + 1));
  if (!LOCAL.test(local) || !DOMAIN.test(domain)) return null;
  const email = `${local}@${domain}`;
  return email.length <= LONGEST ? email : null;
}

/**
 * The form in which addresses are unique. No provider tells capitals apart before the @; what
 * some ignore besides (dots, what follows a +) is not ours to know.
 */
export function emailKey(email: string): string {
  return (readEmail(email) ?? email.trim()).toLowerCase();
}

/** Providers to which the dots before the @ mean nothing, all under one name. */
const DOTLESS: Record<string, string> = { 'gmail.com': 'gmail.com', 'googlemail.com': 'gmail.com' };

/**
 * The mailbox that an address most likely leads to, for counting mails alone: what follows a + is
 * left out, and dots where the provider ignores them. Addresses are never told apart by it.
 */
export function mailboxKey(email: string): string {
  const key = emailKey(email);
  const at = key.lastIndexOf('@');
  const domain = key.slice(at + 1);
  const [local = ''] = key.slice(0, at).split('+');
  const provider = DOTLESS[domain];
  return provider ? `${local.replaceAll('.', '')}@${provider}` : `${local}@${domain}`;
}
