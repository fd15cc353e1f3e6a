import type { Worker } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { currentAsker } from '~/platform/rate-limits/current-asker';
import { createFairQueue, type GiveBack } from '~/platform/rate-limits/fair-queue';
import type { Match } from './expressions';
import { MAX_CLOCK_MILLISECONDS, MAX_LINE_MILLISECONDS, MAX_MILLISECONDS } from './limits';
import type { Rendered } from './render';
import { isTooLong } from './source';
import type { Task, TaskStarted } from './task';
import { threadTime } from './thread-cpu-time';

/** Two even on small machines: while one is busy with a slow text, the other renders the rest. */
const DEFAULT_THREADS = 2;

/** Texts that may wait for a thread: ordinary ones take milliseconds, but many may arrive. */
const MAX_WAITING = 500;

/** Time for a thread to start and begin its task, in ms; generous, for busy machines. */
const MAX_START_MILLISECONDS = 30_000;

/** Minimum time between two checks of a task's CPU time, in milliseconds. */
const LOOK_MILLISECONDS = 50;

/** Idle threads end after this time, in milliseconds, because most of the time nobody posts. */
const IDLE_MILLISECONDS = 30_000;

export type RenderOutcome = Rendered | { ok: false; reason: 'too-slow' };

/** The part of the logger used here; compatible with pino. */
export interface RendererLog {
  warn(details: Record<string, unknown>, message: string): void;
  error(details: Record<string, unknown>, message: string): void;
}

export interface MarkdownRendererOptions {
  /** URL of the built worker: the bundle of `worker.ts`. */
  workerUrl: URL;
  /** Number of texts rendered at the same time; default 2. */
  maxThreads?: number;
  /** Time limits for a text and for waiting; the defaults are in limits.ts. */
  milliseconds?: { thread: number; clock: number; line?: number };
  log?: RendererLog;
}

export interface MarkdownRenderer {
  /**
   * Renders untrusted Markdown like `renderMarkdown`, but in another thread and with limits on time
   * and memory. Returns `too-slow` if a limit was exceeded or no thread became free in time. Time
   * is the thread's CPU time, so a busy machine does not cause refusals.
   *
   * @throws Error if the worker cannot run at all or the renderer is closed meanwhile
   */
  render(source: string): Promise<RenderOutcome>;
  /**
   * The same for texts chosen by the operator, such as those of the first threads: they are trusted
   * not to be slow, so they have no time limit and do not wait in the queue.
   *
   * @throws Error as `render`
   */
  renderOwn(source: string): Promise<RenderOutcome>;
  /**
   * Looks for expressions in a text, in the same threads and with a limit on time. Those for which
   * there was no time are undefined.
   *
   * @throws Error as `render`
   */
  match(expressions: readonly string[], text: string): Promise<Match[]>;
  /** Ends all threads, also those still starting. Rejects all unfinished tasks. */
  close(): Promise<void>;
}

/** Called when a task starts, with the operating system's id of the thread. */
type Begin = (thread: string | null) => void;

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

const TOO_SLOW = { ok: false, reason: 'too-slow' } as const;

