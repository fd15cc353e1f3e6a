import type { Visitor } from '~/domain/accounts/users/visitor';
import { NO_DETAILS, type PostDetails } from '~/domain/forum/posts/post-fields';
import type { PostInThread } from '~/domain/forum/posts/posts';
import { previewPost } from '~/domain/forum/posts/preview';
import { readerOf } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import { likeliestKinds } from './ranking/likeliest-kinds';
import { reportedNearby } from './similar-reports';

export interface ReportInTheMaking {
  /** Complete Markdown. */
  text: string;
  details: Partial<PostDetails>;
  /** BCP 47. */
  language: string;
  /** The writer's IP address. */
  address: string;
}

export interface ReportPreview {
  /** Safe HTML. */
  html: string;
  nearby: PostInThread[];
}

/**
 * Renders a report and finds similar reports; stores nothing.
 * @throws DomainError as `previewPost` does.
 */
export async function previewReport(
  app: AppContext,
  visitor: Visitor,
  { text, details, language, address }: ReportInTheMaking,
): Promise<ReportPreview> {
  const place = { ...NO_DETAILS, ...details };
  const html = await previewPost(app, visitor, { body: text, address });
  if (place.notBarrier) return { html, nearby: [] };
  const kinds =
    place.barriers.length > 0
      ? place.barriers
      : likeliestKinds(text, language, 3, app.community).kinds;
  const report = { text, language, place, kinds };
  return { html, nearby: await reportedNearby(app.db.reader, report, readerOf(visitor)) };
}
