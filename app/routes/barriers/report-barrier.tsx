import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { currentKeyPointId, findKeyPoint } from '~/domain/barriers/key-points/key-points';
import { NEW_REPORT } from '~/domain/forum/drafts/drafts';
import { threadPath } from '~/domain/forum/paths';
import { postForm, REPEATED_POST_FIELDS } from '~/domain/forum/posts/post-fields';
import {
  againField,
  bodyField,
  keyField,
  keyPointField,
  LONGEST_TITLE,
  optionalTitleField,
  previewField,
} from '~/domain/forum/posts/submission-fields';
import { questionsAfter } from '~/domain/publishing/questions-after';
import {
  reportBarrier,
  reportText,
  reportThread,
  requireReportThread,
} from '~/domain/publishing/report-barrier';
import { pathTo } from '~/platform/paths';
import { composerData } from '~/routes/forum/composer-data';
import { askForAccount, withDraft } from '~/server/draft-forms';
import { submit } from '~/server/forms';
import { keyPointLink } from '~/ui/barriers/key-point-view';
import { Nearby } from '~/ui/barriers/nearby';
import { ErrorSummary, FormKey, Input } from '~/ui/forms/fields';
import { Honeypot } from '~/ui/forms/honeypot';
import {
  BodyField,
  type ComposerState,
  FOLDED,
  IN_SIGHT,
  LoginToWrite,
  More,
  Next,
  offered,
  PostAgain,
  Preview,
  VisitorEmail,
} from '~/ui/forum/composer';
import { DraftBase, DraftLine, SaveDraft, typedOrDraft } from '~/ui/forum/draft-line';
import { KeepText } from '~/ui/forum/keep-text';
import { PostFields } from '~/ui/forum/post-fields';
import { Gap, linkTo, TextLine, useI18n } from '~/ui/i18n';
import { Row } from '~/ui/row';
import { reportPreviewState } from './preview-state';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const composer = await composerData(context, request, NEW_REPORT);
  const thread = await reportThread(app.db.reader, app.clock.now());
  const said =
    new URL(request.url).searchParams.get('keyPoint') ?? composer.draft?.fields.keyPoint?.[0];
  const id = said ? await currentKeyPointId(app.db.reader, said) : null;
  const point = id && (await findKeyPoint(app.db.reader, app.community, id));
  return {
    head: {
      title: visit.i18n.t('barriers.report.title'),
      description: visit.i18n.t('barriers.report.description'),
      canonical: pathTo('/barriers/new'),
    },
    anonymous: visit.visitor.person === null,
    started: app.clock.now(),
    question: thread ? threadPath(thread) : '/#questions',
    point: point && keyPointLink(point, visit.i18n),
    composer,
  };
}

const reportForm = postForm('report', {
  title: optionalTitleField,
  body: bodyField,
  key: keyField,
  preview: previewField,
  again: againField,
  keyPoint: keyPointField,
});

export async function action(args: ActionFunctionArgs) {
  const where = async () => ({ place: NEW_REPORT, back: pathTo('/barriers/new') });
  return withDraft(args, where, () => report(args));
}

function report(args: ActionFunctionArgs) {
  const { app, visit } = args.context;
  return submit(
    args,
    reportForm,
    async ({ title, body, preview, details, key, again, keyPoint }, typed) => {
      const report = { details, language: visit.i18n.locale };
      if (preview) {
        const making = { ...report, text: reportText(title, body), address: visit.address };
        return reportPreviewState(app, visit, making, typed);
      }
      if (!visit.visitor.person) {
        await requireReportThread(app, visit.visitor);
        return askForAccount(args, NEW_REPORT, typed.values);
      }
      const { address } = visit;
      const form = { title, body, key, address, again: Boolean(again), keyPointId: keyPoint };
      const wanted = { ...report, ...form };
      const posted = await reportBarrier(app, visit.visitor, wanted);
      return redirect(questionsAfter(posted, { details, keyPoint }), 303);
    },
    REPEATED_POST_FIELDS,
  );
}

export default function ReportBarrier() {
  const { anonymous, started, question, composer, point } = useLoaderData<typeof loader>();
  const { draft, keptName } = composer;
  const sent = useActionData<typeof action>() as ComposerState | undefined;
  const state: ComposerState | undefined = typedOrDraft(sent, draft);
  const { t } = useI18n();
  const action = point ? pathTo(`/barriers/new?keyPoint=${point.id}`) : pathTo('/barriers/new');
  const fields = {
    form: 'report',
    said: offered(composer.last),
    state,
  } as const;
  return (
    <div className="single">
      <ErrorSummary />
      <h1>{t('barriers.report.title')}</h1>
      <TextLine k="barriers.report.lead" values={{ link: linkTo(question) }} />
      {point && (
        <p className="notice">
          {t('keyPoints.report.about')}
          <Gap />
          <a href={point.path} lang={point.language} dir="auto">
            {point.title}
          </a>
        </p>
      )}
      <Preview state={sent} />
      <Nearby reports={point ? [] : state?.nearby} place={state?.values.country?.[0] ?? ''} />
      {anonymous && <LoginToWrite back={pathTo('/barriers/new')} newTab />}
      <DraftLine draft={draft} back={pathTo('/barriers/new')} />
      <form className="composer" method="post" action={action}>
        {point && <input type="hidden" name="keyPoint" value={point.id} />}
        <FormKey value={composer.key} />
        <DraftBase draft={draft} />
        <KeepText name={keptName} draft={draft} />
        {anonymous && <Honeypot started={started} />}
        <BodyField asks="report" state={state} />
        <PostFields {...fields} only={IN_SIGHT} />
        <More state={state}>
          <Input
            name="title"
            label={t('barriers.report.titleField')}
            hint={t('barriers.report.titleHint')}
            maxLength={LONGEST_TITLE}
            dir="auto"
            state={state}
          />
          <PostFields {...fields} only={FOLDED} />
        </More>
        {anonymous && <VisitorEmail />}
        <Next says={composer.next} />
        <ReportButtons
          seen={Boolean(state?.preview)}
          drafts={!anonymous}
          again={Boolean(state?.errors.again)}
        />
      </form>
    </div>
  );
}

/** Preview comes first and posting second, but posting without a preview is possible. */
function ReportButtons({
  seen,
  drafts,
  again,
}: {
  seen: boolean;
  drafts: boolean;
  again: boolean;
}) {
  const { t } = useI18n();
  return (
    <Row className="actions">
      <button className={seen ? undefined : 'primary'} type="submit" name="preview" value="1">
        {t('barriers.report.preview')}
      </button>
      <button className={seen ? 'primary' : undefined} type="submit">
        {t('barriers.report.submit')}
      </button>
      {again && <PostAgain />}
      {drafts && <SaveDraft />}
    </Row>
  );
}
