import { redirect } from '@remix-run/node';
import { type DigestKey, parseDigestKey } from '~/domain/digests/digest-key';
import { publishedDigest } from '~/domain/digests/digests';
import { parsePeriod } from '~/domain/digests/period';
import { digestPath } from '~/domain/digests/present';
import { versionPath } from '~/domain/digests/present-edition';
import type { AppContext } from '~/platform/app-context';
import { notFound } from './guards';

interface Where {
  request: Request;
  params: { scope?: string; period?: string; version?: string };
}

/**
 * The published digest that an address names: its newest version, or the one that `/v/N` names.
 * Another spelling of the address is sent to the one that counts, as is the older `?version=N`;
 * `ending` is what stands after it.
 */
export async function requireDigest(app: AppContext, { request, params }: Where, ending = '') {
  const scope = requireTopic(params.scope);
  const period = parsePeriod((params.period ?? '').toUpperCase());
  if (!period) throw notFound();
  const asked = new URL(request.url).searchParams.get('version');
  const version = params.version ?? asked ?? undefined;
  if (version !== undefined && !/^[1-9]\d{0,4}$/.test(version)) throw notFound();
  const wanted = version === undefined ? undefined : Number(version);
  if (params.scope !== scope || params.period !== period.id || asked !== null) {
    const path =
      wanted === undefined ? digestPath(scope, period.id) : versionPath(scope, period.id, wanted);
    throw redirect(path + ending, 301);
  }
  const digest = await publishedDigest(app.db.reader, scope, period.id, wanted);
  if (!digest) throw notFound();
  return digest;
}

/** The topic that an address names. */
export function requireTopic(text: string | undefined): DigestKey {
  const topic = parseDigestKey(text ?? '');
  if (!topic) throw notFound();
  return topic;
}
