import type { LoaderFunctionArgs } from '@remix-run/node';
import { threadsFor } from '~/server/api/answers';
import { requireWanted } from '~/server/api-guard';
import { jsonData } from '~/server/data-response';

export async function loader({ request, context: { app } }: LoaderFunctionArgs) {
  return jsonData(request, await threadsFor(app, requireWanted(app, request)));
}
