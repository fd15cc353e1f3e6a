/**
 * The tests that run on PostgreSQL too: all that go through HTTP or the operator's commands to the
 * database. Left out are those that would see nothing else there.
 */
const AS_A_BROWSER_SEES_IT = ['every-page', 'journeys', 'moderation-journeys', 'passkeys'];

/** They fill its disk, hold it, kill programs on it, or copy from it. */
const ABOUT_THE_SQLITE_FILE = ['survival', 'crash', 'soak-mail', 'copy'];

/** How the program is started and deployed is the same on both. */
const ABOUT_STARTING = ['launch', 'dev', 'deploy'];

export const ON_POSTGRES = {
  include: ['tests/**/*.test.ts'],
  exclude: [...AS_A_BROWSER_SEES_IT, ...ABOUT_THE_SQLITE_FILE, ...ABOUT_STARTING].map(
    (name) => `tests/${name}.test.ts`,
  ),
};
