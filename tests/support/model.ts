import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Faulty behaviour of the stand-in for a language model. */
export type Misbehaviour =
  | 'hangs'
  | 'never ends'
  | 'is no JSON'
  | 'has no text'
  | 'fails'
  | 'redirects';

export interface ModelStub {
  /** For `LLM_URL`. */
  url: string;
  /** Every text that was asked about, with its system message. */
  asked: { system: string; text: string }[];
  /** Returns the answer to a text: words, or a faulty behaviour. */
  answer: (text: string, system: string) => string | { does: Misbehaviour };
  close(): Promise<void>;
}

/** Starts a server on a free port with the part of OpenAI's API that is used here. */
export async function startModel(): Promise<ModelStub> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url !== '/v1/chat/completions') return void response.writeHead(404).end();
      const { messages } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      const system = String(messages[0].content);
      const { text } = JSON.parse(messages[1].content);
      stub.asked.push({ system, text });
      const answer = stub.answer(text, system);
      if (typeof answer === 'string') {
        return void response.end(JSON.stringify({ choices: [{ message: { content: answer } }] }));
      }
      if (answer.does === 'fails') return void response.writeHead(500).end('{}');
      if (answer.does === 'redirects')
        return void response.writeHead(302, { Location: '/x' }).end();
      if (answer.does === 'is no JSON') return void response.end('<html>Sure!</html>');
      if (answer.does === 'has no text') return void response.end('{"choices":[]}');
      response.writeHead(200);
      response.write('{"choices":[{"message":{"content":"');
      if (answer.does === 'hangs') return;
      const pour = () => {
        while (!response.destroyed && response.write('on and on '.repeat(1000)));
        if (!response.destroyed) response.once('drain', pour);
      };
      pour();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const stub: ModelStub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked: [],
    answer: () => ({ does: 'fails' }),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return stub;
}
