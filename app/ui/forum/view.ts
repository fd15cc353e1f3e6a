import { isFormerHandle } from '~/domain/accounts/users/deleted-users';
import { type Author, authorLabel } from '~/domain/accounts/users/profile';
import { mayFlag, mayModerate, mayPost, type Visitor } from '~/domain/accounts/users/visitor';
import { glossaryTerms } from '~/domain/community/glossary-terms';
import type { ConversationLink } from '~/domain/forum/conversations/conversations';
import { postAnchor, postPath, threadPath, wholePostPath } from '~/domain/forum/paths';
import { reportsBarrier } from '~/domain/forum/posts/evidence';
import { detailsOf, type PostDetails } from '~/domain/forum/posts/post-fields';
import { mayCorrectLanguage } from '~/domain/forum/posts/post-language';
import type { Contribution, Post, PostInThread } from '~/domain/forum/posts/posts';
import type { BookmarkedPost } from '~/domain/forum/read-state/bookmarks';
import type { PageReading } from '~/domain/forum/read-state/thread-reading';
import type { ThreadReading } from '~/domain/forum/read-state/unread';
import type { ThreadRow } from '~/domain/forum/threads/threads';
import { mayTranslate } from '~/domain/forum/translations/translations';
import type { SiteTranslator } from '~/platform/community/site-translator';
import type { Locale } from '~/platform/i18n/locales';
import { translator } from '~/platform/i18n/translator';
import { languageNames } from '~/platform/languages/names';
import { decorateHtml } from '~/platform/markdown/decorate-html';
import { placeName } from '~/platform/places/names';
import type { KeyPointLink } from '~/ui/barriers/key-point-link';
import type { Option } from '~/ui/forms/fields';
import type { PostTopics } from './post-fields';

/*
 * View models that loaders pass to the pages: only data that is shown, with places named in the
 * page's language.
 */

export interface AuthorView {
  handle: string;
  /** The name to show. */
  name: string;
  /** True for a deleted account: it has no profile page. */
  former: boolean;
  /** Shown as a mark beside the name, which no name can contain; null for members. */
  role: 'moderator' | 'administrator' | null;
  /**
   * The name with the handle, for plain text. Names never contain `@`, so it cannot be imitated.
   */
  label: string;
}

export interface PostView extends PostTopics {
  id: string;
  anchor: string;
  path: string;
  state: Post['state'];
  own: boolean;
  author: AuthorView;
  place: string | null;
  createdAt: number;
  editedAt: number | null;
  language: string;
  /** The language's name in the page's language. */
  languageName: string;
  /** True if the reader may change the language of the post. */
  mayCorrectLanguage: boolean;
  /** True if the reader may translate the post. */
  mayTranslate: boolean;
  /** Its translation, which is shown first; the original is folded under it. */
  translated?: TranslationView;
  /** The page that shows its translation into the language of the page. */
  readIn?: string;
  /** Null if the post is too large for the page: then its excerpt is shown, and a link. */
  html: string | null;
  excerpt: string;
  /** The page that shows all of it, and all replies. */
  whole: string;
  meToos: Post['meToos'];
  /** True if the reader may say "I face this too". */
  maySayMeToo: boolean;
  /** True if a logged-out reader may say so now and log in or sign up afterwards. */
  maySayMeTooLater: boolean;
  mayFlag: boolean;
  /** True if the post is the reader's own and can be edited and deleted. */
  mayEdit: boolean;
  /** True if the reader is a moderator and not the post's author. */
  mayModerate: boolean;
  /** The earlier post that reports the same barrier. */
  duplicateOf: string | null;
  /** True if the reader has flagged the post. */
  flagged: boolean;
  /** For a reply to a reply: the post it answers. */
  inReplyTo: { anchor: string; name: string } | null;
  /** True if the reader wrote the post and has not said what it is about. */
  mayAnswer: boolean;
  /** The key point that it reports. */
  keyPoint?: KeyPointLink | undefined;
  /** The reader's bookmark and unread state; undefined if the reader is not logged in. */
  reading?: { unread: boolean; bookmarked: boolean };
  /** For the reader's own held post: why it waits, and how long that usually takes. */
  waits?: string;
}

export interface TranslatorView {
  /** Null for a machine. */
  person: AuthorView | null;
  /** The name of a machine. */
  machine: string;
}

export interface TranslationView {
  /** BCP 47. */
  language: string;
  html: string;
  translator: TranslatorView;
  createdAt: number;
  /** True if the post has been changed since. */
  isOlder: boolean;
}

export interface ContributionView {
  id: string;
  anchor: string;
  post: PostView | null;
  replies: PostView[];
  /** Replies that this page has no room for, and the page that has. */
  more: { count: number; path: string } | null;
}

export interface ExcerptView {
  id: string;
  path: string;
  author: AuthorView;
  place: string | null;
  createdAt: number;
  language: string;
  excerpt: string;
  thread: { path: string; title: string; language: string };
}

export function authorView({ handle, name, role }: Author, locale: Locale): AuthorView {
  const label = authorLabel({ handle, name }, translator(locale));
  if (isFormerHandle(handle)) return { handle, former: true, name: label, role: null, label };
  return {
    handle,
    former: false,
    name: name ?? handle,
    role: role === 'member' ? null : role,
    label,
  };
}

