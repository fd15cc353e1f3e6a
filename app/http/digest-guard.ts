import { redirect } from '@remix-run/node';
import { publishedDigest } from '~/digests/digests';
import { parsePeriod } from '~/digests/period';
import { digestPath, type Edition } from '~/digests/present';
import { parseScope, type Scope } from '~/places/scope';
import type { Site } from '~/site';
import { notFound } from './guards';

interface Where {
  request: Request;
  params: { scope?: string; period?: string };
}

/**
 * The published digest that an address names: its newest version, or that of `?version=`. Another
 * spelling of the address is sent to the one that counts; `ending` is what stands after it.
 */
export async function requireDigest(site: Site, { request, params }: Where, ending = '') {
  const scope = requireScope(params.scope);
  const period = parsePeriod((params.period ?? '').toUpperCase());
  if (!period) throw notFound();
  const { search, searchParams } = new URL(request.url);
  if (params.scope !== scope || params.period !== period.id) {
    throw redirect(digestPath(scope, period.id) + ending + search, 301);
  }
  const version = searchParams.get('version');
  if (version !== null && !/^[1-9]\d{0,4}$/.test(version)) throw notFound();
  const wanted = version === null ? undefined : Number(version);
  const digest = await publishedDigest(site.db.reader, scope, period.id, wanted);
  if (!digest) throw notFound();
  return digest;
}

/** The scope that an address names. */
export function requireScope(text: string | undefined): Scope {
  const scope = parseScope(text ?? '');
  if (!scope) throw notFound();
  return scope;
}

/** What a digest is called by on this site. */
export function editionOf(
  { config }: Site,
  digest: Pick<Edition, 'version' | 'contentHash' | 'builtAt' | 'publishedAt'>,
): Edition {
  const { version, contentHash, builtAt, publishedAt } = digest;
  const { siteName, origin } = config;
  return { siteName, origin, version, contentHash, builtAt, publishedAt };
}
