import type { LoaderFunctionArgs } from '@remix-run/node';
import { openApi } from '~/server/api/openapi';
import { jsonData } from '~/server/data-response';

export function loader({ request, context: { app } }: LoaderFunctionArgs) {
  return jsonData(request, openApi(app.config.siteName, app.config.origin, app.community));
}
