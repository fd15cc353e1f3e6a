import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { pathTo } from '~/platform/paths';
import { INVITATION_COOKIE, readCookie } from '~/server/cookies';

/** Where a new member comes from the link that confirms their account: back to their invitation. */
export function loader({ request }: LoaderFunctionArgs) {
  const token = readCookie(request.headers.get('Cookie'), INVITATION_COOKIE);
  throw redirect(token ? pathTo('/invitations/:token', { token }) : pathTo('/you'), 303);
}
