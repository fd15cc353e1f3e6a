import { domainToASCII } from 'node:url';

/**
 * The characters that HTML allows before the @, without dots at either end or two dots in a row.
 */
const LOCAL = /^(?!\.)(?!.*\.\.)(?!.*\.$)[\w.!#$%&'*+/=?^`{|}~-]{1,64}$/;

/** Labels of letters, digits and inner hyphens, at least two of them. */
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;

/** RFC 5321, 4.5.3.1.3, without the angle brackets. */
const LONGEST = 254;

/** Returns the address as stored: trimmed, its domain in lower-case ASCII; null if not valid. */
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
 * Returns the form of an email address that must be unique. No provider distinguishes upper and
 * lower case before the @; other provider rules (dots, text after a +) are not applied: see `mailboxKey`.
 */
export function emailKey(email: string): string {
  return (readEmail(email) ?? email.trim()).toLowerCase();
}

interface Provider {
  /** Domains that lead to one mailbox. */
  domains: readonly [string, ...string[]];
  /** Makes spellings alike that lead to one mailbox. */
  fold?: (local: string) => string;
}

const PROVIDERS: readonly Provider[] = [
  { domains: ['gmail.com', 'googlemail.com'], fold: (local) => local.replaceAll('.', '') },
  {
    domains: ['proton.me', 'protonmail.com', 'protonmail.ch', 'pm.me'],
    fold: (local) => local.replace(/[._-]/g, ''),
  },
  {
    domains: ['yandex.ru', 'yandex.com', 'ya.ru', 'yandex.by', 'yandex.kz', 'yandex.ua'],
    fold: (local) => local.replaceAll('-', '.'),
  },
  { domains: ['icloud.com', 'me.com', 'mac.com'] },
];

/**
 * Returns the mailbox that an address most likely belongs to, for counting emails and people: text after
 * a + is removed, and what else the provider ignores. Where a provider delivers such addresses to several
 * people, it is wrong. So never let anyone into an account by it, and never send an email to it.
 */
export function mailboxKey(email: string): string {
  const key = emailKey(email);
  const at = key.lastIndexOf('@');
  const domain = key.slice(at + 1);
  const [local = ''] = key.slice(0, at).split('+');
  const provider = PROVIDERS.find(({ domains }) => domains.includes(domain));
  if (!provider) return `${local}@${domain}`;
  const { domains, fold = (same: string) => same } = provider;
  return `${fold(local)}@${domains[0]}`;
}

/** Returns the columns of an account for its email address. */
export function addressColumns(email: string) {
  return { email, emailKey: emailKey(email), mailboxKey: mailboxKey(email) };
}
