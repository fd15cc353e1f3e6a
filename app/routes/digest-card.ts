import type { LoaderFunctionArgs } from '@remix-run/node';
import { presentDigest } from '~/digests/present';
import { cardResponse } from '~/http/card-response';
import { editionOf, requireDigest } from '~/http/digest-guard';
import { DEFAULT_LOCALE } from '~/i18n/locales';
import { translator } from '~/i18n/translator';

/** The picture of a published digest where its address is shared; the same for everybody. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { site } = context;
  const digest = await requireDigest(site, { request, params }, '/card.png');
  const i18n = translator(DEFAULT_LOCALE);
  const said = presentDigest(digest.content, digest.visible, i18n, editionOf(site, digest));
  const leading = said.barriers.slice(0, 3).map((barrier) => barrier.heading);
  return cardResponse(
    request,
    site.cards.draw({
      siteName: `${site.config.siteName} · ${i18n.t('digests.page.digest')}`,
      title: said.title,
      language: i18n.locale,
      detail: leading.join(' · '),
    }),
  );
}
