import type { Visitor } from '~/domain/accounts/users/visitor';
import type { AppContext } from '~/platform/app-context';
import { countUse } from '~/platform/rate-limits/limiter';
import { requireWriter } from './permission';
import { renderBody } from './render-body';

/**
 * Renders a text to safe HTML without storing it. Counts as one post for the rate limit, because
 * rendering takes the same work.
 * @throws DomainError if the visitor may not post, or the text cannot be rendered.
 */
export async function previewPost(
  app: AppContext,
  visitor: Visitor,
  body: string,
): Promise<string> {
  const author = requireWriter(visitor);
  await countUse(app, 'post', author.id);
  return (await renderBody(app, body)).html;
}
