import type { ReactNode } from 'react';
import { TextLine, useI18n } from '~/ui/i18n';
import { Byline } from './byline';
import type { ExcerptView } from './view';

interface NewestProps {
  excerpts: ExcerptView[];
  /** Buttons for each post. */
  act?: (post: ExcerptView) => ReactNode;
}

/** Excerpts of posts, outside their threads. */
export function Newest({ excerpts, act }: NewestProps) {
  return (
    <ol className="rows newest">
      {excerpts.map((post, at) => (
        <li key={post.id}>
          <Byline {...post} />
          <Excerpt of={post} />
          {/* Posts of one thread in a row name it once. */}
          {excerpts[at - 1]?.thread.path !== post.thread.path && (
            <TextLine
              className="quiet"
              k="conversation.newest.in"
              values={{
                title: post.thread.title,
                link: (inner) => (
                  <a href={post.thread.path} lang={post.thread.language} dir="auto">
                    {inner}
                  </a>
                ),
              }}
            />
          )}
          {act?.(post)}
        </li>
      ))}
    </ol>
  );
}

/** The latest posts of a place or kind, as a section of its page. */
export function Latest({ excerpts }: Pick<NewestProps, 'excerpts'>) {
  const { t } = useI18n();
  if (excerpts.length === 0) return null;
  return (
    <section aria-labelledby="latest">
      <h2 id="latest">{t('conversation.region.latest')}</h2>
      <Newest excerpts={excerpts} />
    </section>
  );
}

/** The beginning of a post. */
export function Excerpt({ of }: { of: Pick<ExcerptView, 'language' | 'excerpt'> }) {
  return (
    <p className="prose excerpt" lang={of.language} dir="auto">
      {of.excerpt}
    </p>
  );
}
