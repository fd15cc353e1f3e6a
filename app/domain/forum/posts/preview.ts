import type { Visitor } from '~/domain/accounts/users/visitor';
import type { Site } from '~/platform/app-context';
import { countUse } from '~/platform/rate-limits/limiter';
import { writerOf } from './permission';
import { writeUp } from './render-body';

/**
 * What a text will look like, as safe HTML; stores nothing. Counts as one post towards the limit,
 * since it is as much work to render.
 * @throws Refusal when the visitor may not write, or the text cannot be shown.
 */
export async function previewPost(site: Site, visitor: Visitor, body: string): Promise<string> {
  const author = writerOf(visitor);
  await countUse(site, 'post', author.id);
  return (await writeUp(site, body)).html;
}
