/** What the renderer hands to its worker. */
export interface RenderTask {
  id: number;
  source: string;
}

/** What the worker reports at once when it takes up a task. */
export interface TaskStarted {
  started: RenderTask['id'];
  /** The system's number of the worker's thread; null where it does not say. */
  thread: string | null;
}
