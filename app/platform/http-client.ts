/** What a server that is not ours has answered. */
export interface FetchedText {
  ok: boolean;
  status: number;
  text: string;
}

/** How long it may take for all of its answer, and how many bytes of it are read. */
export interface FetchLimits {
  timeoutMs: number;
  maxBytes: number;
}

/**
 * Asks a server that is not ours, which may be slow, never end or lead elsewhere: redirects are not
 * followed.
 *
 * @throws Error when there is no whole answer in time, or a longer one
 */
export async function fetchText(
  url: string,
  request: RequestInit,
  { timeoutMs, maxBytes }: FetchLimits,
): Promise<FetchedText> {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  // `AbortSignal.timeout` may be collected before its time comes, and then never does it.
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
