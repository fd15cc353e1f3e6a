import { pathTo } from '~/platform/paths';
import { TextLine, useI18n } from '~/ui/i18n';
import { Meta } from '~/ui/row';
import { Day } from '~/ui/time';
import type { AuthorView } from './view';

interface BylineProps {
  author: AuthorView;
  place: string | null;
  createdAt: number;
  /** The permanent URL of the post. */
  path: string;
  editedAt?: number | null;
  /** True to add schema.org attributes: the post is then inside its own item. */
  described?: boolean;
  reading?: { unread: boolean };
}

const PERSON = 'https://schema.org/Person';

/** Author, place and date above a post. */
export function Byline({
  author,
  place,
  createdAt,
  path,
  editedAt,
  reading,
  described,
}: BylineProps) {
  const { t, day } = useI18n();
  return (
    <Meta className="byline">
      {reading?.unread && <strong className="unread">{t('people.notices.unread')}</strong>}
      <span {...(described && { itemProp: 'author', itemScope: true, itemType: PERSON })}>
        <AuthorName author={author} described={described ?? false} />
      </span>
      {place && <span>{place}</span>}
      <a href={path} itemProp={described ? 'url' : undefined}>
        <Day ms={createdAt} itemProp={described ? 'datePublished' : undefined} />
      </a>
      {editedAt && (
        <a href={`${path}/revisions`} rel="nofollow">
          {t('conversation.post.edited', { date: day(editedAt) })}
        </a>
      )}
    </Meta>
  );
}

/** The author's name, linked to the profile if there is one. */
export function AuthorName({ author, described = false }: AuthorNameProps) {
  const name = described ? 'name' : undefined;
  if (author.former) {
    return (
      <span className="author" itemProp={name}>
        {author.name}
      </span>
    );
  }
  return (
    <>
      <a
        className="author"
        itemProp={described ? 'url' : undefined}
        href={pathTo('/u/:handle', { handle: author.handle })}
      >
        <bdi itemProp={name}>{author.name}</bdi>
      </a>
      <NameMarks author={author} />
    </>
  );
}

interface PostLineProps {
  author: AuthorView;
  thread: { title: string; language: string };
  /** Of the post. */
  path: string;
}

/** Names a post on a page about it: its author, and its thread as a link to the post. */
export function PostLine({ author, thread, path }: PostLineProps) {
  const link = (
    <a href={path}>
      <bdi lang={thread.language}>{thread.title}</bdi>
    </a>
  );
  return (
    <TextLine
      className="quiet"
      k="writing.revisions.of"
      values={{ author: <AuthorName author={author} />, thread: link }}
    />
  );
}

/** What tells people with similar names apart: the handle, and the mark of a role. */
export function NameMarks({ author }: { author: Pick<AuthorView, 'handle' | 'name' | 'role'> }) {
  const { t } = useI18n();
  return (
    <>
      {author.name !== author.handle && (
        <>
          {' '}
          <bdi className="handle">@{author.handle}</bdi>
        </>
      )}
      {author.role && (
        <>
          {' '}
          <span className="role">{t(`people.profile.role.${author.role}`)}</span>
        </>
      )}
    </>
  );
}

interface AuthorNameProps {
  author: AuthorView;
  described?: boolean;
}
