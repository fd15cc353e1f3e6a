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

/**
 * All that they ask of the database, other tests ask there too, but for a handful of plain inserts,
 * updates and selects by key: the words of all statements were compared, file by file.
 */
const ASKED_BY_OTHERS = [
  'access',
  'anti-spam',
  'attack',
  'bundle',
  'capabilities',
  'community-file',
  'community-texts',
  'cue-words',
  'demo-digests',
  'digest-claims',
  'drafts',
  'embed',
  'every-mail',
  'feeds',
  'guesses',
  'http',
  'import-post',
  'kept-texts',
  'key-point-pages',
  'me-too',
  'messages',
  'notification-mail',
  'own-subjects',
  'pages',
  'people-cli',
  'post-language',
  'ranking-model',
  'redirects',
  'report',
  'setup',
  'sharing',
  'site-settings',
  'subscriptions',
  'unconfirmed',
  'what-follows',
];

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
