import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { readPage } from '~/conversation/paging';
import { once } from '~/conversation/submissions';
import { newFormKey, submit } from '~/http/forms';
import { notFound, requireModerator } from '~/http/guards';
import { DEFAULT_LOCALE, isLocale, type Locale } from '~/i18n/locales';
import type { Translator } from '~/i18n/translator';
import { noticesOn } from '~/legal/notice';
import { readCase } from '~/moderation/cases';
import { ACTIONS } from '~/moderation/choices';
import { decide } from '~/moderation/decide';
import { DECISION_NOTE_LENGTH } from '~/moderation/lengths';
import { readQueue } from '~/moderation/queue';
import { placeName } from '~/places/names';
import { signalsOn } from '~/prevention/signals-on';
import { Disputes } from '~/ui/digests/disputes';
import { ErrorSummary } from '~/ui/forms/fields';
import { Text, useI18n } from '~/ui/i18n';
import { formatAge } from '~/ui/moderation/age';
import { DecisionForm } from '~/ui/moderation/decision-form';
import { Desk } from '~/ui/moderation/desk';
import { deskQueue } from '~/ui/moderation/desk-queue';
import { Evidence } from '~/ui/moderation/evidence';
import { LegalNotices } from '~/ui/moderation/legal-notices';
import { Signals } from '~/ui/moderation/signals';
import { RULES } from '~/vocabularies/vocabularies';

const fields = z.object({
  action: z.enum(ACTIONS, { error: 'moderation.error.action' }),
  reason: z.enum(['', ...RULES], { error: 'moderation.error.rule' }).default(''),
  note: z.string().trim().max(DECISION_NOTE_LENGTH, 'moderation.error.noteLength').default(''),
  revision: z.coerce.number().int().optional(),
  decision: z.string().optional(),
  key: z.string().optional(),
});

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const moderator = requireModerator(context);
  const { site, visit } = context;
  const { i18n } = visit;
  const matter = await readCase(site.db.reader, params.id ?? '', moderator.id);
  if (!matter) throw notFound();
  const queue = await readQueue(
    site.db.reader,
    readPage(new URL(request.url).searchParams.get('page')),
  );
  const { post, author } = matter;
  const place = post.country ?? post.region;
  return {
    head: { title: i18n.t('moderation.case.title', { author: author.handle }), noindex: true },
    queue: deskQueue(queue, i18n.locale, site.clock),
    formKey: newFormKey(),
    matter: {
      id: matter.id,
      causes: matter.causes,
      disputes: matter.disputes,
      openedAt: matter.openedAt,
      closedAt: matter.closedAt,
      waited: (matter.closedAt ?? site.clock.now()) - matter.openedAt,
      own: matter.own,
      choices: matter.choices,
      flags: matter.flags,
      signals: await signalsOn(site.db.reader, post.id),
      notices: await noticesOn(site.db.reader, post.id),
      decisions: matter.decisions,
      context: matter.context,
      history: matter.history,
      thread: matter.thread,
      author: {
        handle: author.handle,
        createdAt: author.createdAt,
        reads: languageName(isLocale(author.language) ? author.language : DEFAULT_LOCALE, i18n),
      },
      post: {
        id: post.id,
        state: post.state,
        isOpening: post.isOpening,
        revision: post.revision,
        html: post.html,
        language: post.language,
        createdAt: post.createdAt,
        editedAt: post.editedAt,
        place: place && placeName(place, i18n.locale),
      },
    },
  };
}

function languageName(language: Locale, { locale }: Translator): string {
  return new Intl.DisplayNames(locale, { type: 'language' }).of(language) ?? language;
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const moderator = requireModerator(context);
  const { site } = context;
  const caseId = params.id ?? '';
  return submit({ request, context }, fields, async (input) => {
    const location = await site.db.write((tx) =>
      once(tx, site.clock, moderator.id, input.key, async () => {
        await decide(tx, site, moderator, {
          caseId,
          action: input.action,
          rule: input.reason || null,
          note: input.note,
          seen: { revision: input.revision, decision: input.decision },
        });
        return `/mod/cases/${caseId}`;
      }),
    );
    return redirect(location, 303);
  });
}

export default function Case() {
  const { queue, matter, formKey } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const { t, locale, minute } = useI18n();
  return (
    <Desk queue={queue} current={matter.id}>
      <p className="desk-back">
        <a href="/mod">{t('moderation.case.back')}</a>
      </p>
      <h1>
        <Text
          k="moderation.case.heading"
          values={{
            kind: matter.post.isOpening ? 'opening' : 'post',
            author: <bdi>{matter.author.handle}</bdi>,
          }}
        />
      </h1>
      <p className="meta">
        {matter.causes.map((cause) => (
          <span key={cause}>{t(`moderation.cause.${cause}`)}</span>
        ))}
        <span>
          {matter.closedAt === null
            ? t('moderation.case.waiting', { age: formatAge(locale, matter.waited) })
            : t('moderation.case.closed', { when: minute(matter.closedAt) })}
        </span>
        <span>{t(`moderation.state.${matter.post.state}`)}</span>
      </p>
      <ErrorSummary state={state} />
      <Disputes disputes={matter.disputes} formKey={formKey} />
      <Evidence matter={matter} />
      <LegalNotices notices={matter.notices} />
      <Signals signals={matter.signals} />
      {matter.own && <p className="notice">{t('moderation.error.ownPost')}</p>}
      {matter.choices.length > 0 && (
        <DecisionForm matter={matter} formKey={formKey} state={state} />
      )}
    </Desk>
  );
}
