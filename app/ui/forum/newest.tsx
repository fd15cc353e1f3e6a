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
          {/* Posts of one thread in a row name it once, above the first. */}
          {excerpts[at - 1]?.thread.path !== post.thread.path && <InThread thread={post.thread} />}
          <Byline {...post} />
          <Excerpt of={post} />
          {act?.(post)}
        </li>
      ))}
    </ol>
  );
}

/** Names the thread of a post outside it. */
export function InThread({ thread }: { thread: ExcerptView['thread'] }) {
  return (
    <TextLine
      className="quiet"
      k="conversation.newest.in"
      values={{
        title: thread.title,
        link: (inner) => (
          <a href={thread.path} lang={thread.language} dir="auto">
            {inner}
          </a>
        ),
      }}
    />
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
