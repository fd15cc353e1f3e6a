/**
 * The tests that also run on PostgreSQL: all that use the database over HTTP or by commands. Tests
 * that would check nothing different there are left out.
 */
const AS_A_BROWSER_SEES_IT = [
  'accessibility',
  'back-button',
  'digest-print',
  'every-page',
  'journeys',
  'keep-text',
  'moderation-journeys',
  'passkeys',
];

/** They fill its disk, lock it, kill programs on it, or copy from it. */
const ABOUT_THE_SQLITE_FILE = [
  'survival',
  'crash',
  'soak-mail',
  'copy',
  'private-files',
  'restore-file',
];

/** Starting and deploying the program is the same on both. */
const ABOUT_STARTING = ['launch', 'dev', 'deploy'];

/** They measure what is computed from posts that are read the same way on both. */
const ABOUT_WHAT_IS_COMPUTED = ['digest-figures'];

/** They spend their time starting commands, or follow a long story; other tests ask all their queries there. */
const ASKED_BY_OTHERS = ['people-cli', 'own-subjects'];

export const ON_POSTGRES = {
  include: ['tests/**/*.test.ts'],
  exclude: [
    ...AS_A_BROWSER_SEES_IT,
    ...ABOUT_THE_SQLITE_FILE,
    ...ABOUT_STARTING,
    ...ABOUT_WHAT_IS_COMPUTED,
    ...ASKED_BY_OTHERS,
  ].map((name) => `tests/${name}.test.ts`),
};
