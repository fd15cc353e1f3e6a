import { buildIfStale } from '../../app/cli/prepare.mjs';

/** Vitest's global set-up: the tests run against the production build, made anew if it is stale. */
export default buildIfStale;
