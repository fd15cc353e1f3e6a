/** Values that differ between two runs of the same product; each is replaced by a fixed name. */

const ULID = /(?<![0-9a-z])(0[0-9a-hjkmnp-tv-z]{9})[0-9a-hjkmnp-tv-z]{16}(?![0-9a-z])/gi;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
/**
 * Secrets of 160 and 256 bits in base64url, recognised by their capitals and digits, of which
 * ordinary words have fewer.
 */
const TOKEN =
  /(?<![\w+-])(?=(?:[a-z0-9_-]*[A-Z]){3})(?=[A-Z0-9_-]*[a-z])(?:[\w-]{43}|[\w-]{27})(?![\w-])/g;
const HEX = /(?<![0-9a-z])(?:[0-9a-f]{64}|[0-9a-f]{40})(?![0-9a-z])/g;
/** An asset's content hash, as written by Vite. */
const ASSET = /(\/assets\/[\w.-]+?)-[\w-]{8}(\.\w+)/g;

/**
 * Returns a function that replaces values that change with every run. An id keeps its first ten
 * letters, its time, and is numbered by first occurrence among ids of the same time.
 */
export function createNames() {
  const seen = new Map();
  const counts = new Map();
  const nameOf = (kind, text) => {
    const key = `${kind} ${text.toLowerCase()}`;
    if (!seen.has(key)) {
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      seen.set(key, `{${kind}~${counts.get(kind)}}`);
    }
    return seen.get(key);
  };
  return (text) =>
    text
      .replace(ASSET, '$1-{hash}$2')
      .replace(UUID, (id) => nameOf('uuid', id))
      .replace(ULID, (id, time) => nameOf(`id ${time.toLowerCase()}`, id))
      .replace(TOKEN, (token) => nameOf('token', token))
      .replace(HEX, (hash) => nameOf('hash', hash));
}

/** Adds line breaks, so that a small change affects only a few lines. */
export function unfold(type, text) {
  if (/json/.test(type)) {
    try {
      return JSON.stringify(JSON.parse(text), null, 1);
    } catch {
      return text;
    }
  }
  if (/html|xml|svg/.test(type)) return text.replace(/(?<!\n)<(?![/!])/g, '\n<');
  if (/css|javascript/.test(type)) return text.replace(/[;{}]/g, '$&\n');
  return text;
}

/** Keeps only the names of measurements and counters of the running process. */
export function withoutFigures(text) {
  return text.replace(/^([a-z_]+(?:\{.*?\})?) [-+.\de]+$/gm, '$1 …');
}

/** Removes one-time passwords and their QR codes, which differ on every page. */
export function withoutSecrets(text) {
  return text
    .replace(/<path[^>]* d="M[^"]{600,}"/g, (path) => path.replace(/ d="[^"]*"/, ' d="…"'))
    .replace(/\b(?:[A-Z2-7]{4} ?){8}\b/g, '{base32}')
    .replace(/secret=[A-Z2-7]+/g, 'secret={base32}');
}
