/**
 * Watches what a test file's servers and commands write to their logs, for the secrets, addresses and
 * words of people that the same file used. `no-secrets-in-logs.ts` fails the file on a hit.
 */

/** Shorter values are words that a log may hold for other reasons. */
const SHORTEST = 8;

/** Fields of forms whose values no log may hold. */
const SECRET_FIELD =
  /^(email|.*password|token|body|title|note|privateNote|reason|name|bio|text|explanation|subject|q)$/i;
const SECRET_SETTING = /(KEY|TOKEN|PASSWORD|SECRET)$/;

/** A word that could open something: longer than a ULID, or not written like one. */
const LINK_SECRET = /(?<=[/=])(?![0-9a-hjkmnp-tv-z]{26}(?![\w.-]))[\w-]{20,}(\.[\w.-]+)?/g;

const secrets = new Map<string, string>();
let output = '';

/** Remembers a value that must not be logged; `kind` says what it is in a failure. */
export function noteSecret(kind: string, value: string | null | undefined): void {
  if (value && value.length >= SHORTEST) secrets.set(value, kind);
}

export function noteForm(fields: Iterable<[string, string]>): void {
  for (const [name, value] of fields) {
    // Codes of pillars and regions have the same name, and stand in paths.
    if (SECRET_FIELD.test(name) || (name === 'code' && /\d/.test(value))) noteSecret(name, value);
  }
}

export function noteSettings(env: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(env)) {
    if (SECRET_SETTING.test(name)) noteSecret(name, value);
    if (value && URL.canParse(value)) noteSecret(name, new URL(value).password);
  }
}

/** The address of an email and the secrets in its links. */
export function noteMail(to: string, text: string): void {
  noteSecret('email', to);
  for (const url of text.match(/https?:\/\/[^\s>)]+/g) ?? []) {
    for (const [secret] of url.matchAll(LINK_SECRET)) noteSecret('link in an email', secret);
  }
}

/** Takes what a server or command wrote. */
export function noteOutput(text: string): void {
  output += text;
}

/** Returns what was found since the last call, and starts anew. */
export function takeLeaks(): { kind: string; value: string; where: string }[] {
  const found = [...secrets].flatMap(([value, kind]) => {
    const at = [value, JSON.stringify(value).slice(1, -1)]
      .map((form) => output.indexOf(form))
      .find((index) => index >= 0);
    return at === undefined
      ? []
      : [{ kind, value, where: output.slice(Math.max(0, at - 200), at + 100) }];
  });
  secrets.clear();
  output = '';
  return found;
}
