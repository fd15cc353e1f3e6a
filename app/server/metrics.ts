import { isSameSecret } from '~/platform/secrets/signed-token';

/** Counts responses since the process started, by status class, for `/metrics`. */
export interface Traffic {
  count(status: number, ms: number): void;
  /** Counts a response that was made, rather than taken from the store, or refused for now. */
  countWork(outcome: Work): void;
  read(): {
    answers: ReadonlyMap<string, number>;
    seconds: number;
    work: ReadonlyMap<Work, number>;
  };
}

export type Work = 'made' | 'refused';

export function createTraffic(): Traffic {
  const work = new Map<Work, number>([
    ['made', 0],
    ['refused', 0],
  ]);
  const answers = new Map<string, number>();
  let seconds = 0;
  return {
    count(status, ms) {
      const group = `${Math.floor(status / 100)}xx`;
      answers.set(group, (answers.get(group) ?? 0) + 1);
      seconds += ms / 1000;
    },
    countWork: (outcome) => void work.set(outcome, (work.get(outcome) ?? 0) + 1),
    read: () => ({ answers, seconds, work }),
  };
}

export interface Metric {
  name: string;
  help: string;
  type: 'counter' | 'gauge';
  samples: { labels?: Record<string, string>; value: number }[];
}

/** Returns metrics in the Prometheus text format, version 0.0.4. */
export function prometheusText(metrics: readonly Metric[]): string {
  return metrics
    .flatMap(({ name, help, type, samples }) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} ${type}`,
      ...samples.map(({ labels, value }) => `${name}${labelText(labels)} ${value}`),
    ])
    .map((line) => `${line}\n`)
    .join('');
}

function labelText(labels: Record<string, string> = {}): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return pairs.length > 0 ? `{${pairs.join(',')}}` : '';
}

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

interface MetricsReader {
  address: string;
  headers: Headers;
}

/**
 * True if a client may read the metrics: with the token if one is configured, otherwise only from
 * this machine. Requests forwarded by a proxy do not count as from this machine, even if the proxy
 * runs on it.
 */
export function mayReadMetrics({ address, headers }: MetricsReader, token: string | null): boolean {
  if (token !== null) return isSameSecret(headers.get('Authorization') ?? '', `Bearer ${token}`);
  const passedOn = headers.has('X-Forwarded-For') || headers.has('Forwarded');
  return !passedOn && LOOPBACK.test(address);
}
