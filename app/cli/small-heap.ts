import { setFlagsFromString } from 'node:v8';

/**
 * Makes V8 collect garbage once the heap has grown by a fifth of the live data, instead of
 * doubling: rendering pages leaves much garbage. It is not a limit: a large digest can still use
 * the memory it needs. (The young generation can only be limited at the start, with
 * `--max-semi-space-size`.)
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=20');
}
