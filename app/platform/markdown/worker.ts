import { parentPort } from 'node:worker_threads';
import { type Rendered, renderMarkdown } from './render';
import type { RenderTask, TaskStarted } from './task';
import { ownThread } from './thread-cpu-time';

const thread = ownThread();

/**
 * The worker thread's entry: one text in, what became of it out. It says when it begins, because
 * its time counts from then and not from when the thread was asked for.
 */
// biome-ignore lint/style/noDefaultExport: Piscina calls a worker file's default export
export default function render({ id, source }: RenderTask): Rendered {
  parentPort?.postMessage({ started: id, thread } satisfies TaskStarted);
  return renderMarkdown(source);
}
