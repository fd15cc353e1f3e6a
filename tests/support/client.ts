import { type CheerioAPI, load } from 'cheerio';
import { noteForm, noteSecret } from './log-watch';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The page, for CSS selectors. */
  $: CheerioAPI;
  /** The path of the redirect, if any. */
  location: string | null;
}

/** A visitor without JavaScript: cookies, links and forms. */
export class Client {
  readonly cookies = new Map<string, string>();

  constructor(readonly url: string) {}

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#send(path, { headers });
  }

  /** Submits fields as a browser on our own pages would; a list repeats the field. */
  post(
    path: string,
    fields: Record<string, string | string[]> = {},
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) {
      for (const one of [value].flat()) body.append(name, one);
    }
    noteForm(body);
    return this.#send(path, { method: 'POST', body, headers: { Origin: this.url, ...headers } });
  }

  /** Its cookies, for a browser that is to be the same visitor. */
  cookiesForBrowser(): { name: string; value: string; url: string }[] {
    return [...this.cookies].map(([name, value]) => ({ name, value, url: this.url }));
  }

  async #send(path: string, init: RequestInit): Promise<Answer> {
    const headers = new Headers(init.headers);
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    if (cookie) headers.set('Cookie', cookie);
    const response = await fetch(new URL(path, this.url), { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    const text = await response.text();
    const location = response.headers.get('Location');
    let page: CheerioAPI | undefined;
    return {
      status: response.status,
      headers: response.headers,
      text,
      // Parsed on first use, because most responses are not parsed at all.
      get $() {
        page ??= load(text);
        return page;
      },
      location: location?.replace(this.url, '') ?? null,
    };
  }

  #keep(line: string): void {
    const [pair = ''] = line.split(';');
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    if (/;\s*Max-Age=0/i.test(line)) this.cookies.delete(name);
    else {
      this.cookies.set(name, pair.slice(at + 1));
      noteSecret(`cookie ${name}`, pair.slice(at + 1));
    }
  }
}
