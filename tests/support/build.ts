import { buildIfStale } from '../../app/cli/prepare.mjs';

/**
 * Vitest's global set-up: the tests run against the production build, which is rebuilt if it is out
 * of date.
 */
export default buildIfStale;
