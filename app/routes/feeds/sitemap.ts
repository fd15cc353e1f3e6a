import type { LoaderFunctionArgs } from '@remix-run/node';
import { pathTo } from '~/platform/paths';
import { isSmall, sitemapEntries, sitemapFiles, sitemapXml } from './sitemap-urls';

/** The URLs of all pages while the site is small; after that the files that have them. */
export async function loader({ context }: LoaderFunctionArgs) {
  const { app } = context;
  const files = await sitemapFiles(app);
  if (!isSmall(files)) {
    const parts = files.map((file) => ({ path: pathTo('/sitemap/:file.xml', { file }) }));
    return sitemapXml('sitemapindex', app.config.origin, parts);
  }
  const entries = [];
  for (const file of files) entries.push(...((await sitemapEntries(app, file)) ?? []));
  return sitemapXml('urlset', app.config.origin, entries);
}
