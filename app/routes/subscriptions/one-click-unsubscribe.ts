import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { unsubscribe } from '~/domain/subscriptions/subscriptions';
import { pathTo } from '~/platform/paths';
import { requireSubscription } from '~/server/subscription-guard';

/** A reader who follows the link gets the page with a button; a GET changes nothing. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  await requireSubscription(context.app, params.token);
  return redirect(`${pathTo('/subscriptions/:token', { token: params.token ?? '' })}?leave`);
}

/**
 * RFC 8058: the email program sends this for its user, without a cookie or a page of ours. The
 * response is text instead of a redirect, and repeating the request is allowed.
 */
export async function action({ params, request, context }: ActionFunctionArgs) {
  const { app, visit } = context;
  const { id } = await requireSubscription(app, params.token);
  const form = await request.formData().catch(() => null);
  if (form?.get('List-Unsubscribe') !== 'One-Click') {
    return answer('List-Unsubscribe=One-Click?\n', 400);
  }
  await app.db.write((tx) => unsubscribe(tx, app.clock, id));
  return answer(`${visit.i18n.t('subscriptions.left.plain')}\n`, 200);
}

function answer(text: string, status: number): Response {
  return new Response(text, {
    status,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  });
}
