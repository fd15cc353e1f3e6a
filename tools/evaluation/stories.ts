import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readStories } from './corpus';

/** The sets of invented stories, with a note on what each was used for. */
export function storySets(folder: string) {
  const read = (wanted: (file: string) => boolean) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.txt') && wanted(file))
      .sort()
      .flatMap((file) => readStories(join(folder, file)));
  const unread = 'en-unread.txt';
  return [
    {
      name: 'stories, English, unread',
      note: 'own, roundabout; scores chosen on their totals',
      items: read((file) => file === unread),
    },
    {
      name: 'stories, nine languages',
      note: 'own, by the hand that wrote the lexicon; misses unread',
      items: read((file) => !file.startsWith('en')),
    },
    {
      name: 'stories, English',
      note: 'own; the lexicon was widened with these read',
      items: read((file) => file === 'en.txt'),
    },
  ];
}
