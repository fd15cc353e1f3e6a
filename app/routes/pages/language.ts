import { type ActionFunctionArgs, redirect } from '@remix-run/node';
import { isLocale } from '~/platform/i18n/locales';
import { languageCookie } from '~/server/cookies';
import { notFound } from '~/server/guards';
import { safeRedirect } from '~/server/safe-redirect';

export function loader() {
  throw notFound();
}

/** Stores the language chosen in the header, and returns to the page. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = new URLSearchParams(await request.text());
  const language = form.get('language');
  const back = safeRedirect(form.get('redirectTo'));
  if (!isLocale(language)) return redirect(back, 303);
  const cookie = languageCookie(language, context.app.config.origin);
  return redirect(back, { status: 303, headers: { 'Set-Cookie': cookie } });
}
