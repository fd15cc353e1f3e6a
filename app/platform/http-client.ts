/** What a server that is not ours has answered. */
export interface Answered {
  ok: boolean;
  status: number;
  text: string;
}

/** How long it may take for all of its answer, and how many bytes of it are read. */
export interface Patience {
  milliseconds: number;
  bytes: number;
}

/**
 * Asks a server that is not ours, which may be slow, never end or lead elsewhere: redirects are not
 * followed.
 *
 * @throws Error when there is no whole answer in time, or a longer one
 */
export async function askServer(
  url: string,
  request: RequestInit,
  { milliseconds, bytes }: Patience,
): Promise<Answered> {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  // `AbortSignal.timeout` may be collected before its time comes, and then never does it.
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error('no answer in time'));
      stop.abort();
    }, milliseconds);
  });
  const answer = fetch(url, { ...request, redirect: 'error', signal: stop.signal }).then(
    async (response) => ({
      ok: response.ok,
      status: response.status,
      text: await wholeText(response, bytes),
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
