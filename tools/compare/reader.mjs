/** A client like a browser without scripts: cookies, links and forms. */
import { createHash } from 'node:crypto';
import { load } from 'cheerio';
import { ORIGIN } from './product.mjs';

const DROPPED = new Set([
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'transfer-encoding',
]);
const PRESENCE = new Set(['etag', 'x-request-id', 'age']);
const SAMPLE = 'A sample text for the comparison: the clinic has one phone and no signal.';

let requests = 0;

export function createReader(url, { password = '' } = {}) {
  const cookies = new Map();

  async function send(path, init = {}, language = 'en') {
    requests += 1;
    const headers = new Headers(init.headers);
    const sent = [...cookies].map(([name, value]) => `${name}=${value}`);
    // An account has its own language; the cookie of the footer's form comes first.
    if (sent.length > 0) sent.push(`causeway_language=${language}`);
    if (sent.length > 0) headers.set('Cookie', sent.join('; '));
    headers.set('Accept-Language', language);
    headers.set('X-Forwarded-For', `198.18.${(requests >> 8) & 255}.${requests & 255}`);
    const response = await fetch(new URL(path, url), { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) keep(line);
    const type = response.headers.get('content-type') ?? '';
    const bytes = Buffer.from(await response.arrayBuffer());
    const body =
      /image|zip|octet|font/.test(type) && !/svg/.test(type) ? digest(bytes) : String(bytes);
    return {
      status: response.status,
      type,
      body,
      location: response.headers.get('location')?.replace(ORIGIN, '') ?? null,
      head: [`${response.status}`, ...headerLines(response.headers)].join('\n'),
    };
  }

  function keep(line) {
    const [pair] = line.split(';');
    const at = pair.indexOf('=');
    if (/;\s*Max-Age=0/i.test(line)) cookies.delete(pair.slice(0, at));
    else cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }

  return {
    cookies,
    get: (path, language) => send(path, {}, language),
    send,
    /** Submits a form from `readForms`, with this site as origin. */
    submit({ action, fields }) {
      const headers = { Origin: ORIGIN };
      return send(action, { method: 'POST', headers, body: new URLSearchParams(fields) });
    },
    /** Opens a page and follows redirects; returns the response and its URL. */
    async open(path) {
      let page = await this.get(path);
      for (let hops = 0; hops < 3 && page.location; hops += 1) {
        path = page.location;
        page = await this.get(path);
      }
      return { ...page, path };
    },
    /** Fills in the form on a page that has this target and these fields, and submits it. */
    async fill(path, target, values = {}) {
      const page = await this.open(path);
      const [first] = Object.keys(values);
      const form = readForms(page.body, page.path, password).find(
        (one) =>
          new URL(one.action, ORIGIN).pathname === target &&
          (first === undefined || one.names.includes(first)),
      );
      if (!form) throw new Error(`${page.path} (${page.status}) has no form for ${target}`);
      const fields = form.fields.filter(([name]) => !(name in values));
      for (const [name, value] of Object.entries(values)) {
        for (const one of [value].flat()) fields.push([name, one]);
      }
      return this.submit({ action: form.action, fields });
    },
  };
}

/**
 * Returns the POST forms of a page, once for each way to submit it: each named button, and each
 * option called `action`. `fields` has sample values; `blank` is what an empty form sends, null if
 * no field can be left out.
 */
export function readForms(html, path, password = '') {
  const $ = load(html);
  const forms = [];
  for (const form of $('form[method=post]')) {
    const action = $(form).attr('action') ?? path;
    const found = readFields($, form, password);
    const buttons = $(form).find('button[name], input[type=submit][name]').toArray();
    const ways = buttons.map((button) => [$(button).attr('name'), $(button).attr('value') ?? '']);
    if ($(form).find('button:not([name])').length > 0 || ways.length === 0) ways.unshift(null);
    const choices = $(form).find('input[type=radio][name=action]').toArray();
    for (const way of ways) {
      const pressed = way ? [way] : [];
      const acts = choices.length > 0 ? choices.map((choice) => $(choice).attr('value')) : [null];
      for (const act of acts) {
        const fields = act
          ? [...found.fields.filter(([name]) => name !== 'action'), ['action', act]]
          : found.fields;
        forms.push({
          action,
          names: $(form)
            .find('[name]')
            .map((_, one) => $(one).attr('name'))
            .get(),
          way: [...(way ?? []), act].filter(Boolean).join('='),
          fields: [...fields, ...pressed],
          blank: found.blank && [...found.blank, ...pressed],
        });
      }
    }
  }
  return forms;
}

function readFields($, form, password) {
  const fields = [];
  const blank = [];
  let typed = 0;
  const chosen = new Set(
    $(form)
      .find('input[type=radio][checked]')
      .map((_, radio) => $(radio).attr('name'))
      .get(),
  );
  for (const field of $(form).find('input[name], textarea[name], select[name]')) {
    const name = $(field).attr('name');
    const type = field.tagName === 'input' ? ($(field).attr('type') ?? 'text') : field.tagName;
    const required = $(field).attr('required') !== undefined;
    const value = String($(field).attr('value') ?? '');
    if (type === 'hidden') {
      // A form filled in within two seconds would be refused.
      const pair = [name, name === 'started' ? String(Number(value) - 5000) : value];
      fields.push(pair);
      blank.push(pair);
    } else if (type === 'radio' || type === 'checkbox') {
      const checked = $(field).attr('checked') !== undefined;
      if (checked || (required && !chosen.has(name))) {
        fields.push([name, $(field).attr('value') ?? 'on']);
        chosen.add(name);
      }
    } else if (type === 'select') {
      const options = $(field).find('option');
      const selected = options.filter('[selected]').attr('value') ?? options.first().attr('value');
      const first = options.filter('[value!=""]').first().attr('value');
      fields.push([name, selected || (required ? first : '') || '']);
      blank.push([name, '']);
    } else if (type !== 'submit' && type !== 'file') {
      typed += 1;
      fields.push([
        name,
        sample(type, name, required, type === 'textarea' ? $(field).text() : value, password),
      ]);
      blank.push([name, '']);
    }
  }
  return { fields, blank: typed > 0 ? blank : null };
}

function sample(type, name, required, value, password) {
  if (value !== '') return value;
  if (name === 'homepage') return '';
  if (type === 'password') return password;
  if (type === 'email') return 'somebody@example.org';
  if (type === 'textarea') return SAMPLE;
  return required ? 'sample' : '';
}

function digest(bytes) {
  return `${bytes.length} bytes, sha256 ${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}`;
}

function headerLines(headers) {
  const lines = [];
  for (const [name, value] of headers) {
    if (DROPPED.has(name)) continue;
    if (PRESENCE.has(name)) lines.push(`${name}: …`);
    else if (name === 'set-cookie') lines.push(`${name}: ${value.replace(/=[^;]+/, '=…')}`);
    else lines.push(`${name}: ${value}`);
  }
  return lines;
}

/** Returns all URLs on a page as paths of the site, without fragments. */
export function linksIn(html, path) {
  const $ = load(html);
  const named = $('[href], img[src], script[src], loc')
    .map((_, one) => $(one).attr('href') ?? $(one).attr('src') ?? $(one).text())
    .get();
  const paths = named
    .map((address) => URL.canParse(address, ORIGIN + path) && new URL(address, ORIGIN + path))
    .filter((url) => url && url.origin === ORIGIN)
    .map((url) => url.pathname + url.search);
  return [...new Set(paths)];
}
