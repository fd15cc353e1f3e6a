import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { lastAcceptedPosts } from '~/domain/barriers/accept-suggestion';
import {
  confirmedGroups,
  lastSetAside,
  proposalsFor,
  regionsWithReports,
  suggestedPosts,
} from '~/domain/barriers/group-desk';
import { confirmGroup, proposeAgain, setGroupAside, undoGroup } from '~/domain/barriers/grouping';
import { publicPostsOf } from '~/domain/forum/posts/posts';
import type { FormState } from '~/platform/form-state';
import { pathTo } from '~/platform/paths';
import { placeName } from '~/platform/places/names';
import { isRegion, WORLD } from '~/platform/places/places';
import { submit } from '~/server/forms';
import { requireModerator } from '~/server/guards';
import { Accepted, Aside, Confirmed, Proposals, Suggestions } from '~/ui/barriers/group-desk';
import { groupLine, groupPath } from '~/ui/barriers/group-view';
import { ErrorSummary } from '~/ui/forms/fields';
import { excerptView } from '~/ui/forum/view';
import { useI18n } from '~/ui/i18n';

const ACCEPTED_SHOWN = 10;

/** Where moderators assign kinds and pillars, and group reports of the same barrier. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  requireModerator(context);
  const { app, visit } = context;
  const { i18n } = visit;
  const db = app.db.reader;
  const regions = await regionsWithReports(db);
  const asked = new URL(request.url).searchParams.get('region') ?? '';
  const region = isRegion(asked) ? asked : (regions[0]?.region ?? WORLD);
  const excerpts = (list: Parameters<typeof excerptView>[0][]) =>
    list.map((post) => excerptView(post, i18n.locale));
  const least = app.config.digestMinAuthors;
  const accepted = await lastAcceptedPosts(db, ACCEPTED_SHOWN);
  const acceptedPosts = await publicPostsOf(
    db,
    accepted.map(({ postId }) => postId),
  );
  return {
    head: { title: i18n.t('barriers.groups.desk'), noindex: true },
    region,
    here: pathTo(`/mod/barriers?region=${region}`),
    regions: (regions.some((one) => one.region === region)
      ? regions
      : [{ region, n: 0 }, ...regions]
    ).map(({ region, n }) => ({ code: region, name: `${placeName(region, i18n.locale)} (${n})` })),
    suggestions: (await suggestedPosts(db, region)).map(({ post, suggested }) => ({
      post: excerptView(post, i18n.locale),
      suggested,
    })),
    proposals: (await proposalsFor(db, region)).map(({ contributions, ...rest }) => ({
      ...rest,
      contributions: excerpts(contributions),
    })),
    confirmed: (await confirmedGroups(db, region, least)).map((group) => ({
      id: group.id,
      path: groupPath(group),
      line: groupLine(group, least, i18n),
      by: group.by,
      contributions: excerpts(group.contributions),
    })),
    accepted: accepted.flatMap((one) => {
      const post = acceptedPosts.find(({ id }) => id === one.postId);
      return post ? [{ ...one, post: excerptView(post, i18n.locale) }] : [];
    }),
    aside: (await lastSetAside(db)).map(({ contributions, ...rest }) => ({
      ...rest,
      contributions: excerpts(contributions),
    })),
  };
}

const fields = z.object({
  act: z.enum(['confirm', 'aside', 'undo', 'again'], 'site.error.field'),
  region: z.string().default(''),
  post: z.array(z.string()).max(200).default([]),
  /** All proposed posts, ticked or not. */
  all: z.array(z.string()).max(200).default([]),
  group: z.string().default(''),
  aside: z.string().default(''),
});

export async function action(args: ActionFunctionArgs) {
  const moderator = requireModerator(args.context);
  const { app } = args.context;
  return submit(
    args,
    fields,
    async ({ act, region, post, all, group, aside }) => {
      await app.db.write(async (tx) => {
        if (act === 'confirm') {
          await confirmGroup(tx, app.clock, moderator.id, { postIds: post, region });
        } else if (act === 'aside') {
          await setGroupAside(tx, app.clock, moderator.id, all);
        } else if (act === 'undo') {
          await undoGroup(tx, app.clock, moderator.id, group);
        } else {
          await proposeAgain(tx, app.clock, moderator.id, aside);
        }
      });
      return redirect(
        isRegion(region) ? pathTo(`/mod/barriers?region=${region}`) : pathTo('/mod/barriers'),
        303,
      );
    },
    ['post', 'all'],
  );
}

export default function BarrierDesk() {
  const page = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>() as FormState | undefined;
  const { t } = useI18n();
  const { region, here } = page;
  return (
    <div className="listing">
      <p className="desk-back">
        <a href={pathTo('/mod')}>{t('moderation.case.back')}</a>
      </p>
      <ErrorSummary state={state} />
      <h1>{t('barriers.groups.desk')}</h1>
      <p className="lead">{t('barriers.groups.deskLead')}</p>
      <form className="actions" method="get" action={pathTo('/mod/barriers')}>
        <label htmlFor="region">{t('barriers.groups.region')}</label>
        <select id="region" name="region" defaultValue={region}>
          {page.regions.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
        <button type="submit">{t('barriers.groups.show')}</button>
      </form>
      <Proposals proposals={page.proposals} region={region} />
      <Suggestions suggestions={page.suggestions} here={here} />
      <Confirmed groups={page.confirmed} region={region} />
      <Accepted accepted={page.accepted} here={here} />
      <Aside aside={page.aside} region={region} />
    </div>
  );
}
