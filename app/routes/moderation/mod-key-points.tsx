import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { lastActs, undoAct } from '~/domain/barriers/key-points/acts';
import type { OfferedMate } from '~/domain/barriers/key-points/asking';
import { acceptText } from '~/domain/barriers/key-points/change';
import {
  readSorting,
  regionsToSort,
  sortReports,
  unsortedReports,
} from '~/domain/barriers/key-points/desk';
import { isNamed, keyPointsIn, keyPointText } from '~/domain/barriers/key-points/key-points';
import { rankerFor } from '~/domain/barriers/ranking/ranker';
import type { Community } from '~/platform/community/community';
import type { SiteTranslator } from '~/platform/community/site-translator';
import { isLocale } from '~/platform/i18n/locales';
import { pathTo } from '~/platform/paths';
import { placeName } from '~/platform/places/names';
import { isRegion, WORLD } from '~/platform/places/places';
import { submit } from '~/server/forms';
import { requireModerator } from '~/server/guards';
import { actViews } from '~/ui/barriers/key-point-acts';
import { KeyPointList, LastActs, type MateView, SortingForm } from '~/ui/barriers/key-point-desk';
import { keyPointLink } from '~/ui/barriers/key-point-view';
import { ErrorSummary, Status } from '~/ui/forms/fields';
import { excerptView } from '~/ui/forum/view';
import { Gap, useI18n } from '~/ui/i18n';
import { deskLinks } from '~/ui/moderation/desk';
import { deskCounts } from '~/ui/moderation/desk-counts';
import { DeskNav } from '~/ui/moderation/desk-nav';
import { Row } from '~/ui/row';

export const links = deskLinks;

/** As many as one form may sort, so that each can be undone. */
const ACTS_SHOWN = 25;

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
  const unsorted = await unsortedReports(db, app.community, rankerFor(app), region);
  const points = await keyPointsIn(db, app.community, region);
  return {
    head: { title: i18n.t('keyPoints.desk.title'), noindex: true },
    counts: await deskCounts(context),
    region,
    sorted: Number(query.get('sorted')) || 0,
    late: Number(query.get('late')) || 0,
    regions: listed.map(({ region: code, reports }) => ({
      code,
      name: i18n.t('keyPoints.desk.regionCount', { place: placeName(code, locale), n: reports }),
    })),
    unsorted: unsorted.map(({ post, people, proposed, mates, kinds, noBarrier }) => ({
      post: excerptView(post, i18n),
      people,
      kinds,
      named: post.barriers,
      noBarrier,
      proposed: proposed && mateView(proposed, i18n),
      mates: mates.map((mate) => mateView(mate, i18n)),
    })),
    points: points
      .map((point) => ({ ...keyPointLink(point, i18n), unnamed: !isNamed(point) }))
      .sort((a, b) => untitled(b) - untitled(a)),
    acts: await actViews(app, await lastActs(db, ACTS_SHOWN), i18n),
  };
}

/** 2 if a key point has no title, 1 if one is proposed. */
function untitled({ unnamed, proposed }: { unnamed: boolean; proposed: boolean }): number {
  return unnamed ? 2 : Number(proposed);
}

function mateView(mate: OfferedMate, i18n: SiteTranslator): MateView {
  if ('keyPoint' in mate) {
    const { title, language } = keyPointText(mate.keyPoint, i18n);
    const people = mate.keyPoint.people.reported;
    return { choice: `point:${mate.keyPoint.id}`, text: title, language, isPoint: true, people };
  }
  const { id, excerpt, language, meToos } = mate.post;
  const people = 1 + meToos.people;
  return { choice: `post:${id}`, text: excerpt, language, isPoint: false, people };
}

const undoForm = z.object({
  act: z.literal('undo'),
  undo: z.string(),
  region: z.string().default(''),
});

const acceptForm = z.object({
  act: z.literal('accept'),
  point: z.string(),
  language: z.string().refine(isLocale, 'site.error.field'),
  region: z.string().default(''),
});

/**
 * Fields for each report: `choice.POST`, and for a new key point `kind.POST` and `title.POST`.
 * `press` is the button beside a report: its id, a space and the choice.
 */
const sortForm = z
  .object({ act: z.literal('sort'), region: z.string().refine(isRegion, 'barriers.error.region') })
  .catchall(z.string());

const CHOICE = 'choice.';

/** What the form says of reports; a pressed button goes before the choice of the same report. */
function readSortings(fields: Record<string, string>, community: Community) {
  const [pressed = '', ...rest] = (fields.press ?? '').split(' ');
  const choices = { ...fields, ...(pressed && { [CHOICE + pressed]: rest.join(' ') }) };
  return Object.entries(choices).flatMap(([name, choice]) => {
    if (!name.startsWith(CHOICE)) return [];
    const postId = name.slice(CHOICE.length);
    const made = { kind: fields[`kind.${postId}`], title: fields[`title.${postId}`] };
    return readSorting(postId, choice, made, community) ?? [];
  });
}

export async function action(args: ActionFunctionArgs) {
  const moderator = requireModerator(args.context);
  const { app, visit } = args.context;
  const form = z.discriminatedUnion('act', [undoForm, acceptForm, sortForm], 'site.error.field');
  return submit(args, form, async (input) => {
    const { act, region, ...fields } = input;
    const back = new URLSearchParams(isRegion(region) ? { region } : {});
    if (act === 'undo') {
      const { undo } = undoForm.parse(input);
      await app.db.write((tx) => undoAct(tx, app.clock, moderator.id, undo));
    } else if (act === 'accept') {
      const { point: keyPointId, language } = acceptForm.parse(input);
      const text = { keyPointId, language };
      await app.db.write((tx) => acceptText(tx, app, moderator.id, text));
    } else if (isRegion(region)) {
      const sortings = readSortings(fields, app.community);
      const said = { region, language: visit.i18n.locale };
      const late = await sortReports(app, moderator.id, said, sortings);
      if (sortings.length > late) back.set('sorted', String(sortings.length - late));
      if (late > 0) back.set('late', String(late));
    }
    return redirect(pathTo('/mod/key-points') + (back.size > 0 ? `?${back}` : ''), 303);
  });
}

export default function KeyPointsDesk() {
  const page = useLoaderData<typeof loader>();
  const { t } = useI18n();
  const { region } = page;
  return (
    <>
      <DeskNav current="keyPoints" counts={page.counts} />
      <div>
        <ErrorSummary />
        <h1>{t('keyPoints.desk.title')}</h1>
        <p className="lead">{t('keyPoints.desk.lead')}</p>
        {page.sorted > 0 && (
          <Status>
            {t('keyPoints.desk.saved', { n: page.sorted })}
            <Gap />
            <a href="#acts">{t('keyPoints.desk.acts')}</a>
          </Status>
        )}
        {page.late > 0 && (
          <p className="notice warning">{t('keyPoints.desk.late', { n: page.late })}</p>
        )}
        <Row as="form" className="actions" method="get" action={pathTo('/mod/key-points')}>
          <label htmlFor="region">{t('keyPoints.desk.region')}</label>{' '}
          <select id="region" name="region" defaultValue={region}>
            {page.regions.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
          <button type="submit">{t('keyPoints.desk.show')}</button>
        </Row>
        <div className="beside-points">
          <SortingForm unsorted={page.unsorted} region={region} />
          <KeyPointList points={page.points} region={region} />
        </div>
        <LastActs
          acts={page.acts}
          action={pathTo('/mod/key-points')}
          region={region}
          open={page.sorted > 0}
        />
      </div>
    </>
  );
}
