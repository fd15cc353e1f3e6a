import { setFlagsFromString } from 'node:v8';

/**
 * Has garbage collected once the heap is a fifth larger than what was alive, where V8 would let it
 * double: pages made one after another leave much behind. Not a limit: a large digest may still take
 * what it needs. (What is young can be kept small at the start only, by `--max-semi-space-size`.)
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=20');
}
