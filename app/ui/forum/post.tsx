import { Children, type ReactNode } from 'react';
import type { MessageKey } from '~/platform/i18n/translator';
import { isInLanguage } from '~/platform/languages/tags';
import { pathTo } from '~/platform/paths';
import { KeyPointNote } from '~/ui/barriers/key-points';
import { drawnOnce } from '~/ui/drawn-once';
import { Gap, linkTo, TextLine, useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { InPlace } from '~/ui/moderation/in-place';
import { Meta } from '~/ui/row';
import { BookmarkButton } from './bookmark-button';
import { Byline } from './byline';
import { hasMeToo, MeToo } from './me-too';
import { Topics } from './post-fields';
import { Translated } from './post-translation';
import type { ContributionView, PostView } from './view';

interface PostProps {
  post: PostView;
  /** The URL that opens the form to reply to this post; undefined if replies are not possible. */
  replyHref?: string | undefined;
  /** True of the post that opens the thread. */
  opening?: boolean;
}

/** The opening post belongs to the thread's own item (app/routes/forum/thread.tsx). */
const COMMENT = { itemProp: 'comment', itemScope: true, itemType: 'https://schema.org/Comment' };

/** A post: author, place and date above; fields and actions below. */
export const Post = drawnOnce(({ post, replyHref, opening = false }: PostProps) => {
  const { t } = useI18n();
  if (post.state === 'deleted') return <Tombstone post={post} />;
  return (
    <article
      className={opening ? 'post opening' : 'post'}
      id={post.anchor}
      tabIndex={-1}
      aria-label={t('conversation.post.by', { name: post.author.name })}
      {...(!opening && COMMENT)}
    >
      <Byline {...post} described />
      {post.inReplyTo && (
        <TextLine
          className="quiet in-reply-to"
          k="conversation.post.inReplyTo"
          values={{
            name: post.inReplyTo.name,
            link: (inner) => (
              <a href={`#${post.inReplyTo?.anchor}`}>
                <bdi>{inner}</bdi>
              </a>
            ),
          }}
        />
      )}
      <StateNotice post={post} />
      {post.html === null ? (
        <Folded post={post} />
      ) : post.translated ? (
        <Translated post={post} translation={post.translated}>
          <Words lang={post.language} html={post.html} />
        </Translated>
      ) : (
        <Words lang={post.language} html={post.html} />
      )}
      {post.readIn && (
        <p className="quiet">
          <a href={post.readIn} rel="nofollow">
            {t('translations.read')}
          </a>
        </p>
      )}
      <Topics {...post} />
      {post.keyPoint && <KeyPointNote point={post.keyPoint} />}
      {post.duplicateOf && (
        <TextLine
          className="quiet"
          k="conversation.post.duplicate"
          values={{ link: linkTo(post.duplicateOf ?? '') }}
        />
      )}
      <Acts post={post} replyHref={replyHref} />
      {post.flagged && <p className="quiet">{t('moderation.flag.thanks')}</p>}
      {post.mayModerate && <InPlace post={post} />}
    </article>
  );
});

/** Placeholder for a post that its author deleted; only the author gets the link to restore it. */
function Tombstone({ post }: { post: PostView }) {
  const { t } = useI18n();
  return (
    <p className="quiet" id={post.anchor} tabIndex={-1}>
      {t('conversation.post.deleted')}
      <Gap />
      {post.own && <a href={`${post.path}/delete`}>{t('conversation.post.deletedOwn')}</a>}
    </p>
  );
}

/** The reader's actions in one row, the rarer ones folded; nothing if there are none. */
function Acts({ post, replyHref }: Pick<PostProps, 'post' | 'replyHref'>) {
  const { t } = useI18n();
  const { name } = post.author;
  const acts = [
    hasMeToo(post) && <MeToo post={post} />,
    replyHref && (
      <a href={replyHref} aria-label={t('conversation.post.replyTo', { name })}>
        {t('conversation.post.reply')}
      </a>
    ),
    post.mayEdit && <a href={`${post.path}/edit`}>{t('conversation.post.edit')}</a>,
    post.mayAnswer && <a href={`${post.path}/about`}>{t('asking.kinds.title')}</a>,
  ].filter(Boolean);
  const rarer = [
    replyHref && post.reading && (
      <a href={`${post.path}/quote`} aria-label={t('writing.quote.of', { name })}>
        {t('writing.quote.link')}
      </a>
    ),
    post.reading && <BookmarkButton path={post.path} on={post.reading.bookmarked} name={name} />,
    post.mayFlag && (
      <a href={`${post.path}/flag`} aria-label={t('conversation.post.flagOf', { name })}>
        {t('conversation.post.flag')}
      </a>
    ),
    post.mayTranslate && (
      <a
        href={`${post.path}/translate`}
        rel="nofollow"
        aria-label={t('translations.translateOf', { name })}
      >
        {t('translations.translate')}
      </a>
    ),
    post.mayCorrectLanguage && (
      <a
        href={`${post.path}/language`}
        rel="nofollow"
        aria-label={t('words.language.correctOf', { language: post.languageName })}
      >
        {t('words.language.correct', { language: post.languageName })}
      </a>
    ),
    post.own && <a href={`${post.path}/delete`}>{t('conversation.post.delete')}</a>,
  ].filter(Boolean);
  if (acts.length + rarer.length === 0) return null;
  const isFolded = rarer.length > 1;
  return (
    <Meta as="div" className="post-acts" separator=" · ">
      {Children.toArray(isFolded ? acts : [...acts, ...rarer])}
      {isFolded && (
        <details className="more">
          <summary aria-label={t('conversation.post.moreOf', { name })}>
            {t('conversation.post.more')}
          </summary>{' '}
          <Meta as="div">{Children.toArray(rarer)}</Meta>
        </details>
      )}
    </Meta>
  );
}

/** The HTML was sanitised when the post was written; each block has its own direction. */
function Words({ lang, html }: { lang: string; html: string }) {
  return (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitized by the Markdown renderer
    <div className="prose" itemProp="text" lang={lang} dangerouslySetInnerHTML={{ __html: html }} />
  );
}

/** The beginning of a post that is too long for the page it is on, with a link to all of it. */
function Folded({ post }: { post: PostView }) {
  const { t } = useI18n();
  return (
    <>
      <p className="prose excerpt" itemProp="text" lang={post.language} dir="auto">
        {post.excerpt}
      </p>
      <p>
        <a
          href={post.whole}
          aria-label={t('conversation.post.wholeOf', { name: post.author.label })}
        >
          {t('conversation.post.whole')}
        </a>
      </p>
    </>
  );
}

/** Why others cannot see this post. */
function StateNotice({ post }: { post: PostView }) {
  const { t } = useI18n();
  if (post.state === 'held') {
    if (!post.own) return <CaseNotice k="conversation.post.heldOther" postId={post.id} />;
    return <p className="notice warning">{post.waits ?? t('conversation.post.held')}</p>;
  }
  if (post.state !== 'hidden') return null;
  if (!post.own) return <CaseNotice k="conversation.post.hiddenOther" postId={post.id} />;
  return (
    <TextLine
      className="notice warning"
      k="conversation.post.hidden"
      values={{ link: linkTo(pathTo('/notifications')) }}
    />
  );
}

/** For moderators: why others cannot see this post, with a link to its case. */
function CaseNotice({ k, postId }: { k: MessageKey; postId: string }) {
  const { t } = useI18n();
  return (
    <p className="notice warning">
      {t(k)} <a href={pathTo('/mod/posts/:id', { id: postId })}>{t('moderation.log.case')}</a>
    </p>
  );
}

/** A post in a language filtered out: folded under its author and language, never removed. */
function Foldable({ language, ...props }: PostProps & { language: string | null | undefined }) {
  const { t } = useI18n();
  const { post } = props;
  if (!language || isInLanguage(post.language, language)) return <Post {...props} />;
  return (
    <details className="folded">
      <summary>
        {t('words.filter.folded', { name: post.author.label, language: post.languageName })}
      </summary>
      <Post {...props} />
    </details>
  );
}

interface ContributionProps {
  contribution: ContributionView;
  /** Returns the URL that opens the form to reply to a post. */
  replyHref?: ((postId: string) => string) | undefined;
  /** The language to show (BCP 47): posts in others are folded. */
  language?: string | null | undefined;
  /** Stands below the post. */
  about?: ReactNode;
}

/** A contribution and the replies to it, indented once. */
export function Contribution({
  contribution,
  replyHref,
  language,
  about,
}: ContributionProps): ReactNode {
  const { t } = useI18n();
  const { post, replies, anchor, more } = contribution;
  return (
    <li>
      {post ? (
        <Foldable language={language} post={post} replyHref={replyHref?.(post.id)} />
      ) : (
        <p className="quiet" id={anchor}>
          {t('conversation.post.gone')}
        </p>
      )}
      {about}
      {replies.length > 0 && (
        <ol className="replies">
          {replies.map((reply) => (
            <li key={reply.id}>
              <Foldable language={language} post={reply} replyHref={replyHref?.(reply.id)} />
            </li>
          ))}
        </ol>
      )}
      {more && (
        <LinkLine
          className="more-replies"
          href={more.path}
          label={t('conversation.replies.more', { n: more.count })}
        />
      )}
    </li>
  );
}
