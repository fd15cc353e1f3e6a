import { postPath } from '~/domain/forum/paths';
import type { Evidence as CaseEvidence } from '~/domain/moderation/decisions/evidence';
import { pathTo } from '~/platform/paths';
import { Gap, Text, useI18n } from '~/ui/i18n';
import { ExcerptLink, Name, Said, Since } from '~/ui/moderation/words';
import { Meta } from '~/ui/row';
import { Day, Minute } from '~/ui/time';
import type { CaseView } from './case-view';
import { LegalNotices } from './legal-notices';
import { reasonName, ruleTitle } from './names';
import { Signals } from './signals';
import { Words } from './words';

/** The evidence for a decision, in reading order. */
export function Evidence({ view, action }: { view: CaseView; action: string }) {
  return (
    <>
      <Post view={view} />
      <LegalNotices notices={view.notices} />
      <Flags flags={view.flags} current={view.id} postId={view.post?.id ?? ''} />
      <Signals signals={view.signals} />
      <Decisions decisions={view.decisions} action={action} />
      <Context context={view.context} />
      <History history={view.history} author={view.author} />
    </>
  );
}

function Post({ view: { author, post, thread } }: { view: CaseView }) {
  const { t, minute } = useI18n();
  if (!post) return null;
  return (
    <section className="evidence" aria-labelledby="evidence-words">
      <h2 id="evidence-words" className="visually-hidden">
        {t('moderation.case.words')}
      </h2>
      <Meta>
        <span>
          <a href={pathTo('/u/:handle', { handle: author.handle })}>
            <bdi>{author.handle}</bdi>
          </a>
        </span>
        {post.place && <span>{post.place}</span>}
        <Minute ms={post.createdAt} />
        {post.editedAt !== null && (
          <span>{t('moderation.case.edited', { when: minute(post.editedAt) })}</span>
        )}
      </Meta>
      <Meta>
        <a href={pathTo('/p/:id', { id: post.id })}>
          <bdi lang={thread?.language}>{thread?.title}</bdi>
        </a>
      </Meta>
      <Words html={post.html} language={post.language} />
    </section>
  );
}

function Flags({
  flags,
  current,
  postId,
}: {
  flags: CaseEvidence['flags'];
  current: string | null;
  postId: string;
}) {
  const i18n = useI18n();
  const { t } = i18n;
  if (flags.length === 0) return null;
  return (
    <section className="evidence">
      <h2>{t('moderation.case.flags', { count: flags.length })}</h2>
      <ul className="rows">
        {flags.map((flag) => (
          <li key={flag.id}>
            <b>{reasonName(i18n, flag.reason)}</b>
            <Meta>
              <Name>{flag.by}</Name>
              <Minute ms={flag.createdAt} />
              {flag.translationId && (
                <a href={`${postPath(postId)}/translations#${flag.translationId}`}>
                  {t('translations.flag.about')}
                </a>
              )}
              {flag.caseId !== current && <span>{t('moderation.case.earlierCase')}</span>}
            </Meta>
            {flag.note && <Said>{flag.note}</Said>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Decisions({ decisions, action }: Pick<CaseView, 'decisions'> & { action: string }) {
  const i18n = useI18n();
  const { t } = i18n;
  if (decisions.length === 0) return null;
  return (
    <section className="evidence">
      <h2>{t('moderation.case.decisions')}</h2>
      <ul className="rows">
        {decisions.map((decision) => (
          <li key={decision.id}>
            <a href={pathTo('/decisions/:id', { id: decision.id })}>
              {t(`moderation.action.${decision.action}.done`)}
            </a>
            <Meta>
              {decision.rule && <span>{ruleTitle(i18n, decision.rule)}</span>}
              <Name>{decision.moderator ?? t('moderation.log.machine')}</Name>
              <Minute ms={decision.createdAt} />
              {decision.takenBackBy && <span>{t('moderation.case.undone')}</span>}
            </Meta>
            {decision.note && <Said>{decision.note}</Said>}
            {decision.privateNote && (
              <p className="quiet" dir="auto">
                {t('moderation.case.private', { note: decision.privateNote })}
              </p>
            )}
            {decision.undoable && <Undo decision={decision} action={action} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Undo({ decision, action }: { decision: CaseView['decisions'][number]; action: string }) {
  const { t } = useI18n();
  const done = t(`moderation.action.${decision.action}.done`);
  return (
    <form
      method="post"
      action={decision.caseId ? pathTo('/mod/cases/:id', { id: decision.caseId }) : action}
    >
      <input type="hidden" name="undoes" value={decision.id} />
      <button
        type="submit"
        name="action"
        value="undo"
        aria-label={t('moderation.case.undoOf', { action: done })}
      >
        {t('moderation.case.undo')}
      </button>
    </form>
  );
}

function Context({ context }: Pick<CaseEvidence, 'context'>) {
  const { t } = useI18n();
  const around = (['answered', 'before', 'after'] as const).flatMap((place) => {
    const post = context[place];
    return post ? [{ place, post }] : [];
  });
  if (around.length === 0) return null;
  return (
    <section className="evidence">
      <h2>{t('moderation.case.context')}</h2>
      <ul className="rows">
        {around.map(({ place, post }) => (
          <li key={place}>
            <Meta>
              <span>
                <b>{t(`moderation.case.${place}`)}</b>
              </span>
              <Name>{post.author}</Name>
              <Day ms={post.createdAt} />
            </Meta>
            <ExcerptLink href={pathTo('/p/:id', { id: post.id })} of={post} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function History({ history, author }: Pick<CaseView, 'history' | 'author'>) {
  const i18n = useI18n();
  const { t } = i18n;
  return (
    <section className="evidence">
      <h2>
        <Text k="moderation.case.author" values={{ author: <bdi>{author.handle}</bdi> }} />
      </h2>
      <p>
        <Since {...author} />
        <Gap />
        {t('moderation.case.posts', { count: history.posts })}
        <Gap />
        {t('moderation.case.record', { count: history.decisions })}
      </p>
      {history.earlier.length > 0 && (
        <ul className="rows">
          {history.earlier.map((decision) => (
            <li key={decision.id}>
              <a
                href={
                  decision.caseId
                    ? pathTo('/mod/cases/:id', { id: decision.caseId })
                    : pathTo('/decisions/:id', { id: decision.id })
                }
              >
                {t(`moderation.action.${decision.action}.done`)}
              </a>
              <Meta>
                {decision.rule && <span>{ruleTitle(i18n, decision.rule)}</span>}
                <Day ms={decision.createdAt} />
              </Meta>
            </li>
          ))}
        </ul>
      )}
      {history.recent.length > 0 && (
        <details>
          <summary>{t('moderation.case.recent')}</summary>
          <ul className="rows">
            {history.recent.map((post) => (
              <li key={post.id}>
                <Meta>
                  <Day ms={post.createdAt} />
                </Meta>
                <ExcerptLink href={pathTo('/p/:id', { id: post.id })} of={post} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
