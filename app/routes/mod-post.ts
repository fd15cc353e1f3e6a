import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { notFound, requireModerator } from '~/http/guards';
import { latestCaseOf } from '~/moderation/cases';

/** Leads a moderator from a post to its latest case. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  requireModerator(context);
  const caseId = await latestCaseOf(context.site.db.reader, params.id ?? '');
  if (!caseId) throw notFound();
  throw redirect(`/mod/cases/${caseId}`, 303);
}
