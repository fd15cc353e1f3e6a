import { spawnSync } from 'node:child_process';
import { type Misbehaviour, misbehave, startServer } from './misbehaving-server';

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

const SHAPE = { before: '{"translatedText":"', withoutText: '{"translatedText":null}' };

/** Starts a server on a free port with LibreTranslate's `/languages`, `/detect` and `/translate`. */
export async function startTranslator(): Promise<Translator> {
  const { url, close } = await startServer((path, body, response) => {
    const data = body ? (JSON.parse(body) as Record<string, string>) : {};
    stub.asked.push({ path, data });
    const send = (answer: unknown) => void response.end(JSON.stringify(answer));
    if (path === '/languages') return send(stub.languages);
    if (path === '/detect') return send([{ language: stub.detects, confidence: 90 }]);
    if (path !== '/translate') return void response.writeHead(404).end();
    const answer = stub.answer(data.q ?? '');
    if (typeof answer !== 'string') return misbehave(response, answer.does, SHAPE);
    send({ translatedText: answer });
  });
  const stub: Translator = {
    url,
    asked: [],
    languages: [],
    detects: 'en',
    answer: () => ({ does: 'fails' }),
    close,
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
