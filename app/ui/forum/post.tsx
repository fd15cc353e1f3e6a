import type { ReactNode } from 'react';
import type { MessageKey } from '~/platform/i18n/translator';
import { isInLanguage } from '~/platform/languages/tags';
import { pathTo } from '~/platform/paths';
import { GroupNote } from '~/ui/barriers/groups';
import { PostSuggestion } from '~/ui/barriers/post-suggestion';
import { Text, useI18n } from '~/ui/i18n';
import { InPlace } from '~/ui/moderation/in-place';
import { BookmarkButton } from './bookmark-button';
import { Byline } from './byline';
import { MeToo } from './me-too';
import { Topics } from './post-fields';
import type { ContributionView, PostView } from './view';

interface PostProps {
  post: PostView;
  /** The address that opens the composer with this post named; none where nothing can be added. */
  replyHref?: string | undefined;
  kind?: 'opening' | 'contribution' | 'reply';
}

/** The opening belongs to the thread's own item (app/routes/forum/thread.tsx). */
const COMMENT = { itemProp: 'comment', itemScope: true, itemType: 'https://schema.org/Comment' };

/** One person's words: who, where and when above them; what they are about, and what to do, below. */
export function Post({ post, replyHref, kind = 'contribution' }: PostProps) {
  if (post.state === 'deleted') return <Tombstone post={post} />;
  return (
    <article
      className={`post ${kind}`}
      id={post.anchor}
      tabIndex={-1}
      {...(kind !== 'opening' && COMMENT)}
    >
      <Byline {...post} described />
      {post.inReplyTo && (
        <p className="quiet in-reply-to">
          <Text
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
        </p>
      )}
      <StateNotice post={post} />
      <Words lang={post.language} html={post.html} />
      <Topics {...post} />
      <PostSuggestion post={post} />
      {post.group && <GroupNote group={post.group} />}
      {post.duplicateOf && (
        <p className="quiet">
          <Text
            k="conversation.post.duplicate"
            values={{ link: (inner) => <a href={post.duplicateOf ?? ''}>{inner}</a> }}
          />
        </p>
      )}
      <Acts post={post} replyHref={replyHref} />
      {post.mayModerate && <InPlace post={post} />}
    </article>
  );
}

/** What stays of a post that its author deleted; the way back is shown to them alone. */
function Tombstone({ post }: { post: PostView }) {
  const { t } = useI18n();
  return (
    <p className="quiet" id={post.anchor} tabIndex={-1}>
      {t('conversation.post.deleted')}{' '}
      {post.own && <a href={`${post.path}/delete`}>{t('conversation.post.deletedOwn')}</a>}
    </p>
  );
}

/** What a reader can do with a post; nothing at all where there is nothing to do. */
function Acts({ post, replyHref }: Pick<PostProps, 'post' | 'replyHref'>) {
  const { t } = useI18n();
  const { name } = post.author;
  const counted = post.meToos.people > 0;
  const maySayMeToo = post.maySayMeToo || post.maySayMeTooLater;
  const nothing = !maySayMeToo && !counted && !replyHref && !post.mayFlag && !post.flagged;
  if (nothing && !post.reading && !post.own && !post.mayCorrectLanguage) return null;
  return (
    <div className="actions post-acts">
      <MeToo post={post} />
      {replyHref && (
        <a href={replyHref} aria-label={t('conversation.post.replyTo', { name })}>
          {t('conversation.post.reply')}
        </a>
      )}
      {replyHref && post.reading && (
        <a href={`${post.path}/quote`} aria-label={t('writing.quote.of', { name })}>
          {t('writing.quote.link')}
        </a>
      )}
      {post.reading && <BookmarkButton path={post.path} on={post.reading.bookmarked} name={name} />}
      {post.mayFlag && (
        <a
          href={`${post.path}/flag`}
          rel="nofollow"
          aria-label={t('conversation.post.flagOf', { name })}
        >
          {t('conversation.post.flag')}
        </a>
      )}
      {post.mayCorrectLanguage && (
        <a
          href={`${post.path}/language`}
          rel="nofollow"
          aria-label={t('words.language.correctOf', { language: post.languageName })}
        >
          {t('words.language.correct', { language: post.languageName })}
        </a>
      )}
      {post.flagged && <span>{t('moderation.flag.thanks')}</span>}
      {post.mayEdit && <a href={`${post.path}/edit`}>{t('conversation.post.edit')}</a>}
      {post.own && <a href={`${post.path}/delete`}>{t('conversation.post.delete')}</a>}
    </div>
  );
}

/** Rendered and made safe when it was written; each of its blocks finds its own direction. */
function Words({ lang, html }: { lang: string; html: string }) {
  return (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitized by the Markdown renderer
    <div className="prose" itemProp="text" lang={lang} dangerouslySetInnerHTML={{ __html: html }} />
  );
}

/** Why others do not see this post. */
function StateNotice({ post }: { post: PostView }) {
  const { t } = useI18n();
  if (post.state === 'held') {
    if (!post.own) return <CaseNotice k="conversation.post.heldOther" postId={post.id} />;
    return <p className="notice warning">{post.waits ?? t('conversation.post.held')}</p>;
  }
  if (post.state !== 'hidden') return null;
  if (!post.own) return <CaseNotice k="conversation.post.hiddenOther" postId={post.id} />;
  return (
    <p className="notice warning">
      <Text
        k="conversation.post.hidden"
        values={{ link: (inner) => <a href={pathTo('/notifications')}>{inner}</a> }}
      />
    </p>
  );
}

/** Only moderators see what others do not: they are led to its case. */
function CaseNotice({ k, postId }: { k: MessageKey; postId: string }) {
  const { t } = useI18n();
  return (
    <p className="notice warning">
      {t(k)} <a href={pathTo('/mod/posts/:id', { id: postId })}>{t('moderation.log.case')}</a>
    </p>
  );
}

/** A post whose language was not asked for: folded under its author and language, never left out. */
function Foldable({ language, ...props }: PostProps & { language: string | null | undefined }) {
  const { t } = useI18n();
  const { post } = props;
  if (!language || isInLanguage(post.language, language)) return <Post {...props} />;
  return (
    <details className="folded">
      <summary>
        {t('words.filter.folded', { name: post.author.name, language: post.languageName })}
      </summary>
      <Post {...props} />
    </details>
  );
}

interface ContributionProps {
  contribution: ContributionView;
  /** Makes the address that opens the composer with a post named. */
  replyHref?: ((postId: string) => string) | undefined;
  /** The language that was asked for (BCP 47): posts in others are folded. */
  language?: string | null | undefined;
}

/** A contribution and, indented once by a hairline, the replies to it. */
export function Contribution({ contribution, replyHref, language }: ContributionProps): ReactNode {
  const { t } = useI18n();
  const { post, replies, anchor } = contribution;
  return (
    <li>
      {post ? (
        <Foldable language={language} post={post} replyHref={replyHref?.(post.id)} />
      ) : (
        <p className="quiet" id={anchor}>
          {t('conversation.post.gone')}
        </p>
      )}
      {replies.length > 0 && (
        <ol className="replies">
          {replies.map((reply) => (
            <li key={reply.id}>
              <Foldable
                language={language}
                post={reply}
                kind="reply"
                replyHref={replyHref?.(reply.id)}
              />
            </li>
          ))}
        </ol>
      )}
    </li>
  );
}
