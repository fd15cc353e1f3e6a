import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Faulty behaviour of the stand-in for LibreTranslate. */
type Misbehaviour = 'hangs' | 'never ends' | 'is no JSON' | 'has no text' | 'fails' | 'redirects';

export interface Translator {
  /** For `TRANSLATE_URL`. */
  url: string;
  /** Every request with its data. */
  asked: { path: string; data: Record<string, string> }[];
  /** The languages that it knows. */
  languages: { code: string; targets?: string[] }[];
  /** The language that it takes any text for. */
  detects: string;
  /** Returns the translation of a text, or a faulty behaviour. */
  answer: (text: string) => string | { does: Misbehaviour };
  close(): Promise<void>;
}

/** Starts a server on a free port with LibreTranslate's `/languages`, `/detect` and `/translate`. */
export async function startTranslator(): Promise<Translator> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const sent = Buffer.concat(chunks).toString('utf8');
      const data = sent ? (JSON.parse(sent) as Record<string, string>) : {};
      const path = request.url ?? '';
      stub.asked.push({ path, data });
      if (path === '/languages') return void response.end(JSON.stringify(stub.languages));
      if (path === '/detect') {
        return void response.end(JSON.stringify([{ language: stub.detects, confidence: 90 }]));
      }
      if (path !== '/translate') return void response.writeHead(404).end();
      const answer = stub.answer(data.q ?? '');
      if (typeof answer === 'string') {
        return void response.end(JSON.stringify({ translatedText: answer }));
      }
      if (answer.does === 'fails') return void response.writeHead(500).end('{"error":"no"}');
      if (answer.does === 'redirects') {
        return void response.writeHead(302, { Location: '/x' }).end();
      }
      if (answer.does === 'is no JSON') return void response.end('<html>');
      if (answer.does === 'has no text') return void response.end('{"translatedText":null}');
      response.writeHead(200);
      response.write('{"translatedText":"');
      if (answer.does === 'hangs') return;
      const pour = () => {
        while (!response.destroyed && response.write('on and on '.repeat(1000)));
        if (!response.destroyed) response.once('drain', pour);
      };
      pour();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const stub: Translator = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    languages: [],
    detects: 'en',
    answer: () => ({ does: 'fails' }),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return stub;
}

/** True if Debian's Apertium with Spanish and Portuguese is on this machine. */
export function hasApertium(): boolean {
  return spawnSync('apertium', ['-l'], { encoding: 'utf8' }).stdout?.includes('es-pt_BR') ?? false;
}

/**
 * Makes a stand-in answer with what Apertium makes of a text, from Spanish into Portuguese. Apertium
 * runs before it is asked, so that its speed decides no test.
 */
export function translateWithApertium(stub: Translator, text: string): void {
  // Its script reads a pipe, and not the socket that Node makes for a process's input.
  const script = 'printf %s "$1" | apertium -u es-pt_BR';
  const run = spawnSync('sh', ['-c', script, 'sh', text], { encoding: 'utf8' });
  stub.languages = [
    { code: 'es', targets: ['pt'] },
    { code: 'pt', targets: [] },
  ];
  stub.answer = (asked) => (asked === text ? run.stdout : { does: 'fails' });
}
