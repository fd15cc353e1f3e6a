import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { mayModerate } from '~/domain/accounts/users/visitor';
import { ACTIONS } from '~/domain/moderation/actions';
import { decisionFor } from '~/domain/moderation/decisions/decision';
import { messagesOf } from '~/domain/moderation/decisions/decision-messages';
import { roleIn } from '~/domain/moderation/decisions/outcome';
import { factsOf, redressOf } from '~/domain/moderation/decisions/statement-of-reasons';
import { pathTo } from '~/platform/paths';
import { newFormKey } from '~/server/forms';
import { notFound, requirePerson } from '~/server/guards';
import { Gap, langOfTerm, linkTo, Text, TextLine, useI18n } from '~/ui/i18n';
import { LinkItem } from '~/ui/links';
import { AppealForm, AppealState } from '~/ui/moderation/appeal';
import { Said, Words } from '~/ui/moderation/words';

/** A decision's statement for its author. Emails link to it, so visitors are asked to log in. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  requirePerson(context, request);
  const { app, visit } = context;
  const { i18n } = visit;
  const found = await decisionFor(app, visit.visitor, params.id ?? '');
  if (!found) throw notFound();
  const { decision, author, thread, outcome, isAuthor } = found;
  const { limits } = ACTIONS[decision.action];
  const said = messagesOf(i18n, outcome, {
    thread,
    until: decision.until,
    day: decision.createdAt,
    role: roleIn(decision.change, 'to'),
  });
  return {
    head: { title: said.title, noindex: true },
    said,
    decision: {
      id: decision.id,
      rule: decision.rule,
      note: decision.note,
      until: decision.until,
      partOfId: decision.partOfId,
    },
    facts: limits ? factsOf(i18n, decision, found.causes) : null,
    redress: limits && found.noAppeal === null ? redressOf(i18n, decision) : null,
    post: found.post,
    later: found.later,
    takenBackBy: found.takenBackBy,
    appeal: found.appeal,
    appealKey: isAuthor && found.noAppeal === null ? newFormKey() : null,
    /** For a moderator who views the statement as its author sees it. */
    forModerator:
      mayModerate(visit.visitor) && !isAuthor
        ? { caseId: decision.caseId, author: author.handle }
        : null,
  };
}

export default function Decision() {
  const data = useLoaderData<typeof loader>();
  const { decision, said, post, later, forModerator, takenBackBy } = data;
  const i18n = useI18n();
  const { t, day, minute, name, describe } = i18n;
  const { rule, note } = decision;
  return (
    <article className="decision">
      {forModerator && (
        <p className="quiet">
          <Text
            k="moderation.decision.asAuthor"
            values={{ author: <bdi>{forModerator.author}</bdi> }}
          />
          <Gap />
          {forModerator.caseId && (
            <a href={pathTo('/mod/cases/:id', { id: forModerator.caseId })}>
              {t('moderation.log.case')}
            </a>
          )}
        </p>
      )}
      <h1>{said.title}</h1>
      {takenBackBy && (
        <TextLine
          className="notice"
          k="moderation.decision.takenBack"
          values={{ link: linkTo(pathTo('/decisions/:id', { id: takenBackBy })) }}
        />
      )}
      <p className="lead">{said.page}</p>
      {later.length > 0 && (
        <>
          <h2>{t('moderation.decision.later')}</h2>
          <ul>
            {later.map((next) => (
              <li key={next.id}>
                <a href={pathTo('/decisions/:id', { id: next.id })}>
                  {t(`moderation.action.${next.action}.done`)}
                </a>
                , {minute(next.createdAt)}
              </li>
            ))}
          </ul>
        </>
      )}
      {rule && (
        <>
          <h2>{t('moderation.decision.rule')}</h2>
          <p>
            <Text
              k="site.pair"
              values={{
                of: <b {...langOfTerm(i18n, 'rule', rule, 'name')}>{name('rule', rule)}</b>,
                what: <span {...langOfTerm(i18n, 'rule', rule)}>{describe('rule', rule)}</span>,
              }}
            />
          </p>
        </>
      )}
      {note && (
        <>
          <h2>{t('moderation.decision.note')}</h2>
          <Said>{note}</Said>
        </>
      )}
      {data.facts && (
        <>
          <h2>{t('moderation.decision.facts')}</h2>
          <p>{data.facts}</p>
        </>
      )}
      {post && (
        <>
          <h2>{t('moderation.decision.words')}</h2>
          <p className="quiet">{t('moderation.decision.written', { day: day(post.createdAt) })}</p>
          <Words html={post.html} language={post.language} />
        </>
      )}
      <h2>{t('moderation.decision.can')}</h2>
      {said.options && <p>{said.options}</p>}
      {data.redress && <p>{data.redress}</p>}
      {decision.partOfId && (
        <TextLine
          k="moderation.decision.whole"
          values={{ link: linkTo(pathTo('/decisions/:id', { id: decision.partOfId })) }}
        />
      )}
      {data.appeal && <AppealState appeal={data.appeal} />}
      {data.appealKey && <AppealForm decisionId={decision.id} formKey={data.appealKey} />}
      <ul>
        {post?.state === 'visible' && (
          <LinkItem href={pathTo('/p/:id', { id: post.id })} label={t('moderation.decision.see')} />
        )}
        <LinkItem href={pathTo('/rules')} label={t('moderation.decision.rules')} />
        <LinkItem href={pathTo('/moderation')} label={t('moderation.decision.log')} />
      </ul>
    </article>
  );
}
