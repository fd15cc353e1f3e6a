import { publishDigest } from '~/domain/digests/digests';
import { keepAllQuotes } from '~/domain/digests/edit-draft';
import type { AppContext } from '~/platform/app-context';

/** Publishes a draft whose quotes all stay as they are, whatever the disclosure check says. */
export async function publishAsItIs(
  app: AppContext,
  id: string,
  personId: string | null = null,
): Promise<void> {
  await keepAllQuotes(app, id);
  await publishDigest(app, id, personId);
}
