import type { LoaderFunctionArgs } from '@remix-run/node';
import { openApi } from '~/server/api/openapi';
import { jsonData } from '~/server/data-response';

export function loader({ request, context: { site } }: LoaderFunctionArgs) {
  return jsonData(request, openApi(site.config.siteName, site.config.origin));
}
