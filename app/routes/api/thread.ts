import type { LoaderFunctionArgs } from '@remix-run/node';
import { threadFor } from '~/server/api/answers';
import { noSuchThing, requireWanted } from '~/server/api-guard';
import { jsonData } from '~/server/data-response';

export async function loader({ request, params, context: { site } }: LoaderFunctionArgs) {
  const answer = await threadFor(site, params.id ?? '', requireWanted(site, request));
  return answer ? jsonData(request, answer) : noSuchThing();
}
