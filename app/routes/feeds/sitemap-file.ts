import type { LoaderFunctionArgs } from '@remix-run/node';
import { notFound } from '~/server/guards';
import { sitemapEntries, sitemapXml } from './sitemap-urls';

/** One file of the sitemap of a large site. */
export async function loader({ context, params }: LoaderFunctionArgs) {
  const { app } = context;
  const entries = await sitemapEntries(app, params.file ?? '');
  if (!entries) throw notFound();
  return sitemapXml('urlset', app.config.origin, entries);
}
