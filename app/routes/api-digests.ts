import type { LoaderFunctionArgs } from '@remix-run/node';
import { digestsFor } from '~/api/answers';
import { requireWanted } from '~/http/api-guard';
import { jsonData } from '~/http/data-response';

export async function loader({ request, context: { site } }: LoaderFunctionArgs) {
  return jsonData(request, await digestsFor(site, requireWanted(site, request)));
}
