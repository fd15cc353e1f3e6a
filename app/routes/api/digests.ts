import type { LoaderFunctionArgs } from '@remix-run/node';
import { digestsFor } from '~/server/api/answers';
import { requireWanted } from '~/server/api-guard';
import { jsonData } from '~/server/data-response';

export async function loader({ request, context: { app } }: LoaderFunctionArgs) {
  return jsonData(request, await digestsFor(app, requireWanted(app, request)));
}
