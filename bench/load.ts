import { Agent, request } from 'node:http';
import autocannon from 'autocannon';

export interface Reading {
  /** Responses per second. */
  rate: number;
  /** Latency in ms. */
  p50: number;
  p99: number;
}

export interface ReadingOptions {
  seconds: number;
  connections?: number;
  headers?: Record<string, string>;
  /** The expected status. */
  status?: number;
}

/**
 * Requests one URL repeatedly.
 * @throws Error if a response is not as expected
 */
export async function read(url: string, options: ReadingOptions): Promise<Reading> {
  const { seconds, connections = 16, headers = {}, status = 200 } = options;
  const result = await autocannon({
    url,
    duration: seconds,
    connections,
    headers: { 'accept-encoding': 'br', ...headers },
  });
  const wrong = Object.entries(result.statusCodeStats ?? {}).filter(([s]) => Number(s) !== status);
  if (wrong.length > 0 || result.errors > 0) {
    throw new Error(`${url} answered ${JSON.stringify(wrong)}, ${result.errors} errors`);
  }
  const { total } = result.requests;
  return { rate: total / result.duration, p50: result.latency.p50, p99: result.latency.p99 };
}

/** Returns the latencies in ms of requests at a steady pace, like a person reading. */
export async function paced(
  once: () => Promise<unknown>,
  { everyMs, seconds, people }: { everyMs: number; seconds: number; people: number },
): Promise<number[]> {
  const latencies: number[] = [];
  const until = performance.now() + seconds * 1000;
  const person = async (n: number) => {
    let next = performance.now() + (everyMs * n) / people;
    while (next < until) {
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - performance.now())));
      const started = performance.now();
      await once();
      latencies.push(performance.now() - started);
      next += everyMs;
    }
  };
  await Promise.all(Array.from({ length: people }, (_, n) => person(n)));
  return latencies.sort((a, b) => a - b);
}

export function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

/**
 * Sends one request over a persistent connection; returns its status after the whole response has
 * arrived.
 */
export function send(
  agent: Agent,
  url: string,
  {
    headers = {},
    form,
  }: { headers?: Record<string, string>; form?: Record<string, string> | string } = {},
): Promise<number> {
  const body = typeof form === 'object' ? new URLSearchParams(form).toString() : form;
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      agent,
      method: form ? 'POST' : 'GET',
      headers: {
        'Accept-Encoding': 'br',
        ...(body
          ? {
              Origin: 'http://localhost:3000',
              'Content-Type': 'application/x-www-form-urlencoded',
              'Content-Length': String(Buffer.byteLength(body)),
            }
          : {}),
        ...headers,
      },
    });
    asked.on('error', reject);
    asked.on('response', (answer) => {
      answer.on('error', reject);
      answer.on('end', () => resolve(answer.statusCode ?? 0));
      answer.resume();
    });
    asked.end(body);
  });
}

export function keptConnections(most: number): Agent {
  return new Agent({ keepAlive: true, maxSockets: most });
}
