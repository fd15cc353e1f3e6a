import { CARD_HEIGHT, CARD_WIDTH } from '~/platform/og-images/og-image-svg';
import { pathTo } from '~/platform/paths';

/** The page's metadata for the HTML head. Loaders return it as `head`. */
export interface PageHead {
  title: string;
  description?: string;
  /** The canonical path of the content. */
  canonical?: string;
  /** Atom feeds of this page: title and path. */
  feeds?: { title: string; path: string }[];
  noindex?: boolean;
  /** The path of the preview image for shared links; null for a preview without an image. */
  card?: string | null;
  /** The style sheet, if not that of all pages. */
  sheet?: 'thread' | 'digest';
  /** True if other sites may embed the page (oEmbed). */
  embeddable?: boolean;
}

interface PageHeadTagsProps {
  head: PageHead | undefined;
  siteName: string;
  origin: string;
}

export function PageHeadTags({ head, siteName, origin }: PageHeadTagsProps) {
  return (
    <>
      <title>{head ? `${head.title} · ${siteName}` : siteName}</title>
      {head?.description && <meta name="description" content={head.description} />}
      {head?.canonical && <link rel="canonical" href={origin + head.canonical} />}
      {head?.noindex && <meta name="robots" content="noindex" />}
      {head?.card !== undefined && !head.noindex && (
        <SharingTags head={head} origin={origin} siteName={siteName} />
      )}
      {head?.embeddable && head.canonical && (
        <link
          rel="alternate"
          type="application/json+oembed"
          title={head.title}
          href={pathTo(`/oembed?format=json&url=${encodeURIComponent(origin + head.canonical)}`)}
        />
      )}
      {head?.feeds?.map((feed) => (
        <link
          key={feed.path}
          rel="alternate"
          type="application/atom+xml"
          title={feed.title}
          href={feed.path}
        />
      ))}
    </>
  );
}

interface SharingTagsProps {
  head: PageHead;
  origin: string;
  siteName: string;
}

/** The tags for previews of shared links (https://ogp.me). */
function SharingTags({ head, origin, siteName }: SharingTagsProps) {
  const facts = {
    'og:type': head.canonical === '/' ? 'website' : 'article',
    'og:site_name': siteName,
    'og:title': head.title,
    'og:description': head.description,
    'og:url': origin + (head.canonical ?? ''),
    ...(head.card && {
      'og:image': origin + head.card,
      'og:image:width': String(CARD_WIDTH),
      'og:image:height': String(CARD_HEIGHT),
    }),
  };
  return (
    <>
      {Object.entries(facts).map(
        ([property, content]) =>
          content && <meta key={property} property={property} content={content} />,
      )}
      <meta name="twitter:card" content={head.card ? 'summary_large_image' : 'summary'} />
    </>
  );
}