/** Starts the threads that render Markdown: one renderer per process, closed at the end. */
export function createMarkdownRenderer({
  workerUrl,
  maxThreads = DEFAULT_THREADS,
  milliseconds = { thread: MAX_MILLISECONDS, clock: MAX_CLOCK_MILLISECONDS },
  log,
}: MarkdownRendererOptions): MarkdownRenderer {
  const pool = new Piscina({
    filename: workerUrl.href,
    minThreads: 0,
    maxThreads,
    idleTimeout: IDLE_MILLISECONDS,
    resourceLimits: { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 4 },
    // Code that escapes from a parser would find no secrets here; debugger flags are not inherited
    // either.
    env: {},
    execArgv: [],
    recordTiming: false,
  });

  const up = new Set<number>();
  pool.on('workerCreate', ({ id }: { id: number }) => up.add(id));
  pool.on('workerDestroy', ({ id }: { id: number }) => up.delete(id));

  const unstarted = new Map<Task['id'], { begin: Begin; fail(err: unknown): void }>();
  pool.on('message', ({ started, thread }: TaskStarted) => unstarted.get(started)?.begin(thread));
  // A thread died without a task: it failed to start. Waiting tasks would never be run.
  pool.on('error', (err) => {
    // Not so a thread that was stopped and then ran out of memory, before it could end.
    if (isOutOfMemory(err)) return;
    log?.error({ err }, 'a Markdown worker failed to start');
    for (const { fail } of unstarted.values()) fail(err);
  });

  // Piscina does not apply maxQueue to abortable tasks, and does not advance its queue after an
  // abort. So it never gets more tasks than it has threads: the others wait here.
  // One network has one thread at a time: texts made to be slow hold up no one else's.
  const queue = createFairQueue({
    places: maxThreads,
    placesEach: 1,
    waitingEach: MAX_WAITING,
    waitingInAll: MAX_WAITING,
  });
  let lastId = 0;
  let closed: Error | undefined;

  function takePlace(): Promise<GiveBack | null> {
    return queue.take(currentAsker(), {
      milliseconds: milliseconds.line ?? MAX_LINE_MILLISECONDS,
    });
  }

  async function run<Result>(
    work: WithoutId<Task>,
    isBounded: boolean,
  ): Promise<Result | typeof TOO_SLOW> {
    const task = { ...work, id: ++lastId };
    const controller = new AbortController();
    // Delayed by setImmediate, so that a result which arrived while this thread was busy still
    // counts.
    const stop = () => setImmediate(() => controller.abort(TOO_SLOW));

    let timer: NodeJS.Timeout | undefined;
    if (isBounded) timer = setTimeout(stop, MAX_START_MILLISECONDS);
    unstarted.set(task.id, {
      begin(thread) {
        unstarted.delete(task.id);
        clearTimeout(timer);
        if (!isBounded) return;
        const left = timeLeft(thread, milliseconds);
        const look = () => {
          const ms = left();
          if (ms <= 0) stop();
          else timer = setTimeout(look, Math.max(ms, LOOK_MILLISECONDS));
        };
        look();
      },
      fail: (err) => controller.abort(err),
    });

    try {
      return await pool.run(task, { signal: controller.signal });
    } catch (error) {
      if (closed) throw closed;
      const cause: unknown = controller.signal.aborted ? controller.signal.reason : error;
      if (cause !== TOO_SLOW && !isOutOfMemory(cause)) throw cause;
      const { length } = 'source' in task ? task.source : task.text;
      log?.warn({ chars: length }, 'Markdown stopped: it took too much time or memory');
      return TOO_SLOW;
    } finally {
      clearTimeout(timer);
      unstarted.delete(task.id);
    }
  }

  async function inPlace<Result>(
    work: WithoutId<Task>,
    giveBack: GiveBack,
    isBounded: boolean,
  ): Promise<Result | typeof TOO_SLOW> {
    try {
      return await run<Result>(work, isBounded);
    } finally {
      giveBack();
    }
  }

  return {
    async render(source) {
      if (isTooLong(source)) return { ok: false, reason: 'too-long' };

      const giveBack = await takePlace();
      if (giveBack) return inPlace<Rendered>({ source }, giveBack, true);
      log?.warn({ chars: source.length }, 'Markdown refused: too many texts waiting');
      return TOO_SLOW;
    },

    async renderOwn(source) {
      if (isTooLong(source)) return { ok: false, reason: 'too-long' };
      const giveBack = (await queue.take([], { always: true })) as GiveBack;
      return inPlace<Rendered>({ source }, giveBack, false);
    },

    async match(expressions, text) {
      const giveBack = await takePlace();
      if (giveBack) {
        const found = await inPlace<Match[]>({ expressions, text }, giveBack, true);
        if (found !== TOO_SLOW) return found as Match[];
      }
      return expressions.map(() => undefined);
    },

    async close() {
      closed = new Error('The Markdown renderer is closed');
      queue.close(closed);
      // Node 22 aborts the whole process if a thread is terminated while it loads its modules.
      const coming = pool.threads.filter(({ threadId }) => !up.has(threadId));
      await Promise.all(coming.map(cameUp));
      await pool.destroy();
    },
  };
}

/** Resolves when a thread has loaded its modules or has failed to. */
function cameUp(thread: Worker): Promise<void> {
  // Piscina unrefs idle threads, so the process could exit before they start.
  thread.ref();
  return new Promise((resolve) => {
    thread.once('message', () => resolve());
    thread.once('exit', () => resolve());
  });
}

/**
 * Starts measuring. Returns a function that gives the remaining time of a task in milliseconds.
 * Where the system does not report CPU time per thread (other than Linux), elapsed time is used.
 */
function timeLeft(thread: string | null, may: { thread: number; clock: number }): () => number {
  const began = performance.now();
  const had = thread === null ? null : threadTime(thread);
  return () => {
    const passed = performance.now() - began;
    const has = thread === null ? null : threadTime(thread);
    if (had === null || has === null) return Math.min(may.clock, 3 * may.thread) - passed;
    return Math.min(may.clock - passed, may.thread - (has - had));
  };
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
