import type { Overview } from '~/domain/barriers/explore';
import worldMap from '~/domain/barriers/world-map.json';

const STEPS = 5;

export interface MapView {
  width: number;
  height: number;
  /** The outlines of all regions with the same colour step, as one path. */
  groups: { step: string; d: string }[];
  /** The legend: the range of each step; the last is open-ended. */
  steps: { step: string; from: number; to: number | null }[];
}

/** Returns the map of people in the smallest regions. For loaders only: outlines are long. */
export function mapView({ places }: Pick<Overview, 'places'>): MapView {
  const peopleIn = new Map(places.map(({ place, people }) => [place, people]));
  const starts = stepStarts(Math.max(1, ...places.map(({ people }) => people)));
  // Outlines use relative coordinates from the corner of the map, so the path moves back there
  // before each.
  const groups = new Map<string, string>();
  for (const [region, outline] of Object.entries(worldMap.regions)) {
    const step = stepOf(peopleIn.get(region), starts);
    groups.set(step, `${groups.get(step) ?? ''}M0 0${outline}`);
  }
  return {
    width: worldMap.width,
    height: worldMap.height,
    groups: [...groups].map(([step, d]) => ({ step, d })),
    steps: starts.map((from, at) => ({
      step: `s${at + 1}`,
      from,
      to: at + 1 < starts.length ? (starts[at + 1] ?? from) - 1 : null,
    })),
  };
}

/** Returns where each step begins, in equal ratios: few regions have most of the people. */
function stepStarts(most: number): number[] {
  const starts = Array.from({ length: STEPS }, (_, at) => Math.round(most ** (at / STEPS)));
  return [...new Set(starts)];
}

function stepOf(people: number | undefined, starts: readonly number[]): string {
  if (people === undefined) return 's0';
  return `s${starts.filter((start) => start <= people).length}`;
}
