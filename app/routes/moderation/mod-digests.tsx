import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { buildDigest, listDigests, listDrafts } from '~/domain/digests/digests';
import { openDisputes } from '~/domain/digests/disputes';
import {
  formatPeriod,
  lastCompletePeriod,
  type Period,
  type PeriodKind,
  periodContaining,
  previousPeriod,
} from '~/domain/digests/period';
import { publicConversations } from '~/domain/forum/conversations/conversations';
import { pathTo } from '~/platform/paths';
import { submit } from '~/server/forms';
import { requireModerator } from '~/server/guards';
import { LIST_LENGTH } from '~/ui/digests/list';
import { type EntryView, entryView } from '~/ui/digests/view';
import {
  ErrorSummary,
  Labelled,
  type Option,
  Options,
  optionsOf,
  Submit,
  useField,
} from '~/ui/forms/fields';
import { placeOptions } from '~/ui/forum/place-options';
import { conversationOptions } from '~/ui/forum/view';
import { useI18n } from '~/ui/i18n';
import { deskLinks } from '~/ui/moderation/desk';
import { deskCounts } from '~/ui/moderation/desk-counts';
import { DeskNav } from '~/ui/moderation/desk-nav';
import { Said } from '~/ui/moderation/words';
import { Meta } from '~/ui/row';

export const links = deskLinks;

export async function loader({ context }: LoaderFunctionArgs) {
  requireModerator(context);
  const { app, visit } = context;
  const { i18n } = visit;
  const db = app.db.reader;
  const drafts = await listDrafts(db);
  const published = await listDigests(db, { limit: LIST_LENGTH });
  return {
    head: { title: i18n.t('digests.desk.title'), noindex: true },
    counts: await deskCounts(context),
    drafts: drafts.map((digest) => entryView(digest, i18n)),
    disputes: await openDisputes(db),
    published: published.map((digest) => entryView(digest, i18n)),
    suggestedPeriod: lastCompletePeriod(app.clock.now(), 'month').id,
    places: placeOptions(i18n.locale),
    conversations: conversationOptions(await publicConversations(db), i18n).map((option) => ({
      ...option,
      value: `c~${option.value}`,
    })),
    periods: periodOptions(app.clock.now(), i18n.locale),
  };
}

/** How many periods of each kind can be chosen: about a year of them. */
const OFFERED: Record<PeriodKind, number> = { month: 13, week: 14, quarter: 5 };

/** The current period of each kind and those before it, newest first. */
function periodOptions(now: number, locale: string): Record<PeriodKind, Option[]> {
  const of = (kind: PeriodKind) => {
    const periods = [periodContaining(now, kind)];
    while (periods.length < OFFERED[kind]) {
      periods.push(previousPeriod(periods.at(-1) as Period));
    }
    return periods.map((period) => ({ value: period.id, label: formatPeriod(period, locale) }));
  };
  return { month: of('month'), week: of('week'), quarter: of('quarter') };
}

const fields = z.object({
  scope: z.string().default(''),
  about: z.string().default(''),
  period: z.string().default(''),
});

export async function action(args: ActionFunctionArgs) {
  requireModerator(args.context);
  return submit(args, fields, async ({ scope, about, period }) => {
    const { app } = args.context;
    const { id } = await buildDigest(app, about ? `${scope}~${about}` : scope, period);
    return redirect(pathTo('/mod/digests/:id', { id }), 303);
  });
}

