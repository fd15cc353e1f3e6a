import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { lastActs, undoAct } from '~/domain/barriers/key-points/acts';
import {
  readSorting,
  regionsToSort,
  sortReports,
  unsortedReports,
} from '~/domain/barriers/key-points/desk';
import { keyPointsIn, keyPointText } from '~/domain/barriers/key-points/key-points';
import { rankerFor } from '~/domain/barriers/ranking/ranker';
import type { FormState } from '~/platform/form-state';
import { pathTo } from '~/platform/paths';
import { placeName } from '~/platform/places/names';
import { isRegion, WORLD } from '~/platform/places/places';
import { submit } from '~/server/forms';
import { notFound, requireModerator } from '~/server/guards';
import { KeyPointList, LastActs, SortingForm } from '~/ui/barriers/key-point-desk';
import { keyPointLink } from '~/ui/barriers/key-point-view';
import { ErrorSummary } from '~/ui/forms/fields';
import { excerptView } from '~/ui/forum/view';
import { useI18n } from '~/ui/i18n';
import { Row } from '~/ui/row';

const ACTS_SHOWN = 20;

/** Where moderators sort the reports of a region into key points. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  requireModerator(context);
  const { app, visit } = context;
  const { i18n } = visit;
  const { locale } = i18n;
  const db = app.db.reader;
  const query = new URL(request.url).searchParams;
  const regions = await regionsToSort(db);
  const asked = query.get('region') ?? '';
  const region = isRegion(asked) ? asked : (regions[0]?.region ?? WORLD);
  const listed = regions.some((one) => one.region === region)
    ? regions
    : [{ region, reports: 0 }, ...regions];
  const unsorted = await unsortedReports(db, rankerFor(app.config), region);
  return {
    head: { title: i18n.t('keyPoints.desk.title'), noindex: true },
    region,
    late: Number(query.get('late')) || 0,
    regions: listed.map(({ region: code, reports }) => ({
      code,
      name: i18n.t('keyPoints.desk.regionCount', { place: placeName(code, locale), n: reports }),
    })),
    unsorted: unsorted.map(({ post, mates, kinds, noBarrier }) => ({
      post: excerptView(post, locale),
      people: 1 + post.meToos.people,
      kinds,
      named: post.barriers,
      noBarrier,
      mates: mates.map((mate) => {
        if ('keyPoint' in mate) {
          const { title, language } = keyPointText(mate.keyPoint, locale);
          return { choice: `point:${mate.keyPoint.id}`, text: title, language, isPoint: true };
        }
        const { id, excerpt, language } = mate.post;
        return { choice: `post:${id}`, text: excerpt, language, isPoint: false };
      }),
    })),
    points: (await keyPointsIn(db, region)).map((point) => keyPointLink(point, i18n)),
    acts: (await lastActs(db, ACTS_SHOWN)).map(({ id, act, by, createdAt, keyPointId }) => ({
      id,
      act,
      by,
      at: createdAt,
      keyPointId,
    })),
  };
}

const undoForm = z.object({
  act: z.literal('undo'),
  undo: z.string(),
  region: z.string().default(''),
});

/** A choice for each report in a field of its own: `choice.POST` and `kind.POST`. */
const sortForm = z
  .object({ act: z.literal('sort'), region: z.string().refine(isRegion, 'barriers.error.region') })
  .catchall(z.string());

const CHOICE = 'choice.';

export async function action(args: ActionFunctionArgs) {
  const moderator = requireModerator(args.context);
  const { app } = args.context;
  const form = z.discriminatedUnion('act', [undoForm, sortForm], 'site.error.field');
  return submit(args, form, async (input) => {
    const { region } = input;
    const back = isRegion(region) ? (`?region=${region}` as const) : '';
    if (input.act === 'undo') {
      if (typeof input.undo !== 'string') throw notFound();
      const { undo } = input;
      await app.db.write((tx) => undoAct(tx, app.clock, moderator.id, undo));
      return redirect(pathTo(`/mod/key-points${back}`), 303);
    }
    const sortings = Object.entries(input).flatMap(([name, choice]) => {
      if (!name.startsWith(CHOICE)) return [];
      const postId = name.slice(CHOICE.length);
      return readSorting(postId, choice, input[`kind.${postId}`] ?? '') ?? [];
    });
    const late = await sortReports(app, moderator.id, region, sortings);
    const told = late > 0 ? (`${back}&late=${late}` as const) : back;
    return redirect(pathTo(`/mod/key-points${told as `?${string}`}`), 303);
  });
}

export default function KeyPointsDesk() {
  const page = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>() as FormState | undefined;
  const { t } = useI18n();
  const { region } = page;
  return (
    <div className="listing">
      <p className="desk-back">
        <a href={pathTo('/mod')}>{t('moderation.case.back')}</a>
      </p>
      <ErrorSummary state={state} />
      <h1>{t('keyPoints.desk.title')}</h1>
      <p className="lead">{t('keyPoints.desk.lead')}</p>
      {page.late > 0 && <p className="notice">{t('keyPoints.desk.late', { n: page.late })}</p>}
      <Row as="form" className="actions" method="get" action={pathTo('/mod/key-points')}>
        <label htmlFor="region">{t('keyPoints.desk.region')}</label>
        <select id="region" name="region" defaultValue={region}>
          {page.regions.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
        <button type="submit">{t('keyPoints.desk.show')}</button>
      </Row>
      <SortingForm unsorted={page.unsorted} region={region} />
      <LastActs acts={page.acts} action={pathTo('/mod/key-points')} region={region} />
      <KeyPointList points={page.points} />
    </div>
  );
}
