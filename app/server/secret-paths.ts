import { TABLE } from '~/routes';

/** What comes before the secret in the paths that contain one: `login/link`, without slashes around. */
export const BEFORE_SECRETS: readonly string[] = TABLE.flatMap(([pattern]) => {
  const end = pattern.indexOf('/:token');
  return end < 0 ? [] : [pattern.slice(1, end)];
});
