/** The flat keys between the `---` (YAML) or `+++` (TOML) lines at the beginning of a post. */
export interface FrontMatter {
  /** Keys in lower case; quotation marks around values are removed. */
  values: ReadonlyMap<string, string>;
  /** The post without its front matter. */
  body: string;
}

const FENCED = /^\s*(---|\+\+\+)[ \t]*\n([\s\S]{0,20000}?)\n\1[ \t]*(?:\n|$)/;
const KEY = /^([A-Za-z][\w-]*)[ \t]*[:=][ \t]*(.*)$/;
const ITEM = /^[ \t]*-[ \t]+(.+)$/;

/** Without one of these, lines between two rules are part of the post. */
const USUAL_KEYS = ['title', 'author', 'authors', 'date', 'lang', 'language', 'description'];

/**
 * Reads front matter as Hugo, Jekyll and others write it. Only flat keys are read; of a list, its
 * items joined with commas. Nested keys are ignored.
 */
export function readFrontMatter(source: string): FrontMatter {
  const matter = FENCED.exec(source);
  const values = new Map<string, string>();
  let open: string | null = null;
  for (const line of (matter?.[2] ?? '').split('\n')) {
    const item = open && ITEM.exec(line);
    if (open && item) {
      values.set(open, [values.get(open), unquoted(item[1] ?? '')].filter(Boolean).join(', '));
      continue;
    }
    const [, key, value = ''] = KEY.exec(line) ?? [];
    open = key?.toLowerCase() ?? null;
    if (!open) continue;
    const list = /^\[(.*)\]$/.exec(value.trim());
    values.set(open, list ? (list[1] ?? '').split(',').map(unquoted).join(', ') : unquoted(value));
  }
  const isMatter = matter !== null && USUAL_KEYS.some((key) => values.get(key));
  if (!isMatter) return { values: new Map(), body: source };
  return { values, body: source.slice(matter[0].length) };
}

function unquoted(value: string): string {
  return value.trim().replace(/^(["'])(.*)\1$/, '$2');
}
