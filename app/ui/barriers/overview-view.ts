import type { Atlas } from '~/domain/barriers/figures-table';
import { type Overview, type OverviewSubject, overviewOf } from '~/domain/barriers/overview';
import { subjectDigests } from '~/domain/digests/subject-digests';
import type { AppContext } from '~/platform/app-context';
import type { SiteTranslator } from '~/platform/community/site-translator';
import { pathTo } from '~/platform/paths';
import { entryView } from '~/ui/digests/view';
import { overviewView } from './view';

/** Loads the figures for a place, kind or pillar, and its digests. For loaders only. */
export async function loadOverview(
  app: AppContext,
  subject: OverviewSubject,
  i18n: SiteTranslator,
  atlas?: Atlas,
) {
  const { reader } = app.db;
  const standing = await overviewOf(app, subject, app.clock.now(), atlas);
  const digests = await subjectDigests(reader, subject);
  return {
    ...figuresView(standing, subject, i18n),
    since: standing.since,
    explore: explorePath(subject),
    digests: digests.map((digest) => entryView(digest, i18n)),
  };
}

export type LoadedOverview = Awaited<ReturnType<typeof loadOverview>>;

function figuresView(
  standing: Overview,
  { scope = 'world' }: OverviewSubject,
  i18n: SiteTranslator,
) {
  const any = standing.since !== null;
  const kinds = standing.kinds.map((kind) => ({ ...kind, trend: null }));
  return overviewView({ ...standing, kinds, any, before: null, least: 0 }, scope, i18n);
}

/** Returns the URL of `/barriers` filtered to the same subject. */
function explorePath({ scope, kind, pillar }: OverviewSubject): string {
  const query = new URLSearchParams();
  if (scope) query.set(/^\d/.test(scope) ? 'region' : 'country', scope);
  if (kind) query.set('kind', kind);
  if (pillar) query.set('pillar', pillar);
  return pathTo(`/barriers?${query}`);
}
