import { z } from 'zod';
import { FILTER_NAMES, USUAL_DAYS } from '~/domain/barriers/query';
import { LICENCE } from '~/domain/community/licence';
import { MOST_IN_ANSWER, USUAL_IN_ANSWER } from './limits';
import './schemas';

const FILTERS: Record<(typeof FILTER_NAMES)[number], string> = {
  region: 'UN M49 code, such as 011',
  country: 'ISO 3166-1 alpha-2, or a name in English',
  industry: 'ISIC Rev. 4 section, such as Q',
  pillar: 'open-source, education, infrastructure or policy',
  kind: 'Kind of barrier, such as compute',
  from: `First day (2026-10-01) or month (2026-10), UTC; without it ${USUAL_DAYS} days before the end`,
  to: 'Last day or month, UTC, included; without it today',
};

const page = [
  parameter('cursor', 'query', 'Where to go on; take it from `next`'),
  {
    ...parameter('limit', 'query', 'How many at most'),
    schema: { type: 'integer', minimum: 1, maximum: MOST_IN_ANSWER, default: USUAL_IN_ANSWER },
  },
];

/** The description of /api/v1 (OpenAPI 3.1), its schemas those that the answers are made with. */
export function openApi(siteName: string, origin: string) {
  const base = '#/components/schemas';
  const { schemas } = z.toJSONSchema(z.globalRegistry, { uri: (id) => `${base}/${id}` });
  return {
    openapi: '3.1.0',
    info: {
      title: siteName,
      version: '1',
      description:
        'Read-only. Everything public, nothing else: what is hidden or deleted is in no answer. Follow `next` for the rest. Send `If-None-Match` with the last `ETag`. Numbers of people are self-selected, not representative.',
      license: { name: 'CC BY 4.0 (contributions)', url: LICENCE },
    },
    servers: [{ url: `${origin}/api/v1` }],
    paths: {
      '/threads': operation('Threads, oldest first', 'Threads', page),
      '/threads/{id}': operation('A thread with its contributions', 'ThreadWithContributions', [
        { ...parameter('id', 'path', 'Of the thread'), required: true },
        ...page,
      ]),
      '/barriers': operation('Barriers: figures and contributions', 'Barriers', [
        ...FILTER_NAMES.map((name) => parameter(name, 'query', FILTERS[name])),
        ...page,
      ]),
      '/digests': operation('Published digests, newest first', 'Digests', page),
    },
    components: {
      schemas: Object.fromEntries(
        Object.entries(schemas).map(([name, { $schema: _, $id: __, id: ___, ...rest }]) => [
          name,
          rest,
        ]),
      ),
    },
  };
}

function parameter(name: string, where: 'query' | 'path', description: string) {
  return { name, in: where, description, schema: { type: 'string' } };
}

function operation(summary: string, schema: string, parameters: object[]) {
  const content = (type: string, name: string) => ({
    content: { [type]: { schema: { $ref: `#/components/schemas/${name}` } } },
  });
  const fault = (description: string) => ({
    description,
    ...content('application/problem+json', 'Problem'),
  });
  return {
    get: {
      summary,
      parameters,
      responses: {
        200: { description: summary, ...content('application/json', schema) },
        304: { description: 'As the ETag says' },
        400: fault('A parameter cannot be understood'),
        404: fault('Not there, or not public'),
      },
    },
  };
}
