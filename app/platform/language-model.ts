import type { Config } from './config';
import { fetchText } from './http-client';

/** The reason why there is no answer, for the log. */
export class ModelError extends Error {}

/** How a model is reached. */
export type ModelServer = NonNullable<Config['llm']>;

/** Maximum size of an answer, in bytes, and in tokens. */
const MOST_BYTES = 64 * 1024;
const MOST_TOKENS = 500;

/**
 * Asks an OpenAI-compatible server (`LLM_URL`, such as `http://127.0.0.1:11434/v1`), using
 * `/chat/completions`. `data` is sent as JSON: what people wrote is data, never instructions. The
 * answer is untrusted: validate it, and have a person review it before it counts. Never call it in a
 * transaction: it takes up to `timeout` ms.
 *
 * @throws ModelError if there is no answer in time, or it is not a text
 */
export async function askLanguageModel(
  { url, model, key, timeout }: ModelServer,
  system: string,
  data: { text: string } & Record<string, unknown>,
  mostTokens = MOST_TOKENS,
): Promise<string> {
  try {
    const answer = await fetchText(
      `${url}/chat/completions`,
      {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          ...(key && { Authorization: `Bearer ${key}` }),
        },
        body: JSON.stringify({
          model,
          temperature: 0,
          max_tokens: mostTokens,
          messages: [
            { role: 'system', content: system },
            { role: 'user', content: JSON.stringify(data) },
          ],
        }),
      },
      { timeoutMs: timeout, maxBytes: MOST_BYTES },
    );
    if (!answer.ok) throw new ModelError(`the model's server answered ${answer.status}`);
    return contentOf(answer.text);
  } catch (error) {
    if (error instanceof ModelError) throw error;
    throw new ModelError('the model gave no answer', { cause: error });
  }
}

function contentOf(body: string): string {
  const data = JSON.parse(body) as { choices?: { message?: { content?: unknown } }[] } | null;
  const content = data?.choices?.[0]?.message?.content;
  if (typeof content !== 'string') throw new ModelError('the model answered with no text');
  // Direction marks occur in numbers of right-to-left languages and carry no meaning.
  return content.replace(/[\u200e\u200f\u061c]/g, '').trim();
}
