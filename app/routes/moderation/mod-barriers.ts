import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { pathTo } from '~/platform/paths';
import { requireModerator } from '~/server/guards';

/** The former URL of the page where moderators sort reports. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  requireModerator(context);
  const region = new URL(request.url).searchParams.get('region');
  const query = region ? (`?region=${encodeURIComponent(region)}` as const) : '';
  throw redirect(pathTo(`/mod/key-points${query}`), 301);
}
