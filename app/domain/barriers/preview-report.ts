import type { Visitor } from '~/domain/accounts/users/visitor';
import { NO_DETAILS, type PostDetails } from '~/domain/forum/posts/post-fields';
import type { PostInThread } from '~/domain/forum/posts/posts';
import { previewPost } from '~/domain/forum/posts/preview';
import { readerOf } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import { reportedNearby } from './similar-reports';
import { suggestBarriers } from './suggest';

export interface ReportInTheMaking {
  /** Complete Markdown. */
  text: string;
  details: Partial<PostDetails>;
  /** BCP 47. */
  language: string;
}

export interface ReportPreview {
  /** Safe HTML. */
  html: string;
  /** Suggested from the words; empty if the author has chosen any. */
  suggested: Pick<PostDetails, 'barriers' | 'pillars'>;
  nearby: PostInThread[];
}

/**
 * Renders a report, suggests its kinds and finds similar reports; stores nothing.
 * @throws DomainError as `previewPost` does.
 */
export async function previewReport(
  app: AppContext,
  visitor: Visitor,
  { text, details, language }: ReportInTheMaking,
): Promise<ReportPreview> {
  const place = { ...NO_DETAILS, ...details };
  const { barriers, pillars } = place;
  const html = await previewPost(app, visitor, text);
  const suggestion = suggestBarriers(text, language);
  const suggested = {
    barriers: suggestion.kinds.map(({ kind }) => kind),
    pillars: suggestion.pillars.map(({ pillar }) => pillar),
  };
  const kinds = barriers.length > 0 ? barriers : suggested.barriers;
  return {
    html,
    suggested: {
      barriers: barriers.length > 0 ? [] : suggested.barriers,
      pillars: pillars.length > 0 ? [] : suggested.pillars,
    },
    nearby: await reportedNearby(
      app.db.reader,
      { text, language, place, kinds },
      readerOf(visitor),
    ),
  };
}
