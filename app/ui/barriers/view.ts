import type { Change, KindFigure, Overview, PlaceFigures } from '~/domain/barriers/explore';
import type { Figure } from '~/domain/barriers/figures';
import type { Translator } from '~/platform/i18n/translator';
import { pathTo } from '~/platform/paths';
import { placeName } from '~/platform/places/names';
import { isCountry, isRegion } from '~/platform/places/places';
import type { Scope } from '~/platform/places/scope';

/* Figures as texts and bar lengths, ready for the pages. */

export interface FigureView {
  /** "12", or "fewer than 5". */
  text: string;
  people: Figure;
  change: ChangeView | null;
}

export interface ChangeView {
  /** "+4", "−2", "0", "new". */
  sign: string;
  /** For screen readers. */
  words: string;
}

export interface KindView extends FigureView {
  kind: KindFigure['kind'];
  /** Share of the table's longest bar, 0 to 1. */
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
  /** "12 people, self-selected, not representative". */
  headline: string;
  change: ChangeView | null;
  kinds: KindView[];
  places: PlaceView[];
  least: number;
}

const KINDS_SHOWN = 3;

export function overviewView(
  { places, kinds, people, change, any, least, withheld }: Overview,
  scope: Scope,
  i18n: Translator,
): OverviewView {
  const hidden = (among: boolean) =>
    i18n.t(among ? 'barriers.withheld' : 'barriers.few', { n: least });
  const figure = (one: Figure, among: boolean) => (one === null ? hidden(among) : i18n.number(one));
  const longest = Math.max(1, ...kinds.map((kind) => kind.people ?? 0));
  // One scale for all places in the table.
  const longestInPlace = Math.max(
    1,
    ...places.flatMap((place) => place.kinds.map((kind) => kind.people ?? 0)),
  );
  const kindView = (kind: KindFigure, most: number, change: ChangeView | null): KindView => ({
    kind: kind.kind,
    people: kind.people,
    text: figure(kind.people, withheld.kinds),
    share: (kind.people ?? 0) / most,
    change,
  });
  const { compare } = new Intl.Collator(i18n.locale);
  const placeView = (one: PlaceFigures): PlaceView => ({
    code: one.place,
    name: one.place
      ? placeName(one.place, i18n.locale)
      : i18n.t('barriers.table.elsewhere', { place: placeName(scope, i18n.locale) }),
    path: one.place && placePath(one.place),
    people: one.people,
    text: figure(one.people, withheld.people),
    change: changeView(one.change, i18n),
    kinds: one.kinds.slice(0, KINDS_SHOWN).map((kind) => kindView(kind, longestInPlace, null)),
  });
  return {
    any,
    headline:
      people === null
        ? i18n.t('barriers.peopleFew', { few: hidden(withheld.people) })
        : i18n.t('barriers.people', { n: people }),
    change: changeView(change, i18n),
    kinds: kinds.map((kind) => kindView(kind, longest, changeView(kind.change, i18n))),
    places: places
      .map(placeView)
      .sort((a, b) => (b.people ?? -1) - (a.people ?? -1) || compare(a.name, b.name)),
    least,
  };
}

/** Returns the path of a place's page. */
function placePath(code: string): string | null {
  if (isCountry(code)) return pathTo('/countries/:alpha2', { alpha2: code });
  return isRegion(code) ? pathTo('/regions/:m49', { m49: code }) : null;
}

function changeView(change: Change, { t, number }: Translator): ChangeView | null {
  if (change === null) return null;
  if (change === 'new') return { sign: t('barriers.change.new'), words: '' };
  const size = number(Math.abs(change));
  if (change === 0) return { sign: size, words: t('barriers.change.same') };
  if (change > 0) return { sign: `+${size}`, words: t('barriers.change.more', { change: size }) };
  return { sign: `−${size}`, words: t('barriers.change.less', { change: size }) };
}
