import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setEnvironmentData } from 'node:worker_threads';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { MAX_BODY_CHARS } from './limits';
import {
  createMarkdownRenderer,
  type MarkdownRenderer,
  type MarkdownRendererOptions,
} from './renderer';

/** Inside node_modules, so that the bundle can resolve its external packages. */
const bundle = new URL(
  `../../../node_modules/.cache/causeway-test/markdown-worker-${process.pid}.js`,
  import.meta.url,
);
const slowWorker = new URL('../../../tests/fixtures/slow-worker.mjs', import.meta.url);
const slowStartWorker = new URL('../../../tests/fixtures/slow-start-worker.mjs', import.meta.url);
const noWorker = new URL('../../../tests/fixtures/there-is-no-such-worker.mjs', import.meta.url);

const TOO_SLOW = { ok: false, reason: 'too-slow' };
const done = (text: string) => ({ ok: true, html: text, excerpt: text });

/** Shorter than in production, so that tasks are stopped sooner. */
const milliseconds = { thread: 200, clock: 1_000 };

let open: MarkdownRenderer[] = [];

function start(options: MarkdownRendererOptions): MarkdownRenderer {
  const renderer = createMarkdownRenderer(options);
  open.push(renderer);
  return renderer;
}

beforeAll(async () => {
  await build({
    entryPoints: [fileURLToPath(new URL('./worker.ts', import.meta.url))],
    outfile: fileURLToPath(bundle),
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
  });
});

afterEach(async () => {
  await Promise.all(open.map((renderer) => renderer.close()));
  open = [];
});

afterAll(() => rm(bundle, { force: true }));

describe('with the bundled worker', () => {
  test('renders as renderMarkdown does', async () => {
    const renderer = start({ workerUrl: bundle });

    expect(await renderer.render('**Hello**, world')).toEqual({
      ok: true,
      html: '<p dir="auto"><strong>Hello</strong>, world</p>',
      excerpt: 'Hello, world',
    });
    expect(await renderer.render(' \n ')).toEqual({ ok: false, reason: 'empty' });
    expect(await renderer.render('> '.repeat(3000))).toEqual({ ok: false, reason: 'too-deep' });
  });

  test('renders many texts that come at once, the first after a while, each to its own result', async () => {
    const renderer = start({ workerUrl: bundle });
    const words = Array.from({ length: 100 }, (_, i) => `text ${i}`);

    const outcomes = await Promise.all(words.map((word) => renderer.render(word)));

    expect(outcomes.map((outcome) => outcome.ok && outcome.excerpt)).toEqual(words);
  });

  test('stops a text that takes marked quadratic time, and continues', async () => {
    // Takes about ten seconds without the limit.
    const bomb = `${'*a '.repeat(19)}${'*'.repeat(10_000)}${'*a '.repeat(3_290)} a*`;
    const renderer = start({ workerUrl: bundle, maxThreads: 1 });
    await renderer.render('warm up');

    expect(await renderer.render(bomb)).toEqual(TOO_SLOW);

    expect(await renderer.render('still *here*')).toMatchObject({ excerpt: 'still here' });
  });
});

