import type { LoaderFunctionArgs } from '@remix-run/node';
import { editionOf, presentDigest } from '~/domain/digests/present';
import { siteTranslator } from '~/platform/community/site-translator';
import { DEFAULT_LOCALE } from '~/platform/i18n/locales';
import { requireDigest } from '~/server/digest-guard';
import { cardResponse } from '~/server/og-image-response';
import { wantedLanguage } from '~/ui/forum/translations';

/** The preview image of a published digest, for shared links; the same for everyone. `?in=` is its language. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { app } = context;
  const digest = await requireDigest(app, { request, params }, '/card.png');
  const wanted = wantedLanguage(new URL(request.url), DEFAULT_LOCALE);
  const i18n = siteTranslator(app.community, wanted);
  const said = presentDigest(digest.content, digest.visible, i18n, editionOf(app, digest));
  const leading = said.barriers.slice(0, 3).map((barrier) => barrier.heading);
  return cardResponse(
    request,
    app.cards.draw({
      siteName: `${app.config.siteName} · ${i18n.t('digests.page.digest')}`,
      title: said.title,
      language: i18n.locale,
      detail: leading.join(' · '),
    }),
  );
}
