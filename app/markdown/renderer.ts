import { Piscina } from 'piscina';
import { MAX_MILLISECONDS } from './limits';
import type { Rendered } from './render';
import { createSlots } from './slots';
import { isTooLong } from './source';
import type { RenderTask, TaskStarted } from './task';

/**
 * Two, also on small machines: while one thread is held up by a text that was made to be slow,
 * the other goes on with everyone else's.
 */
const DEFAULT_THREADS = 2;

/** Texts that may wait for a thread; with two threads and bombs only, the last waits 8 seconds. */
const MAX_WAITING = 16;

/** How long a new thread may take to come up and begin, in milliseconds: a busy machine is slow. */
const MAX_START_MILLISECONDS = 10_000;

/** Threads beyond the first end after this long without work, in milliseconds. */
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
  log?: RendererLog;
}

export interface MarkdownRenderer {
  /**
   * Renders untrusted Markdown as `renderMarkdown` does, on another thread and within bounds of
   * time and memory. `too-slow` if it went beyond them or too many texts were waiting already.
   *
   * @throws Error if the worker cannot run at all, or the renderer is closed meanwhile
   */
  render(source: string): Promise<RenderOutcome>;
  /** Ends all threads. What is being rendered or waits is rejected. */
  close(): Promise<void>;
}

const TOO_SLOW = { ok: false, reason: 'too-slow' } as const;

/** Starts the threads that render Markdown. One renderer for a process; close it at the end. */
export function createMarkdownRenderer({
  workerUrl,
  maxThreads = DEFAULT_THREADS,
  log,
}: MarkdownRendererOptions): MarkdownRenderer {
  const pool = new Piscina({
    filename: workerUrl.href,
    minThreads: 1,
    maxThreads,
    idleTimeout: IDLE_MILLISECONDS,
    resourceLimits: { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 16 },
    // Whoever broke out of a parser would find no secrets, and no debugger comes along.
    env: {},
    execArgv: [],
    recordTiming: false,
  });

  const unstarted = new Map<RenderTask['id'], { begin(): void; fail(err: unknown): void }>();
  pool.on('message', (message: TaskStarted) => unstarted.get(message.started)?.begin());
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

  async function run(source: string): Promise<RenderOutcome> {
    const task: RenderTask = { id: ++lastId, source };
    const controller = new AbortController();
    // By way of setImmediate, so that a result which came in while this thread was busy counts.
    const stop = () => setImmediate(() => controller.abort(TOO_SLOW));

    let timer = setTimeout(stop, MAX_START_MILLISECONDS);
    unstarted.set(task.id, {
      begin() {
        unstarted.delete(task.id);
        clearTimeout(timer);
        timer = setTimeout(stop, MAX_MILLISECONDS);
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

  return {
    async render(source) {
      if (isTooLong(source)) return { ok: false, reason: 'too-long' };

      const slot = slots.take();
      if (!slot) {
        log?.warn({ chars: source.length }, 'Markdown refused: too many texts waiting');
        return TOO_SLOW;
      }
      await slot;
      try {
        return await run(source);
      } finally {
        slots.give();
      }
    },

    async close() {
      closed = new Error('The Markdown renderer is closed');
      slots.close(closed);
      await pool.destroy();
    },
  };
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