describe('bounds', () => {
  test('a task without end is stopped, and the next one runs', async () => {
    const warnings: string[] = [];
    const log = { warn: (_: object, message: string) => warnings.push(message), error: () => {} };
    const renderer = start({ workerUrl: slowWorker, milliseconds, maxThreads: 1, log });

    expect(await renderer.render('never end')).toEqual(TOO_SLOW);
    expect(await renderer.render('next')).toEqual(done('next'));
    expect(warnings).toEqual(['Markdown stopped: it took too much time or memory']);
  });

  test('a task without bounds on memory is stopped, and the next one runs', async () => {
    const renderer = start({ workerUrl: slowWorker, milliseconds, maxThreads: 1 });

    expect(await renderer.render('take all memory')).toEqual(TOO_SLOW);
    expect(await renderer.render('next')).toEqual(done('next'));
  });

  test('a stopped task that runs out of memory before its thread ends stops no other', async () => {
    const renderer = start({
      workerUrl: slowWorker,
      milliseconds: { ...milliseconds, thread: 20 },
      maxThreads: 1,
    });

    expect(await renderer.render('take all memory at once')).toEqual(TOO_SLOW);
    setEnvironmentData('milliseconds to start', 4_000);
    onTestFinished(() => setEnvironmentData('milliseconds to start', undefined));
    expect(await renderer.renderOwn('next')).toEqual(done('next'));
  });

  test('time spent waiting behind slow texts does not count', async () => {
    const renderer = start({ workerUrl: slowWorker, milliseconds, maxThreads: 1 });

    const outcomes = await Promise.all(['never end', 'never end', 'ok'].map(renderer.render));

    expect(outcomes).toEqual([TOO_SLOW, TOO_SLOW, done('ok')]);
  });

  test.runIf(process.platform === 'linux')(
    'time without a processor does not count, as on a machine that is busy',
    async () => {
      const renderer = start({ workerUrl: slowWorker, milliseconds, maxThreads: 1 });

      expect(await renderer.render('wait')).toEqual(done('wait'));
    },
  );

  test('is limited by elapsed time too', async () => {
    const renderer = start({ workerUrl: slowWorker, milliseconds, maxThreads: 1 });

    const began = performance.now();
    expect(await renderer.render('wait long')).toEqual(TOO_SLOW);
    expect(performance.now() - began).toBeGreaterThan(milliseconds.clock);
  });

  test("the operator's own texts have no time limit and are not refused", async () => {
    const renderer = start({ workerUrl: slowWorker, milliseconds, maxThreads: 1 });
    const texts = ['slow', ...Array.from({ length: 20 }, (_, i) => `text ${i}`)];

    const outcomes = await Promise.all(texts.map(renderer.renderOwn));

    expect(outcomes).toEqual(texts.map(done));
  });

  test('with two threads one slow text does not delay others', async () => {
    // Long enough for a busy machine to render the others meanwhile.
    const renderer = start({
      workerUrl: slowWorker,
      milliseconds: { thread: 2_000, clock: 10_000 },
    });
    // Wait until both threads have started: the one that waits then leaves the other text to the
    // second.
    await Promise.all([renderer.render('wait'), renderer.render('warm up')]);
    const order: string[] = [];

    const slow = renderer.render('never end').then(() => order.push('slow'));
    const quick = ['a', 'b', 'c'].map((text) => renderer.render(text).then(() => order.push(text)));
    await Promise.all([slow, ...quick]);

    expect(order).toEqual(['a', 'b', 'c', 'slow']);
  });

  test('a text waits only for a limited time', async () => {
    const renderer = start({
      workerUrl: slowWorker,
      milliseconds: { ...milliseconds, line: 50 },
      maxThreads: 1,
    });
    await renderer.render('warm up');

    const running = renderer.render('never end');

    expect(await renderer.render('waits')).toEqual(TOO_SLOW);
    expect(await running).toEqual(TOO_SLOW);
    expect(await renderer.render('comes later')).toEqual(done('comes later'));
  });

  test('the queue is bounded', async () => {
    const renderer = start({ workerUrl: slowWorker, milliseconds, maxThreads: 1 });

    const running = renderer.render('never end');
    const waiting = Array.from({ length: 500 }, (_, i) => renderer.render(`text ${i}`));
    const refused = renderer.render('one too many');

    expect(
      await Promise.race([running, refused.then((outcome) => ({ refused: outcome }))]),
    ).toEqual({ refused: TOO_SLOW });
    expect(await Promise.all(waiting)).toEqual(waiting.map((_, i) => done(`text ${i}`)));
    expect(await running).toEqual(TOO_SLOW);
  });

  test('a text over the limit is refused without a worker', async () => {
    const renderer = start({ workerUrl: noWorker });

    expect(await renderer.render('a'.repeat(MAX_BODY_CHARS + 1))).toEqual({
      ok: false,
      reason: 'too-long',
    });
  });
});

describe('failure', () => {
  test('a worker that cannot start is an error and not a slow text, every time', async () => {
    const renderer = start({ workerUrl: noWorker, maxThreads: 1 });

    for (const text of ['first', 'second', 'third']) {
      await expect(renderer.render(text)).rejects.toThrow(/no-such-worker/);
    }
  });

  test('closing waits for threads to start, because Node may crash otherwise', async () => {
    const mark = join(tmpdir(), `causeway-worker-of-${process.pid}`);
    onTestFinished(() => rm(mark, { force: true }));
    const renderer = start({ workerUrl: slowStartWorker });
    renderer.render('never mind').catch(() => undefined);
    await new Promise(setImmediate);

    await renderer.close();

    expect(existsSync(mark)).toBe(true);
  });

  test('closing rejects running, waiting and later tasks', async () => {
    const renderer = start({ workerUrl: slowWorker, milliseconds, maxThreads: 1 });
    await renderer.render('warm up');
    const running = expect(renderer.render('never end')).rejects.toThrow(/closed/);
    // Lets the thread start on the first.
    await new Promise(setImmediate);
    const waiting = expect(renderer.render('waiting')).rejects.toThrow(/closed/);

    await renderer.close();

    await running;
    await waiting;
    await expect(renderer.render('later')).rejects.toThrow(/closed/);
  });
});
