import type { KindFigure, Overview, PlaceFigures } from '~/domain/barriers/explore';
import { namersSentence } from '~/domain/barriers/namers';
import type { DateRange } from '~/domain/barriers/query';
import { type PeriodCount, shareOf, type Trend } from '~/domain/barriers/trends';
import type { Translator } from '~/platform/i18n/translator';
import { placeName } from '~/platform/places/names';
import type { Scope } from '~/platform/places/scope';
import { placePath } from './place-path';

/*
 * Figures in words and lengths, as the pages show them.
 */

export interface FigureView {
  /** "12", or if compared with its share of all people: "12 (40%)". */
  text: string;
  people: number;
  /** The same of the period before, "8 (30%)"; null without a period to compare with. */
  before: string | null;
  /** What may be said of the comparison, in words; null for nothing. */
  trend: string | null;
}

export interface KindView extends FigureView {
  kind: KindFigure['kind'];
  /** Of the longest bar of the table; 0 to 1. */
  share: number;
}

export interface PlaceView extends FigureView {
  code: string | null;
  name: string;
  path: string | null;
  kinds: KindView[];
}

export interface OverviewView {
  any: boolean;
  /** "12 people reported barriers." */
  headline: string;
  /** Who named the kinds; see `namersSentence`. */
  named: string | null;
  /** The period before, if rows have its figures. */
  before: DateRange | null;
  kinds: KindView[];
  places: PlaceView[];
}

const KINDS_SHOWN = 3;

export function overviewView(
  found: Pick<Overview, 'places' | 'kinds' | 'people' | 'any' | 'namedBy' | 'before' | 'least'>,
  scope: Scope,
  i18n: Translator,
): OverviewView {
  const { places, kinds, people, any, namedBy, before, least } = found;
  const longest = Math.max(1, ...kinds.map((kind) => kind.people));
  // One scale for all places of the table.
  const longestInPlace = Math.max(
    1,
    ...places.flatMap((place) => place.kinds.map((kind) => kind.people)),
  );
  // A share of few people, or among few, would be given a weight that it does not have.
  const shares = before !== null && people >= least && before.people >= least;
  const counted = (n: number, all: number) =>
    shares && n >= least && n < all ? withShare({ people: n, all }, i18n) : i18n.number(n);
  const earlier = (n = 0) => before && counted(n, before.people);
  const kindView = (kind: KindFigure, most: number, trend: Trend): KindView => ({
    kind: kind.kind,
    people: kind.people,
    text: i18n.number(kind.people),
    before: null,
    share: kind.people / most,
    trend: inWords(trend, i18n),
  });
  const { compare } = new Intl.Collator(i18n.locale);
  const placeView = (one: PlaceFigures): PlaceView => ({
    code: one.place,
    name: one.place
      ? placeName(one.place, i18n.locale)
      : i18n.t('barriers.table.elsewhere', { place: placeName(scope, i18n.locale) }),
    path: one.place && placePath(one.place),
    people: one.people,
    text: counted(one.people, people),
    before: earlier(before?.places.get(one.place)),
    trend: inWords(one.trend, i18n),
    kinds: one.kinds.slice(0, KINDS_SHOWN).map((kind) => kindView(kind, longestInPlace, null)),
  });
  return {
    any,
    headline: i18n.t('barriers.people', { n: people }),
    named: namersSentence(namedBy, i18n),
    before: before?.span ?? null,
    kinds: kinds.map((kind) => ({
      ...kindView(kind, longest, kind.trend),
      text: counted(kind.people, people),
      before: earlier(before?.kinds.get(kind.kind)),
    })),
    places: places.map(placeView).sort((a, b) => b.people - a.people || compare(a.name, b.name)),
  };
}

function withShare(count: PeriodCount, { t, number }: Translator): string {
  const share = t('digests.page.percent', { share: Math.round(100 * shareOf(count)) });
  return t('barriers.table.withShare', { n: number(count.people), share });
}

function inWords(trend: Trend, { t }: Translator): string | null {
  return trend && t(`barriers.trend.${trend}`);
}
