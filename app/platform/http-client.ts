/** The response of an external server. */
export interface FetchedText {
  ok: boolean;
  status: number;
  text: string;
}

/** Time limit for the whole response, and its maximum size in bytes. */
export interface FetchLimits {
  timeoutMs: number;
  maxBytes: number;
}

/**
 * Requests a URL from an external server, which may be slow, send without end or redirect:
 * redirects are not followed.
 *
 * @throws Error if the whole response does not arrive in time or is too large
 */
export async function fetchText(
  url: string,
  request: RequestInit,
  { timeoutMs, maxBytes }: FetchLimits,
): Promise<FetchedText> {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  // `AbortSignal.timeout` may be garbage-collected early and then never fires.
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error('no answer in time'));
      stop.abort();
    }, timeoutMs);
  });
  const answer = fetch(url, { ...request, redirect: 'error', signal: stop.signal }).then(
    async (response) => ({
      ok: response.ok,
      status: response.status,
      text: await wholeText(response, maxBytes),
    }),
  );
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function wholeText(response: Response, most: number): Promise<string> {
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  let text = '';
  let size = 0;
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > most) {
      await reader.cancel();
      throw new Error('too long an answer');
    }
    text += decoder.decode(value, { stream: true });
  }
  return text;
}
