import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { pathTo } from '~/platform/paths';
import { requireAdministrator } from '~/server/guards';

/** The former URL of the background jobs. */
export function loader({ context }: LoaderFunctionArgs) {
  requireAdministrator(context);
  throw redirect(pathTo('/admin/jobs'), 301);
}
