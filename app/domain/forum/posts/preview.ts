import type { Visitor } from '~/domain/accounts/users/visitor';
import type { AppContext } from '~/platform/app-context';
import { countNetworkUse, countUse } from '~/platform/rate-limits/limiter';
import { renderBody } from './render-body';

/**
 * Renders a text to safe HTML without storing it, for everybody, also for visitors without an
 * account. Counts as one post for the rate limit, because rendering takes the same work.
 * @param address The visitor's IP address.
 * @throws DomainError `too-many`, or if the text cannot be rendered.
 */
export async function previewPost(
  app: AppContext,
  { person }: Visitor,
  { body, address }: { body: string; address: string },
): Promise<string> {
  if (person) await countUse(app, 'post', person.id);
  else await countNetworkUse(app, 'preview-network', address);
  return (await renderBody(app, body)).html;
}
