import type { Worker } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { MAX_CLOCK_MILLISECONDS, MAX_LINE_MILLISECONDS, MAX_MILLISECONDS } from './limits';
import type { Rendered } from './render';
import { createSlots } from './semaphore';
import { isTooLong } from './source';
import type { RenderTask, TaskStarted } from './task';
import { threadTime } from './thread-cpu-time';

/**
 * Two, also on small machines: while one thread is held up by a text that was made to be slow,
 * the other goes on with everyone else's.
 */
const DEFAULT_THREADS = 2;

/** Texts that may wait for a thread: ordinary ones take milliseconds, and all may come at once. */
const MAX_WAITING = 500;

/** How long a new thread may take to come up and begin, in milliseconds: a busy machine is slow. */
const MAX_START_MILLISECONDS = 30_000;

/** The least time between two looks at what a task has used, in milliseconds. */
const LOOK_MILLISECONDS = 50;

/** Threads end after this long without work, in milliseconds: most of the time nobody writes. */
const IDLE_MILLISECONDS = 30_000;

export type RenderOutcome = Rendered | { ok: false; reason: 'too-slow' };

/** The part of the logger that is used here; pino's fits. */
export interface RendererLog {
  warn(details: Record<string, unknown>, message: string): void;
  error(details: Record<string, unknown>, message: string): void;
}

export interface MarkdownRendererOptions {
  /** The built worker: the bundle of `worker.ts`. */
  workerUrl: URL;
  /** How many texts are rendered at the same time; 2 unless told. */
  maxThreads?: number;
  /** How long a text may take, and wait for it: the numbers in limits.ts unless told. */
  milliseconds?: { thread: number; clock: number; line?: number };
  log?: RendererLog;
}

export interface MarkdownRenderer {
  /**
   * Renders untrusted Markdown as `renderMarkdown` does, on another thread and within bounds of
   * time and memory. `too-slow` if it went beyond them or no thread was free for too long. Time is
   * the thread's own: a machine that is busy with other things refuses nobody's text.
   *
   * @throws Error if the worker cannot run at all, or the renderer is closed meanwhile
   */
  render(source: string): Promise<RenderOutcome>;
  /**
   * The same for what the operator has chosen, such as the texts that open the first threads:
   * nobody made them to be slow, so they may take their time and need not stand in line.
   *
   * @throws Error as `render`
   */
  renderOwn(source: string): Promise<RenderOutcome>;
  /** Ends all threads, once none of them is just coming up. What is left to render is rejected. */
  close(): Promise<void>;
}

/** Called when a task is taken up, with the system's number of the thread. */
type Begin = (thread: string | null) => void;

const TOO_SLOW = { ok: false, reason: 'too-slow' } as const;

/** Starts the threads that render Markdown. One renderer for a process; close it at the end. */
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
    // Whoever broke out of a parser would find no secrets, and no debugger comes along.
    env: {},
    execArgv: [],
    recordTiming: false,
  });

  const up = new Set<number>();
  pool.on('workerCreate', ({ id }: { id: number }) => up.add(id));
  pool.on('workerDestroy', ({ id }: { id: number }) => up.delete(id));

  const unstarted = new Map<RenderTask['id'], { begin: Begin; fail(err: unknown): void }>();
  pool.on('message', ({ started, thread }: TaskStarted) => unstarted.get(started)?.begin(thread));
  // A thread died without a task of its own: it could not come up. Those who wait for it would
  // wait in vain.
  pool.on('error', (err) => {
    log?.error({ err }, 'a Markdown worker failed to start');
    for (const { fail } of unstarted.values()) fail(err);
  });

  // Piscina does not apply maxQueue to tasks that can be aborted, and after an abort nothing moves
  // its queue on. So it never gets more tasks than it has threads: the rest waits here.
  const slots = createSlots(maxThreads, MAX_WAITING);
  let lastId = 0;
  let closed: Error | undefined;

  async function run(source: string, isBounded: boolean): Promise<RenderOutcome> {
    const task: RenderTask = { id: ++lastId, source };
    const controller = new AbortController();
    // By way of setImmediate, so that a result which came in while this thread was busy counts.
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
      log?.warn({ chars: source.length }, 'Markdown stopped: it took too much time or memory');
      return TOO_SLOW;
    } finally {
      clearTimeout(timer);
      unstarted.delete(task.id);
    }
  }

  async function inPlace(source: string, isBounded: boolean): Promise<RenderOutcome> {
    try {
      return await run(source, isBounded);
    } finally {
      slots.give();
    }
  }

  return {
    async render(source) {
      if (isTooLong(source)) return { ok: false, reason: 'too-long' };

      if (await slots.take(milliseconds.line ?? MAX_LINE_MILLISECONDS))
        return inPlace(source, true);
      log?.warn({ chars: source.length }, 'Markdown refused: too many texts waiting');
      return TOO_SLOW;
    },

    async renderOwn(source) {
      if (isTooLong(source)) return { ok: false, reason: 'too-long' };
      await slots.wait();
      return inPlace(source, false);
    },

    async close() {
      closed = new Error('The Markdown renderer is closed');
      slots.close(closed);
      // Node 22 aborts the whole process when a thread is ended that loads its modules.
      const coming = pool.threads.filter(({ threadId }) => !up.has(threadId));
      await Promise.all(coming.map(cameUp));
      await pool.destroy();
    },
  };
}

/** Resolves when a thread has loaded its modules and says so, or has failed to. */
function cameUp(thread: Worker): Promise<void> {
  // Piscina lets the process end while threads have nothing to do.
  thread.ref();
  return new Promise((resolve) => {
    thread.once('message', () => resolve());
    thread.once('exit', () => resolve());
  });
}

/**
 * Counts from now: gives how long a task may at least still run, in milliseconds. Where the system
 * does not say how long a thread had a processor (other than Linux), the clock decides.
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
