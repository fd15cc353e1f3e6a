import type { Config } from '~/platform/config';

/** Returns the plain email address in a sender such as `Causeway <causeway@example.org>`. */
function addressIn(sender: string): string {
  return /<([^<>]+)>\s*$/.exec(sender)?.[1] ?? sender.trim();
}

/** Returns the sender of email: the site by its name. */
export function senderOf({ siteName, mailFrom }: Pick<Config, 'siteName' | 'mailFrom'>) {
  return { name: siteName, address: addressIn(mailFrom) };
}

/** Returns the same as people read it: `Causeway <causeway@example.org>`. */
export function shownSender(config: Pick<Config, 'siteName' | 'mailFrom'>): string {
  const { name, address } = senderOf(config);
  return `${name} <${address}>`;
}

/** Returns where readers write to: what administrators chose, or else the sender of email. */
export function contactAddress({
  contactEmail,
  mailFrom,
}: Pick<Config, 'contactEmail' | 'mailFrom'>): string {
  return contactEmail ?? addressIn(mailFrom);
}