export default function DigestsDesk() {
  const { drafts, disputes, published, suggestedPeriod, places, conversations, periods, counts } =
    useLoaderData<typeof loader>();
  const { t, day, name, community } = useI18n();
  return (
    <>
      <DeskNav current="digests" counts={counts} />
      <div className="listing">
        <h1>{t('digests.desk.title')}</h1>
        <section aria-labelledby="drafts-title">
          <h2 id="drafts-title">{t('digests.desk.drafts')}</h2>
          {drafts.length === 0 && <p className="empty">{t('digests.desk.noDrafts')}</p>}
          <Entries entries={drafts} />
        </section>
        {disputes.length > 0 && (
          <section aria-labelledby="disputes">
            <h2 id="disputes">{t('editions.dispute.list')}</h2>
            <ul className="rows">
              {disputes.map(({ id, digestId, author, body, createdAt }) => (
                <li key={id}>
                  <a href={`${pathTo('/mod/digests/:id', { id: digestId })}#dispute-${id}`}>
                    {t('editions.dispute.title', { author })}
                  </a>
                  <Said>{body}</Said>
                  <Meta>{day(createdAt)}</Meta>
                </li>
              ))}
            </ul>
          </section>
        )}
        <section aria-labelledby="build">
          <h2 id="build">{t('digests.desk.build')}</h2>
          <ErrorSummary />
          <form method="post" action={pathTo('/mod/digests')}>
            <div className="fields">
              <Grouped
                name="scope"
                label={t('digests.desk.scope')}
                value="world"
                first={{ value: 'world', label: t('digests.desk.world') }}
                groups={[
                  { label: t('conversation.composer.regions'), options: named(places.regions) },
                  { label: t('conversation.composer.countries'), options: named(places.countries) },
                ]}
              />
              <Grouped
                name="about"
                label={t('digests.desk.pillar')}
                value=""
                first={{ value: '', label: t('digests.desk.pillarAll') }}
                groups={[
                  {
                    label: t('digests.desk.pillars'),
                    options: optionsOf(community.pillars, (pillar) => name('pillar', pillar)),
                  },
                  { label: t('digests.desk.conversations'), options: conversations },
                ]}
              />
              <Grouped
                name="period"
                label={t('digests.desk.period')}
                value={suggestedPeriod}
                groups={[
                  { label: t('digests.desk.months'), options: periods.month },
                  { label: t('digests.desk.weeks'), options: periods.week },
                  { label: t('digests.desk.quarters'), options: periods.quarter },
                ]}
              />
            </div>
            <Submit label={t('digests.desk.buildAction')} />
          </form>
        </section>
        <h2>{t('digests.desk.published')}</h2>
        {published.length === 0 && <p className="empty">{t('digests.desk.nonePublished')}</p>}
        <Entries entries={published} />
      </div>
    </>
  );
}

function Entries({ entries }: { entries: EntryView[] }) {
  const { t, day } = useI18n();
  return (
    <ol className="rows">
      {entries.map(({ id, title, version, builtAt, publishedAt }) => (
        <li key={id}>
          <h3>
            <a href={pathTo('/mod/digests/:id', { id })}>{title}</a>
          </h3>
          <Meta>
            <span>
              {publishedAt === null
                ? t('digests.desk.built', { day: day(builtAt) })
                : t('digests.list.published', { day: day(publishedAt) })}
            </span>
            {version > 1 && <span>{t('digests.list.version', { version })}</span>}
          </Meta>
        </li>
      ))}
    </ol>
  );
}

interface GroupedProps {
  name: string;
  label: string;
  value: string;
  first?: Option;
  groups: { label: string; options: Option[] }[];
}

/** A list of choices in groups. */
function Grouped({ name, label, value, first, groups }: GroupedProps) {
  const { typed, error, aria } = useField({ name });
  const chosen = typed?.[0] ?? value;
  const offered = groups.flatMap(({ options }) => options).concat(first ?? []);
  return (
    <Labelled name={name} label={label} error={error}>
      <select id={name} name={name} defaultValue={chosen} {...aria}>
        {/* What a program sent is shown again, too. */}
        {!offered.some((option) => option.value === chosen) && (
          <option value={chosen}>{chosen}</option>
        )}
        {first && <option value={first.value}>{first.label}</option>}
        {groups.map((group) => (
          <optgroup key={group.label} label={group.label}>
            <Options of={group.options} />
          </optgroup>
        ))}
      </select>
    </Labelled>
  );
}

function named(places: readonly { code: string; name: string }[]): Option[] {
  return places.map(({ code, name }) => ({ value: code, label: name }));
}
