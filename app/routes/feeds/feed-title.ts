import type { AppLoadContext } from '@remix-run/node';

/** Returns the title of a feed of the whole site, after the site's name. */
export function feedTitle({ app, visit }: AppLoadContext, what: string): string {
  return visit.i18n.withoutIsolates().t('site.pair', { of: app.config.siteName, what });
}