/** @param answered for a reply, the post that it answers */
export function postView(
  post: Post,
  visitor: Visitor,
  { locale, community }: SiteTranslator,
  answered?: Post,
): PostView {
  const own = visitor.person?.id === post.author.id;
  const isVisible = post.state === 'visible';
  const isReport = reportsBarrier(post);
  const mayEdit = own && mayPost(visitor) && (isVisible || post.state === 'held');
  return {
    id: post.id,
    anchor: postAnchor(post.id),
    path: postPath(post.id),
    state: post.state,
    own,
    author: authorView(post.author, locale),
    place: placeOf(post, locale),
    createdAt: post.createdAt,
    editedAt: post.editedAt,
    language: post.language,
    languageName: languageNames(locale)(post.language),
    mayCorrectLanguage: mayCorrectLanguage(visitor, post.author.id),
    mayTranslate: mayTranslate(visitor, post),
    html:
      post.html === null
        ? null
        : decorateHtml(post.html, {
            anchor: postAnchor(post.id),
            terms: glossaryTerms(community, post.language),
          }),
    excerpt: post.excerpt,
    whole: wholePostPath(post.id),
    ...topicsOf(post),
    meToos: post.meToos,
    // Who said it can always take it back.
    maySayMeToo: mayPost(visitor) && !own && isVisible && (isReport || post.meToos.own),
    maySayMeTooLater: visitor.person === null && isVisible && isReport,
    // Visitors without an account are asked to log in. Nobody flags a question of the site's own.
    mayFlag:
      (visitor.person === null || mayFlag(visitor)) &&
      !own &&
      isVisible &&
      !post.flagged &&
      !(post.isOpening && post.questionNumber !== null),
    mayEdit,
    mayAnswer: mayEdit && !post.isOpening && !post.notBarrier && post.barriers.length === 0,
    mayModerate: mayModerate(visitor) && !own,
    duplicateOf: post.duplicateOf && postPath(post.duplicateOf),
    flagged: post.flagged,
    inReplyTo:
      answered && answered.state !== 'deleted'
        ? { anchor: postAnchor(answered.id), name: authorView(answered.author, locale).label }
        : null,
  };
}

function topicsOf(post: Post): PostTopics {
  const { country: _named, region: _inByline, ...topics } = detailsOf(post);
  return { ...topics, barriersNamedBy: post.barriersNamedBy };
}

/** Returns a contribution with its replies; a reply to a reply names its author. */
export function contributionView(
  { id, post, replies, repliesLeft }: Contribution,
  visitor: Visitor,
  i18n: SiteTranslator,
  reading: PageReading | null = null,
): ContributionView {
  const byId = new Map(replies.map((reply) => [reply.id, reply]));
  return {
    id,
    anchor: postAnchor(id),
    post: post && withReading(postView(post, visitor, i18n), reading),
    replies: replies.map((reply) =>
      withReading(postView(reply, visitor, i18n, byId.get(reply.replyToId ?? '')), reading),
    ),
    more: repliesLeft > 0 ? { count: repliesLeft, path: `${wholePostPath(id)}#replies` } : null,
  };
}

/** Returns the post with the reader's bookmark and unread state. */
export function withReading(post: PostView, reading: PageReading | null): PostView {
  if (!reading) return post;
  const { unreadPosts, bookmarkedPosts } = reading;
  return {
    ...post,
    reading: { unread: unreadPosts.has(post.id), bookmarked: bookmarkedPosts.has(post.id) },
  };
}

export function excerptView(
  post: PostInThread | BookmarkedPost,
  i18n: SiteTranslator,
): ExcerptView {
  const { locale } = i18n;
  const { title, language } = i18n.titled('thread', post.thread);
  return {
    id: post.id,
    path: postPath(post.id),
    author: authorView(post.author, locale),
    place: placeOf(post, locale),
    createdAt: post.createdAt,
    language: post.language,
    excerpt: post.excerpt,
    thread: { path: threadPath(post.thread), title, language },
  };
}

export interface ThreadRowView
  extends Pick<
    ThreadRow,
    | 'id'
    | 'title'
    | 'language'
    | 'questionNumber'
    | 'activeAt'
    | 'pillars'
    | 'answers'
    | 'people'
    | 'countries'
  > {
  path: string;
  locked: boolean;
  pinned: boolean;
  /** Number of posts the reader has not read; 0 if not logged in. */
  unread: number;
  muted: boolean;
}

/** Translates titles into a language (BCP 47) other than that of the page. */
export function titlesIn(
  { community }: SiteTranslator,
  language: string,
): Pick<SiteTranslator, 'titled'> {
  return { titled: (subject, row) => community.titled(subject, row, language) };
}

/** Returns what to choose a conversation from, titled in the reader's language. */
export function conversationOptions(
  rows: readonly ConversationLink[],
  i18n: Pick<SiteTranslator, 'titled'>,
): Option[] {
  return rows.map((one) => ({ value: one.slug, label: i18n.titled('conversation', one).title }));
}

/** A thread with its title in the reader's language, if there is one. */
export function threadRowView(
  thread: ThreadRow,
  i18n: Pick<SiteTranslator, 'titled'>,
  reading?: ThreadReading,
): ThreadRowView {
  const { id, questionNumber, activeAt, pillars, answers, people, countries } = thread;
  const { title, language } = i18n.titled('thread', thread);
  return {
    id,
    title,
    language,
    questionNumber,
    activeAt,
    pillars,
    answers,
    people,
    countries,
    path: threadPath(thread),
    locked: thread.state === 'locked',
    pinned: thread.pinnedAt !== null,
    unread: reading?.unread ?? 0,
    muted: reading?.watch === 'muted',
  };
}

/** The place of a post as shown above it; it says where the post is about another one. */
export function placeOf(
  post: Pick<PostDetails, 'country' | 'region' | 'writtenFrom'>,
  locale: Locale,
): string | null {
  if (post.writtenFrom) {
    const place = placeName(post.writtenFrom, locale);
    return translator(locale).t('conversation.post.elsewhere', { place });
  }
  const code = post.country ?? post.region;
  return code && placeName(code, locale);
}
