import { redirect } from '@remix-run/node';
import {
  conversationOf,
  type DigestKey,
  parseDigestKey,
  pillarOf,
} from '~/domain/digests/digest-key';
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
 * Returns the published digest of a URL: its newest version, or the one in `/v/N`. Other spellings
 * of the URL, and the older `?version=N`, are redirected to the canonical URL; `ending` is the part
 * after it.
 */
export async function requireDigest(app: AppContext, where: Where, ending = '') {
  const { scope, period, wanted } = readDigestAddress(app, where, ending);
  const digest = await publishedDigest(app.db.reader, scope, period.id, { version: wanted });
  if (!digest) throw notFound();
  return digest;
}

/** Reads the URL of a digest, which may not exist; redirects other spellings. */
export function readDigestAddress(app: AppContext, { request, params }: Where, ending = '') {
  const scope = requireTopic(app, params.scope);
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
  return { scope, period, wanted };
}

/** Returns the topic in a URL; throws a 404 response if it is not valid. */
export function requireTopic({ community }: AppContext, text: string | undefined): DigestKey {
  const topic = parseDigestKey(text ?? '');
  if (!topic) throw notFound();
  const [pillar, conversation] = [pillarOf(topic), conversationOf(topic)];
  // Digests of a pillar that was retired or merged keep their links.
  if (pillar && !community.find('pillar', pillar)) throw notFound();
  if (conversation && !community.conversations.has(conversation)) throw notFound();
  return topic;
}
