import { parentPort } from 'node:worker_threads';
import { type Match, matchExpressions } from './expressions';
import { type Rendered, renderMarkdown } from './render';
import type { Task, TaskStarted } from './task';
import { ownThread } from './thread-cpu-time';

const thread = ownThread();

/**
 * Entry point of the worker thread: takes one text, returns the result. It reports when it starts,
 * because the time limit counts from then and not from when the task was queued.
 */
// biome-ignore lint/style/noDefaultExport: Piscina calls a worker file's default export
export default function work(task: Task): Rendered | Match[] {
  parentPort?.postMessage({ started: task.id, thread } satisfies TaskStarted);
  if ('expressions' in task) return matchExpressions(task.expressions, task.text);
  return renderMarkdown(task.source);
}
