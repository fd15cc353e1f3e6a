/** A task for the worker. */
export interface RenderTask {
  id: number;
  source: string;
}

/** Sent by the worker as soon as it starts a task. */
export interface TaskStarted {
  started: RenderTask['id'];
  /** The operating system's id of the worker's thread; null if it is not available. */
  thread: string | null;
}
