import { load } from 'cheerio';

export interface Weight {
  /** Bytes on the wire, compressed with brotli. */
  html: number;
  css: number;
  /** The page and everything a browser fetches for it. */
  requests: number;
}

/** Measures a first visit to a page with a browser that supports brotli. */
export async function pageWeight(url: string, path: string, language = 'en'): Promise<Weight> {
  const page = await wireBytes(url + path, language);
  const $ = load(page.text);
  const sheets = $('link[rel=stylesheet]')
    .map((_, element) => $(element).attr('href'))
    .get();
  const others = $('link[rel=icon], img[src], script[src], source[src]').length;
  let css = 0;
  for (const sheet of sheets) css += (await wireBytes(url + sheet)).bytes;
  return { html: page.bytes, css, requests: 1 + sheets.length + others };
}

/** Returns the size of a URL's response on the wire (brotli), and its text. */
export async function wireBytes(
  address: string,
  language = 'en',
): Promise<{ bytes: number; text: string }> {
  const headers = { 'Accept-Encoding': 'br', 'Accept-Language': language };
  const response = await fetch(address, { headers });
  const text = await response.text();
  const bytes = Number(response.headers.get('Content-Length'));
  if (!bytes) throw new Error(`${address} says no length`);
  return { bytes, text };
}
