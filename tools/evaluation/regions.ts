import { regionOf } from '~/domain/barriers/barrier-region';
import { regionOf as regionOfCountry } from '~/platform/places/places';
import type { Labelled } from './corpus';
import { accuracy } from './measures';

/**
 * Measures how often a barrier is assigned to the right region, compared with always using the
 * author's region.
 */
export function evaluateRegions(items: readonly Labelled[]) {
  const placed = items.filter(({ gold }) => gold.region !== null);
  return {
    contributions: placed.length,
    accuracy: accuracy(
      placed.map(({ body, country, gold }) => regionOf(body, country).region === gold.region),
    ),
    baselines: {
      authorsRegion: accuracy(
        placed.map(
          ({ country, gold }) => country !== null && regionOfCountry(country) === gold.region,
        ),
      ),
    },
  };
}
