import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { suppress } from '~/platform/mail/suppression';
import { pathTo } from '~/platform/paths';
import { requireLeaver } from '~/server/unsubscribe-guard';

/** A reader who follows the link gets the page with a button; a GET changes nothing. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  await requireLeaver(context.app, params.token);
  return redirect(pathTo('/mail/:token', { token: params.token ?? '' }));
}

/**
 * RFC 8058: the email program sends this for its user, without a cookie or a page of ours. The
 * response is text instead of a redirect, and repeating the request is allowed.
 */
export async function action({ params, request, context }: ActionFunctionArgs) {
  const { app, visit } = context;
  const hash = await requireLeaver(app, params.token);
  const form = await request.formData().catch(() => null);
  if (form?.get('List-Unsubscribe') !== 'One-Click') {
    return answer('List-Unsubscribe=One-Click?\n', 400);
  }
  await app.db.write((tx) => suppress(tx, app.clock, hash, 'notice'));
  return answer(`${visit.i18n.t('reading.leave.plain')}\n`, 200);
}

function answer(text: string, status: number): Response {
  return new Response(text, {
    status,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  });
}
