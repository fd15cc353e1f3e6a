import type { ReactNode } from 'react';
import { Text } from '~/ui/i18n';
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
      {excerpts.map((post) => (
        <li key={post.id}>
          <Byline {...post} />
          <p className="prose excerpt" lang={post.language} dir="auto">
            {post.excerpt}
          </p>
          <p className="quiet">
            <Text
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
          </p>
          {act?.(post)}
        </li>
      ))}
    </ol>
  );
}
