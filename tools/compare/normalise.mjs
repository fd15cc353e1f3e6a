/** What differs between two runs of the same product, each replaced by a name that does not. */

const ULID = /(?<![0-9a-z])(0[0-9a-hjkmnp-tv-z]{9})[0-9a-hjkmnp-tv-z]{16}(?![0-9a-z])/gi;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
/** Secrets of 160 and 256 bits: base64url, of which plain words have too few capitals and digits. */
const TOKEN =
  /(?<![\w+-])(?=(?:[a-z0-9_-]*[A-Z]){3})(?=[A-Z0-9_-]*[a-z])(?:[\w-]{43}|[\w-]{27})(?![\w-])/g;
const HEX = /(?<![0-9a-z])(?:[0-9a-f]{64}|[0-9a-f]{40})(?![0-9a-z])/g;
/** An asset's content hash, as Vite writes it. */
const ASSET = /(\/assets\/[\w.-]+?)-[\w-]{8}(\.\w+)/g;

/**
 * Makes a function that replaces what changes with every run. An id keeps its first ten letters,
 * which are the moment it was made at, and is numbered by its first appearance among those.
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

/** Breaks a text where a change is then a change of few lines. */
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

/** Measurements and counters of the running process, by their names only. */
export function withoutFigures(text) {
  return text.replace(/^([a-z_]+(?:\{.*?\})?) [-+.\de]+$/gm, '$1 …');
}

/** One-time passwords and their pictures, of which every page shows another. */
export function withoutSecrets(text) {
  return text
    .replace(/<path[^>]* d="M[^"]{600,}"/g, (path) => path.replace(/ d="[^"]*"/, ' d="…"'))
    .replace(/\b(?:[A-Z2-7]{4} ?){8}\b/g, '{base32}')
    .replace(/secret=[A-Z2-7]+/g, 'secret={base32}');
}
