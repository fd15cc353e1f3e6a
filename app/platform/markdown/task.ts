/** A text to be rendered. */
export interface RenderTask {
  id: number;
  source: string;
}

/** Expressions to be looked for in a text. */
export interface MatchTask {
  id: number;
  expressions: readonly string[];
  text: string;
}

/** A task for the worker. */
export type Task = RenderTask | MatchTask;

/** Sent by the worker as soon as it starts a task. */
export interface TaskStarted {
  started: RenderTask['id'];
  /** The operating system's id of the worker's thread; null if it is not available. */
  thread: string | null;
}
