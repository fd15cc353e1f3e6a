import type { Clock } from '~/clock';
import type { Queue } from '~/moderation/queue';
import { placeName } from '~/places/names';
import type { DeskQueue } from './desk';

/** Prepares the queue for the desk, for loaders. */
export function deskQueue(queue: Queue, locale: string, clock: Clock): DeskQueue {
  return {
    ...queue,
    cases: queue.cases.map((row) => {
      const place = row.post.country ?? row.post.region;
      return {
        ...row,
        place: place && placeName(place, locale),
        waited: clock.now() - row.openedAt,
      };
    }),
  };
}
