/**
 * The tests that run on PostgreSQL too: all that go through HTTP or the operator's commands to the
 * database. Left out are those that would see nothing else there, pages as a browser lays them out,
 * and those about SQLite's file.
 */
export const ON_POSTGRES = {
  include: ['tests/**/*.test.ts'],
  exclude: ['every-page', 'journeys', 'moderation-journeys', 'passkeys', 'survival', 'crash'].map(
    (name) => `tests/${name}.test.ts`,
  ),
};
