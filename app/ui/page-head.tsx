/** What a page says of itself in its head. Loaders return it as `head`. */
export interface PageHead {
  title: string;
  description?: string;
  /** The path of the one address this content has. */
  canonical?: string;
  /** Atom feeds of this page: title and path. */
  feeds?: { title: string; path: string }[];
  noindex?: boolean;
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
