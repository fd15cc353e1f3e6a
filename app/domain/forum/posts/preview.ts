import type { Visitor } from '~/domain/accounts/users/visitor';
import type { AppContext } from '~/platform/app-context';
import { countUse } from '~/platform/rate-limits/limiter';
import { requireWriter } from './permission';
import { renderBody } from './render-body';

/**
 * What a text will look like, as safe HTML; stores nothing. Counts as one post towards the limit,
 * since it is as much work to render.
 * @throws DomainError when the visitor may not write, or the text cannot be shown.
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
