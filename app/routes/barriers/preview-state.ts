import { previewReport, type ReportInTheMaking } from '~/domain/barriers/preview-report';
import type { AppContext } from '~/platform/app-context';
import type { FormState } from '~/platform/form-state';
import type { RequestContext } from '~/server/request-context';
import { groupLinks } from '~/ui/barriers/group-view';
import { nearbyView } from '~/ui/barriers/nearby';
import type { ComposerState } from '~/ui/forum/composer';

/**
 * A report's form once it came back with its preview; for actions only. `accept` ticks what was
 * suggested: from then on it is the author's own word.
 */
export async function reportPreviewState(
  app: AppContext,
  visit: RequestContext,
  report: ReportInTheMaking,
  typed: FormState,
  accept: boolean,
): Promise<ComposerState> {
  const { html, suggested, nearby } = await previewReport(app, visit.visitor, report);
  const groups = await groupLinks(
    app,
    nearby.map(({ id }) => id),
    visit.i18n,
  );
  const state = {
    ...typed,
    preview: html,
    nearby: nearby.map((post) => nearbyView(post, groups[post.id], visit.i18n.locale)),
  };
  if (!accept) return { ...state, suggested };
  const { barriers = [], pillars = [] } = report.details;
  const barrier = [...barriers, ...suggested.barriers];
  const pillar = [...pillars, ...suggested.pillars];
  return { ...state, values: { ...typed.values, barrier, pillar } };
}
