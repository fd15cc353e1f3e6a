import type { LoaderFunctionArgs } from '@remix-run/node';
import { threadFor } from '~/server/api/answers';
import { noSuchThing, requireWanted } from '~/server/api-guard';
import { jsonData } from '~/server/data-response';

export async function loader({ request, params, context: { app } }: LoaderFunctionArgs) {
  const answer = await threadFor(app, params.id ?? '', requireWanted(app, request));
  return answer ? jsonData(request, answer) : noSuchThing();
}
