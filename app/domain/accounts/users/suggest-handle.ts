import { randomInt } from 'node:crypto';
import type { AppContext } from '~/platform/app-context';
import { isHandleTaken } from './accounts';
import { isReservedHandle } from './handles';
import { speaksForSite } from './impersonation';

/** Words that say nothing about a person, easy to read in many languages. */
const WORDS = [
  ...['acacia', 'bamboo', 'baobab', 'cedar', 'cocoa', 'coral', 'cotton', 'delta', 'harbour'],
  ...['island', 'jasmine', 'lagoon', 'lemon', 'mango', 'maple', 'oasis', 'olive', 'palm'],
  ...['papaya', 'river', 'sahel', 'savanna', 'sesame', 'valley'],
];

/** Returns a free handle, such as `baobab-4821`. */
export async function suggestHandle(app: AppContext): Promise<string> {
  for (;;) {
    const handle = `${WORDS[randomInt(WORDS.length)]}-${randomInt(1000, 100_000)}`;
    const refused = isReservedHandle(handle) || speaksForSite(app, handle);
    if (!refused && !(await isHandleTaken(app.db.reader, handle))) return handle;
  }
}
