import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { notFound, requirePerson } from '~/http/guards';
import { decisionFor } from '~/moderation/decision';
import { mayModerate } from '~/people/visitor';
import { Text, useI18n } from '~/ui/i18n';
import { Words } from '~/ui/moderation/words';
import { isRule } from '~/vocabularies/vocabularies';

/** The notice to an author. A link in a mail leads here, so that who is logged out logs in first. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  requirePerson(context, request);
  const { site, visit } = context;
  const found = await decisionFor(site.db.reader, visit.visitor, params.id ?? '');
  if (!found) throw notFound();
  const { author, caseId, ...decision } = found;
  return {
    head: { title: visit.i18n.t(`moderation.decision.${found.outcome}.title`), noindex: true },
    decision,
    /** For a moderator who looks at the notice as its author reads it. */
    forModerator:
      mayModerate(visit.visitor) && !found.isAuthor ? { caseId, author: author.handle } : null,
  };
}

export default function Decision() {
  const { decision, forModerator } = useLoaderData<typeof loader>();
  const { t, day, minute } = useI18n();
  const { outcome, rule, note, post, thread, later } = decision;
  return (
    <article className="decision">
      {forModerator && (
        <p className="quiet">
          <Text
            k="moderation.decision.asAuthor"
            values={{ author: <bdi>{forModerator.author}</bdi> }}
          />{' '}
          {forModerator.caseId && (
            <a href={`/mod/cases/${forModerator.caseId}`}>{t('moderation.log.case')}</a>
          )}
        </p>
      )}
      <h1>{t(`moderation.decision.${outcome}.title`)}</h1>
      <p className="lead">
        <Text
          k={`moderation.decision.${outcome}.what`}
          values={{
            thread: <bdi lang={thread.language}>{thread.title}</bdi>,
            day: day(decision.createdAt),
          }}
        />
      </p>
      {later.length > 0 && (
        <>
          <h2>{t('moderation.decision.later')}</h2>
          <ul>
            {later.map((next) => (
              <li key={next.id}>
                <a href={`/decisions/${next.id}`}>{t(`moderation.action.${next.action}.done`)}</a>,{' '}
                {minute(next.createdAt)}
              </li>
            ))}
          </ul>
        </>
      )}
      {rule && isRule(rule) && (
        <>
          <h2>{t('moderation.decision.rule')}</h2>
          <p>
            <b>{t(`vocabulary.rule.${rule}.title`)}.</b> {t(`vocabulary.rule.${rule}.text`)}
          </p>
        </>
      )}
      {note && (
        <>
          <h2>{t('moderation.decision.note')}</h2>
          <p className="said" dir="auto">
            {note}
          </p>
        </>
      )}
      <h2>{t('moderation.decision.words')}</h2>
      <p className="quiet">{t('moderation.decision.written', { day: day(post.createdAt) })}</p>
      <Words html={post.html} language={post.language} />
      <h2>{t('moderation.decision.can')}</h2>
      <p>{t(`moderation.decision.${outcome}.can`)}</p>
      <ul>
        {post.state === 'visible' && (
          <li>
            <a href={`/p/${post.id}`}>{t('moderation.decision.see')}</a>
          </li>
        )}
        <li>
          <a href="/rules">{t('moderation.decision.rules')}</a>
        </li>
        <li>
          <a href="/moderation">{t('moderation.decision.log')}</a>
        </li>
      </ul>
    </article>
  );
}
