import { get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { localesInAcceptLanguage } from '~/platform/i18n/locales';
import { createLog } from '~/server/log';
import { startTestCauseway, type TestCauseway, useCauseway } from './support/causeway';
import type { Client } from './support/client';

let causeway: TestCauseway;

beforeAll(async () => {
  causeway = await startTestCauseway();
});
afterAll(() => causeway.close());

describe('the server', () => {
  it('serves the front page without a script', async () => {
    const page = await causeway.client().get('/');
    expect(page.status).toBe(200);
    expect(page.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(page.$('h1').length).toBe(1);
    expect(page.$('script').length).toBe(0);
  });

  it('forbids scripts, frames and foreign content on every answer', async () => {
    for (const path of ['/', '/about', '/nothing-here', '/healthz', '/favicon.svg']) {
      const answer = await causeway.client().get(path);
      const policy = answer.headers.get('Content-Security-Policy') ?? '';
      expect(policy, path).toContain("default-src 'none'");
      expect(policy, path).not.toContain('script-src');
      expect(policy, path).not.toContain('unsafe');
      expect(answer.headers.get('X-Content-Type-Options'), path).toBe('nosniff');
      expect(answer.headers.get('X-Request-Id'), path).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('reports that it is up and ready', async () => {
    expect((await causeway.client().get('/healthz')).status).toBe(200);
    expect((await causeway.client().get('/readyz')).text).toBe('ready\n');
  });

  it('shows its figures on loopback, and only to the token where one is configured', async () => {
    const open = await causeway.client().get('/metrics');
    expect(open.status).toBe(200);
    expect(open.text).toMatch(/^causeway_http_answers_total\{status="2xx"\} \d+$/m);
    expect(open.text).toMatch(/^causeway_rows\{of="posts"\} 0$/m);

    const passedOn = await causeway.client().get('/metrics', { 'X-Forwarded-For': '127.0.0.1' });
    expect(passedOn.status).toBe(404);

    const guarded = await useCauseway({ METRICS_TOKEN: 'a-long-enough-token' });
    expect((await guarded.client().get('/metrics')).status).toBe(404);
    const authorization = { Authorization: 'Bearer a-long-enough-token' };
    expect((await guarded.client().get('/metrics', authorization)).status).toBe(200);
  });

  it('shows the site’s error page for missing pages', async () => {
    const page = await causeway.client().get('/nothing-here');
    expect(page.status).toBe(404);
    expect(page.$('h1').text()).toBe('Page not found');
    expect(page.$('title').text()).toBe('Page not found · Causeway');
    expect(page.$('a[href="/"]').length).toBeGreaterThan(0);
  });

  it.each([
    [403, (client: Client) => client.post('/language', {}, { Origin: 'https://evil.example' })],
    [404, (client: Client) => client.get('/nothing-here', { 'Accept-Language': 'fr' })],
    [405, (client: Client) => client.post('/about')],
  ])('heads and titles the error page of status %i alike', async (status, open) => {
    const page = await open(causeway.client());
    expect(page.status).toBe(status);
    expect(page.$('h1').text()).not.toBe('');
    expect(page.$('title').text()).toBe(`${page.$('h1').text()} · Causeway`);
  });

  it.each(['/glossary', '/glossary/', '/Glossary', '/gloss%61ry', '/glossary?a=b'])(
    'knows a page by its address written as %s',
    async (path) => {
      const page = await causeway.client().get(path);
      expect(page.status).toBe(200);
      expect(page.$('h1').text()).toBe('Glossary');
    },
  );

  it("does not serve the framework's own data URLs", async () => {
    expect((await causeway.client().get('/_root.data')).status).toBe(404);
    expect((await causeway.client().get('/threads.data')).status).toBe(404);
    expect((await causeway.client().get('/__manifest?p=/')).status).toBe(404);
    expect((await causeway.client().post('/login.data')).status).toBe(405);
  });

  it.each([
    '//',
    '//[',
    '//x:abc/',
    '//evil.example/t/1',
    '/?_data=root',
    '/?_data=',
    '/about?_data=x',
  ])('answers %s without an error of its own', async (path) => {
    const { statusCode, headers } = await new Promise<IncomingMessage>((resolve, reject) => {
      // Sent literally: `fetch` would read some of these as other hosts.
      get({ host: '127.0.0.1', port: causeway.port, path }, (answer) => {
        answer.resume();
        resolve(answer);
      }).on('error', reject);
    });
    expect(statusCode).toBe(path.startsWith('//') ? 404 : 200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
  });

  it('lists the allowed methods', async () => {
    const ask = async (method: string, path: string) => {
      const { status, headers } = await fetch(causeway.url + path, { method });
      return [status, headers.get('Allow')];
    };
    expect(await ask('OPTIONS', '/')).toEqual([204, 'GET, HEAD, POST, OPTIONS']);
    expect(await ask('DELETE', '/about')).toEqual([405, 'GET, HEAD, POST, OPTIONS']);
    expect(await ask('POST', '/about')).toEqual([405, 'GET, HEAD, OPTIONS']);
  });

  it('does not treat a disconnected client as an error', async () => {
    const lines: string[] = [];
    const log = createLog('info', { write: (line) => lines.push(line) });
    const other = await startTestCauseway({}, undefined, log);
    onTestFinished(() => other.close());
    const socket = connect(other.port, '127.0.0.1');
    socket.write('POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nemail=', () => {
      socket.destroy();
    });
    await vi.waitFor(() => expect(lines.join('')).toContain('"path":"/login"'));
    expect(lines.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
  });

  it.each(['/about', '/feed.xml', '/api/v1/threads'])(
    'does not treat a form sent to %s as an error',
    async (path) => {
      const lines: string[] = [];
      const log = createLog('info', { write: (line) => lines.push(line) });
      const other = await startTestCauseway({}, undefined, log);
      onTestFinished(() => other.close());
      expect((await fetch(other.url + path, { method: 'POST' })).status).toBe(405);
      await vi.waitFor(() => expect(lines.join('')).toContain(`"path":"${path}"`));
      expect(lines.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
    },
  );

  it('answers under its own name only', async () => {
    const ask = (Host: string, path: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const { port } = causeway;
        get({ host: '127.0.0.1', port, path, headers: { Host } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        }).on('error', reject);
      });
    for (const path of ['/', '/about', '/metrics', '/login', '/nothing-here']) {
      for (const host of [
        'evil.example',
        `evil.example:${causeway.port}`,
        '127.0.0.1.evil.example',
      ])
        expect(await ask(host, path), `${host} ${path}`).toBe(421);
    }
    // A page that is in store by now, too.
    expect(await ask('127.0.0.1', '/about')).toBe(200);
    expect(await ask('evil.example', '/about')).toBe(421);
    for (const host of ['localhost', '[::1]', 'causeway:3000', '10.1.2.3']) {
      expect(await ask(host, '/metrics'), host).toBe(200);
    }
    const named = await useCauseway({ ORIGIN: 'https://forum.example.org' });
    const { status } = await named.client().get('/');
    expect(status).toBe(200);
  });

  it('accepts forms from its own pages only', async () => {
    const client = causeway.client();
    const foreign = await client.post('/language', {}, { Origin: 'https://evil.example' });
    expect(foreign.status).toBe(403);
    expect(foreign.$('h1').text()).toContain('We could not accept this form');
    const crossSite = await client.post('/language', {}, { 'Sec-Fetch-Site': 'cross-site' });
    expect(crossSite.status).toBe(403);
    expect((await client.post('/language', {}, { Origin: 'null' })).status).toBe(403);
    expect((await client.post('/language', { language: 'fr' })).status).toBe(303);
  });

  it('refuses a body that is larger than any form', async () => {
    const answer = await causeway.client().post('/language', { language: 'x'.repeat(300_000) });
    expect(answer.status).toBe(413);
  });

  it('prefers brotli to gzip, and sends Vary', async () => {
    const br = await fetch(causeway.url, { headers: { 'Accept-Encoding': 'gzip, br' } });
    expect(br.headers.get('Content-Encoding')).toBe('br');
    expect(br.headers.get('Vary')).toContain('Accept-Encoding');
    const gz = await fetch(causeway.url, { headers: { 'Accept-Encoding': 'gzip;q=1, br;q=0' } });
    expect(gz.headers.get('Content-Encoding')).toBe('gzip');
    const plain = await fetch(causeway.url, { headers: { 'Accept-Encoding': 'identity' } });
    expect(plain.headers.get('Content-Encoding')).toBeNull();
    expect(await br.text()).toBe(await plain.text());
  });
});

describe('the language of a page', () => {
  it('follows the browser, by weight', async () => {
    const page = await causeway
      .client()
      .get('/', { 'Accept-Language': 'de, ar-EG;q=0.8, en;q=0.5' });
    expect(page.$('html').attr('lang')).toBe('ar');
    expect(page.$('html').attr('dir')).toBe('rtl');
  });

  it('knows regional variants and former codes of a language', () => {
    const known = (header: string) => localesInAcceptLanguage(header);
    expect(known('fr-CA, fr;q=0.9, en-GB;q=0.8, en;q=0.7')).toEqual(['fr', 'en']);
    expect(known('arb, arz;q=0.9, *;q=0.1')).toEqual(['ar']);
    expect(known('de, x, -, en;q=0')).toEqual([]);
  });

  it('follows the chosen language before the browser', async () => {
    const client = causeway.client();
    const chosen = await client.post('/language', { language: 'fr', redirectTo: '/about?x=1' });
    expect(chosen.status).toBe(303);
    expect(chosen.location).toBe('/about?x=1');
    const page = await client.get('/', { 'Accept-Language': 'ar' });
    expect(page.$('html').attr('lang')).toBe('fr');
  });

  it('is never redirected to another site by the form', async () => {
    for (const target of ['https://evil.example/', '//evil.example/', '/\\evil.example', 'x']) {
      const answer = await causeway
        .client()
        .post('/language', { language: 'en', redirectTo: target });
      expect(answer.location, target).toBe('/');
    }
  });
});
