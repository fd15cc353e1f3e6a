import { type Misbehaviour, misbehave, startServer } from './misbehaving-server';

export interface ModelStub {
  /** For `LLM_URL`. */
  url: string;
  /** Every text that was asked about, with its system message. */
  asked: { system: string; text: string }[];
  /** Returns the answer to a text: words, or a faulty behaviour. */
  answer: (text: string, system: string) => string | { does: Misbehaviour };
  close(): Promise<void>;
}

const SHAPE = { before: '{"choices":[{"message":{"content":"', withoutText: '{"choices":[]}' };

/** Starts a server on a free port with the part of OpenAI's API that is used here. */
export async function startModel(): Promise<ModelStub> {
  const { url, close } = await startServer((path, body, response) => {
    if (path !== '/v1/chat/completions') return void response.writeHead(404).end();
    const { messages } = JSON.parse(body);
    const system = String(messages[0].content);
    const { text } = JSON.parse(messages[1].content);
    stub.asked.push({ system, text });
    const answer = stub.answer(text, system);
    if (typeof answer !== 'string') return misbehave(response, answer.does, SHAPE);
    response.end(JSON.stringify({ choices: [{ message: { content: answer } }] }));
  });
  const stub: ModelStub = {
    url: `${url}/v1`,
    asked: [],
    answer: () => ({ does: 'fails' }),
    close,
  };
  return stub;
}
