import { previewReport, type ReportInTheMaking } from '~/domain/barriers/preview-report';
import type { AppContext } from '~/platform/app-context';
import type { FormState } from '~/platform/form-state';
import type { RequestContext } from '~/server/request-context';
import { keyPointLinks } from '~/ui/barriers/key-point-view';
import { nearbyView } from '~/ui/barriers/nearby';
import type { ComposerState } from '~/ui/forum/composer';

/** Prepares a report's form for its preview; for actions only. */
export async function reportPreviewState(
  app: AppContext,
  visit: RequestContext,
  report: ReportInTheMaking,
  typed: FormState,
): Promise<ComposerState> {
  const { html, nearby } = await previewReport(app, visit.visitor, report);
  const points = await keyPointLinks(
    app,
    nearby.map(({ id }) => id),
    visit.i18n,
  );
  return {
    ...typed,
    preview: html,
    nearby: nearby.map((post) => nearbyView(post, points[post.id], visit.i18n)),
  };
}
