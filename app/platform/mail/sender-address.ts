/** Returns the plain email address in a sender such as `Causeway <causeway@example.org>`. */
export function contactAddress(mailFrom: string): string {
  return /<([^<>]+)>\s*$/.exec(mailFrom)?.[1] ?? mailFrom.trim();
}
