import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Faulty behaviour of a stand-in for a service on another machine. */
export type Misbehaviour =
  | 'hangs'
  | 'never ends'
  | 'is no JSON'
  | 'has no text'
  | 'fails'
  | 'redirects';

/** The service's JSON around a text. */
interface Shape {
  /** All that stands before the text. */
  before: string;
  /** A whole answer that has none. */
  withoutText: string;
}

/** Answers a request in a faulty way. */
export function misbehave(response: ServerResponse, does: Misbehaviour, shape: Shape): void {
  if (does === 'fails') return void response.writeHead(500).end('{"error":"no"}');
  if (does === 'redirects') return void response.writeHead(302, { Location: '/x' }).end();
  if (does === 'is no JSON') return void response.end('<html>Sure!</html>');
  if (does === 'has no text') return void response.end(shape.withoutText);
  response.writeHead(200);
  response.write(shape.before);
  if (does === 'hangs') return;
  const pour = () => {
    while (!response.destroyed && response.write('on and on '.repeat(1000)));
    if (!response.destroyed) response.once('drain', pour);
  };
  pour();
}

/** Starts a server on a free port of this machine; `answer` gets the path and the whole body. */
export async function startServer(
  answer: (path: string, body: string, response: ServerResponse) => void,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      answer(request.url ?? '', Buffer.concat(chunks).toString('utf8'), response);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
