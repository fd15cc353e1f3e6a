import { z } from 'zod';
import { createDocument } from 'zod-openapi';
import { LICENCE } from '~/domain/community/licence';
import { TERMS_OF } from '~/domain/forum/posts/post-fields';
import type { Community } from '~/platform/community/community';
import { ENDPOINTS, type Endpoint } from './endpoints';
import { problemSchema } from './schemas';

/** The OpenAPI 3.1 description of /api/v1, generated from the endpoints themselves. */
export function openApi(siteName: string, origin: string, community: Community) {
  return createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: siteName,
        version: '1',
        description:
          'Read-only. Only what is public: hidden and deleted posts are in no response. Follow `next` for the rest. Send `If-None-Match` with the last `ETag`. People chose to take part: numbers of people are not representative.',
        license: { name: 'CC BY 4.0 (posts)', url: LICENCE },
      },
      servers: [{ url: `${origin}/api/v1` }],
      paths: Object.fromEntries(ENDPOINTS.map((one) => [one.path, { get: operation(one) }])),
    },
    {
      override: ({ zodSchema, jsonSchema }) => {
        const terms = TERMS_OF.get(zodSchema as unknown as z.ZodType);
        if (!terms) return;
        const { description } = jsonSchema;
        delete jsonSchema.description;
        const found = community.all(terms.vocabulary).filter(({ state }) => state !== 'merged');
        jsonSchema.enum = found.map(({ slug }) => slug);
        if (description) jsonSchema.description = description;
      },
    },
  );
}

function operation({
  path,
  summary,
  parameters,
  answer,
}: Pick<Endpoint, 'path' | 'summary' | 'answer'> & { parameters: z.ZodObject }) {
  const inPath = Object.entries(parameters.shape).filter(([name]) => path.includes(`{${name}}`));
  const inQuery = Object.entries(parameters.shape).filter(([name]) => !path.includes(`{${name}}`));
  const content = (type: string, schema: z.ZodType) => ({ content: { [type]: { schema } } });
  const fault = (description: string) => ({
    description,
    ...content('application/problem+json', problemSchema),
  });
  return {
    summary,
    requestParams: {
      path: z.object(Object.fromEntries(inPath)),
      query: z.object(Object.fromEntries(inQuery)),
    },
    responses: {
      200: { description: summary, ...content('application/json', answer) },
      304: { description: 'Not changed since the ETag' },
      400: fault('A parameter is wrong'),
      404: fault('Does not exist, or is not public'),
    },
  };
}
