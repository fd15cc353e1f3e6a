import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import {
  answerPractice,
  PRACTICE_ACTIONS,
  practiceCase,
} from '~/domain/moderation/training/training';
import type { Community } from '~/platform/community/community';
import { pathTo } from '~/platform/paths';
import { submit } from '~/server/forms';
import { notFound, requireModerator } from '~/server/guards';
import { ruleField } from '~/server/moderation-form';
import { Choices, ErrorSummary, optionsOf, Submit } from '~/ui/forms/fields';
import { useFormState } from '~/ui/forms/state';
import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { deskLinks } from '~/ui/moderation/desk';
import { reasonName, ruleTitle } from '~/ui/moderation/names';
import { Meta } from '~/ui/row';

export const links = deskLinks;

const fields = (community: Community) =>
  z.object({
    action: z.enum(PRACTICE_ACTIONS, { error: 'moderation.error.action' }),
    reason: ruleField(community),
  });

export async function loader({ params, context }: LoaderFunctionArgs) {
  const moderator = requireModerator(context);
  const matter = await practiceCase(context.app.db.reader, moderator, params.id ?? '');
  if (!matter) throw notFound();
  const title = context.visit.i18n.t('guard.practice.case', { n: matter.position, of: matter.of });
  return { head: { title, noindex: true }, title, ...matter };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const moderator = requireModerator(context);
  const { clock, db } = context.app;
  const caseId = params.id ?? '';
  return submit({ request, context }, fields, async (input) => {
    const rule = input.reason || null;
    await db.write((tx) =>
      answerPractice(tx, clock, moderator, { caseId, action: input.action, rule }),
    );
    return redirect(pathTo('/mod/practice/:id', { id: caseId }), 303);
  });
}

type CaseData = ReturnType<typeof useLoaderData<typeof loader>>;

export default function PracticeCase() {
  const data = useLoaderData<typeof loader>();
  const { t } = useI18n();
  const { matter } = data;
  return (
    <div className="single practice">
      <LinkLine
        className="desk-back"
        href={pathTo('/mod/practice')}
        label={t('guard.practice.back')}
      />
      <h1>{data.title}</h1>
      <p className="notice">{t('guard.practice.made')}</p>
      <ErrorSummary />
      <Meta>
        <span>{t(`moderation.cause.${matter.cause}`)}</span>
        <span>
          <bdi lang="en">{matter.thread}</bdi>
        </span>
      </Meta>
      {matter.answers && (
        <>
          <p className="quiet">{t('moderation.case.answered')}</p>
          <blockquote lang="en" dir="ltr">
            {matter.answers}
          </blockquote>
        </>
      )}
      <section className="quoted" aria-labelledby="practice-words">
        <h2 id="practice-words">
          <bdi lang="en">{matter.author}</bdi>
        </h2>
        <p className="said" lang="en" dir="ltr">
          {matter.body}
        </p>
      </section>
      <Flags flags={matter.flags} />
      <p lang="en" dir="ltr">
        {matter.history}
      </p>
      {data.solution && <Solution data={data} />}
      <Decide data={data} />
    </div>
  );
}

function Flags({ flags }: { flags: CaseData['matter']['flags'] }) {
  const i18n = useI18n();
  if (flags.length === 0) return null;
  return (
    <section className="evidence">
      <h2>{i18n.t('moderation.case.flags', { count: flags.length })}</h2>
      <ul className="rows">
        {flags.map((flag) => (
          <li key={`${flag.reason} ${flag.note}`}>
            <b>{reasonName(i18n, flag.reason)}</b>
            {flag.note && (
              <p className="said" lang="en" dir="ltr">
                {flag.note}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Shown only after deciding. */
function Solution({ data: { answer, solution, position, of } }: { data: CaseData }) {
  const i18n = useI18n();
  const { t } = i18n;
  if (!answer || !solution) return null;
  const words = ({ action, rule }: { action: string; rule: string | null }) =>
    [t(`moderation.action.${action as 'hide'}.name`), rule && ruleTitle(i18n, rule)]
      .filter(Boolean)
      .join(': ');
  const next = String(position + 1).padStart(2, '0');
  return (
    <section className="evidence" aria-labelledby="solution">
      <h2 id="solution">{t('guard.practice.solution')}</h2>
      <dl>
        <dt>{t('guard.practice.yours')}</dt>
        <dd>{words(answer)}</dd>
        <dt>{t('guard.practice.theirs')}</dt>
        <dd>{words(solution)}</dd>
      </dl>
      <p className="said" lang="en" dir="ltr">
        {solution.why}
      </p>
      {position < of && (
        <p>
          <a className="button" href={pathTo('/mod/practice/:id', { id: `practice-${next}` })}>
            {t('guard.practice.next')}
          </a>
        </p>
      )}
    </section>
  );
}

function Decide({ data }: { data: CaseData }) {
  const { t, community, name } = useI18n();
  const state = useFormState();
  const form = (
    <form method="post" action={pathTo('/mod/practice/:id', { id: data.id })}>
      <Choices
        name="action"
        type="radio"
        legend={t('moderation.decide.action')}
        options={optionsOf(data.choices, (action) => t(`moderation.action.${action}.name`))}
      />
      <Choices
        name="reason"
        type="radio"
        legend={t('moderation.decide.rule')}
        hint={t('guard.practice.ruleHint')}
        options={optionsOf(community.rules, (rule) => name('rule', rule))}
      />
      <Submit label={t('guard.practice.decide')} />
    </form>
  );
  if (!data.solution) return form;
  return (
    <details open={state !== undefined}>
      <summary>{t('guard.practice.again')}</summary>
      {form}
    </details>
  );
}
