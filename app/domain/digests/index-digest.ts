import { putEntry } from '~/domain/search/entries';
import type { Community } from '~/platform/community/community';
import type { Db } from '~db/client';
import { digestText } from './digest-text';

/** Adds a digest to the search index, by its place, period and barriers in every language. */
export async function indexDigest(tx: Db, community: Community, digestId: string): Promise<void> {
  const text = await digestText(tx, community, digestId);
  if (text) await putEntry(tx, 'digest', digestId, text.title, text.body);
}
