import type { LoaderFunctionArgs } from '@remix-run/node';
import { findConversation } from '~/domain/forum/conversations/conversations';
import { findThread } from '~/domain/forum/threads/threads';
import { EVERYBODY } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import { pathTo } from '~/platform/paths';
import { placeName } from '~/platform/places/names';
import { isRegion } from '~/platform/places/places';
import { readAbsoluteUrl } from '~/platform/text/absolute-url';
import { badParameter, noSuchThing } from '~/server/api-guard';
import { jsonData, problem } from '~/server/data-response';
import { embedFrame } from '~/server/embed';

const WIDTH = 640;
const HEIGHT = 560;

/** oEmbed 1.0 (https://oembed.com): how other sites can embed a thread, a conversation or a region. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { config } = app;
  const { searchParams } = new URL(request.url);
  if ((searchParams.get('format') ?? 'json') !== 'json') {
    return problem(501, 'Not Implemented', 'There is JSON only: format=json.');
  }
  const wanted = searchParams.get('url');
  const url = readAbsoluteUrl(wanted ?? '');
  if (!url) return badParameter('url');
  const found = await embeddable(app, url, visit.i18n.locale);
  if (!found) return noSuchThing();
  const width = atMost(searchParams.get('maxwidth'), WIDTH);
  const height = atMost(searchParams.get('maxheight'), HEIGHT);
  const { path, title } = found;
  return jsonData(request, {
    version: '1.0',
    type: 'rich',
    title,
    provider_name: config.siteName,
    provider_url: config.origin,
    cache_age: 3600,
    width,
    height,
    html: embedFrame({ src: config.origin + path, title, width, height }),
  });
}

/** Returns the thread, conversation or region at a URL of this site; null if it may not be embedded. */
async function embeddable({ db, config }: AppContext, url: URL, locale: string) {
  if (url.origin !== config.origin) return null;
  const [kind, code = ''] = url.pathname.split('/').slice(1).map(decoded);
  if (kind === 'regions' && isRegion(code)) {
    return { path: pathTo('/embed/regions/:m49', { m49: code }), title: placeName(code, locale) };
  }
  if (kind === 'c') {
    const found = await findConversation(db.reader, code, EVERYBODY);
    return found && { path: pathTo('/embed/c/:slug', { slug: found.slug }), title: found.title };
  }
  if (kind !== 't') return null;
  const thread = await findThread(db.reader, code, EVERYBODY);
  return thread && { path: pathTo('/embed/t/:id', { id: thread.id }), title: thread.title };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

function atMost(text: string | null, usual: number): number {
  return text && /^[1-9]\d{0,4}$/.test(text) ? Math.min(usual, Number(text)) : usual;
}
