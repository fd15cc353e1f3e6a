import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { type AtomFeed, atomResponse, atomXml } from './atom';

const ORIGIN = 'https://causeway.example';
const WRITTEN = Date.parse('2026-11-02T09:00:00.500Z');

const feed: AtomFeed = {
  title: 'Latest <words> & "marks"',
  self: '/feed.xml',
  page: '/threads?a=1&b=2',
  language: 'en',
  since: 0,
  entries: [
    {
      path: '/p/1',
      title: 'A\u0000B\u000b',
      author: 'Adaeze & sons',
      published: WRITTEN - 1000,
      updated: WRITTEN,
      language: 'ar',
      html: '<p dir="auto">1 &lt; 2 ]]></p>',
      summary: '1 < 2',
      categories: ['policy'],
    },
  ],
};

function ask(headers: Record<string, string>, of = feed): Response {
  return atomResponse(new Request(`${ORIGIN}/feed.xml`, { headers }), ORIGIN, of);
}

describe('a feed as a document', () => {
  it('keeps every text unchanged', () => {
    const $ = load(atomXml(ORIGIN, feed), { xml: true });
    expect($('feed > title').text()).toBe('Latest <words> & "marks"');
    expect($('feed > link[rel=alternate]').attr('href')).toBe(`${ORIGIN}/threads?a=1&b=2`);
    expect($('entry > author > name').text()).toBe('Adaeze & sons');
    expect($('entry > content').text()).toBe('<p dir="auto">1 &lt; 2 ]]></p>');
    expect($('entry > summary').text()).toBe('1 < 2');
    expect($('entry > category').attr('term')).toBe('policy');
    expect($('entry').attr('xml:lang')).toBe('ar');
  });

  it('leaves out characters that XML does not allow', () => {
    const $ = load(atomXml(ORIGIN, feed), { xml: true });
    expect($('entry > title').text()).toBe('AB');
  });

  it('has the date of its newest entry, or of its page', () => {
    expect(atomXml(ORIGIN, feed)).toContain('<updated>2026-11-02T09:00:00.500Z</updated>');
    expect(atomXml(ORIGIN, { ...feed, since: 1000, entries: [] })).toContain(
      '<updated>1970-01-01T00:00:01.000Z</updated>',
    );
  });
});

describe('asking for a feed again', () => {
  it('responds with 304 to a matching ETag', async () => {
    const first = ask({});
    expect(first.status).toBe(200);
    expect(first.headers.get('Content-Type')).toBe('application/atom+xml; charset=utf-8');
    const tag = first.headers.get('ETag') ?? '';
    const again = ask({ 'If-None-Match': `"other", ${tag}` });
    expect(again.status).toBe(304);
    expect(again.headers.get('ETag')).toBe(tag);
    expect(await again.text()).toBe('');
    // Some caches turn a weak ETag into a strong one.
    expect(ask({ 'If-None-Match': tag.replace('W/', '') }).status).toBe(304);
  });

  it('sends the whole feed after any change, whatever the date', () => {
    const tag = ask({}).headers.get('ETag') ?? '';
    const hidden = { ...feed, entries: [] };
    const headers = { 'If-None-Match': tag, 'If-Modified-Since': new Date(WRITTEN).toUTCString() };
    expect(ask(headers, hidden).status).toBe(200);
  });

  it('responds with 304 by date without an ETag', () => {
    const date = ask({}).headers.get('Last-Modified') ?? '';
    expect(date).toBe('Mon, 02 Nov 2026 09:00:00 GMT');
    expect(ask({ 'If-Modified-Since': date }).status).toBe(304);
    expect(ask({ 'If-Modified-Since': 'Mon, 02 Nov 2026 08:59:59 GMT' }).status).toBe(200);
    expect(ask({ 'If-Modified-Since': 'yesterday' }).status).toBe(200);
  });
});
