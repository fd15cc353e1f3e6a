import { existsSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** More than all databases of a test run ever take. */
const ROOM = 4e9;

/**
 * The folder for databases that live for one test: in memory where there is room, because a
 * durable write to a disk waits for it.
 */
export const IN_MEMORY = hasRoom('/dev/shm') ? '/dev/shm' : tmpdir();

function hasRoom(folder) {
  if (!existsSync(folder)) return false;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize > ROOM;
}
