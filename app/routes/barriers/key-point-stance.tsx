import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { keyPointText } from '~/domain/barriers/key-points/key-points';
import { keyPointPath } from '~/domain/barriers/key-points/paths';
import { STANCES } from '~/domain/barriers/key-points/stance-counts';
import { setStance } from '~/domain/barriers/key-points/stances';
import { placeField } from '~/domain/forum/posts/post-fields';
import { stancePlace } from '~/domain/publishing/pending-submissions';
import { pathTo } from '~/platform/paths';
import { askForAccount } from '~/server/draft-forms';
import { submit } from '~/server/forms';
import { notFound } from '~/server/guards';
import { requireKeyPoint, requireKeyPointAt } from '~/server/key-point-guard';
import { stanceQuestion } from '~/server/stance-question';
import { StanceForm } from '~/ui/barriers/stance-form';
import { ErrorSummary } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';

/** The stance buttons on their own page: for a form that came back with an error. */
export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { visit } = context;
  const point = await requireKeyPointAt(context.app, { request, params }, (id) =>
    pathTo('/key-points/:id/stance', { id }),
  );
  return {
    head: { title: visit.i18n.t('keyPoints.stance.title'), noindex: true },
    id: point.id,
    path: keyPointPath(point),
    text: keyPointText(point, visit.i18n),
    question: await stanceQuestion({ context, request }, point.id),
  };
}

const stanceForm = z.object({
  stance: z.enum([...STANCES, 'none'], 'site.error.field'),
  country: placeField,
});

export async function action(args: ActionFunctionArgs) {
  const { app, visit } = args.context;
  const point = await requireKeyPoint(app, args.params.id);
  return submit(args, stanceForm, async ({ stance, country: place }, typed) => {
    if (!visit.visitor.person) {
      if (stance === 'none') throw notFound();
      return askForAccount(args, stancePlace(point.id, stance), typed.values);
    }
    await setStance(app, visit.visitor, point.id, { stance, country: place.country });
    return redirect(keyPointPath(point), 303);
  });
}

export default function StancePage() {
  const { id, path, text, question } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  const counts = STANCES.map((stance) => ({ stance, people: 0, places: [] }));
  return (
    <div className="single">
      <ErrorSummary />
      <h1 lang={text.language} dir="auto">
        {text.title}
      </h1>
      <StanceForm id={id} counts={counts} {...question} />
      <LinkLine className="after-form" href={path} label={t('keyPoints.back')} />
    </div>
  );
}
