/*
 * The folders of Causeway, from the bottom up. A file may import from its own folder and from every
 * folder listed before it, never from one listed after it; this includes types. `npm run check`
 * reports imports in the wrong direction. Fix one by moving the function down to what it works on,
 * by moving its caller up, or by passing it as an argument. Tests, bench, tools and docs may import
 * anything.
 */
export const ORDER = [
  'db',
  'app/platform',

  // The community's data: what it calls its pillars, kinds of barrier and terms, and the rules.
  'app/domain/community',
  'app/domain/accounts/users',
  'app/domain/accounts/auth',

  // Posts in threads, and everything derived from them.
  'app/domain/forum',
  'app/domain/forum/posts',
  'app/domain/forum/translations',
  'app/domain/forum/threads',
  'app/domain/forum/drafts',
  'app/domain/search',
  'app/domain/notifications',
  'app/domain/forum/read-state',
  'app/domain/barriers',
  'app/domain/barriers/key-points',

  // The ways in which posts get to the moderators.
  'app/domain/moderation',
  'app/domain/moderation/cases',
  'app/domain/moderation/anti-spam',
  'app/domain/moderation/dsa',
  'app/domain/moderation/modmail',
  'app/domain/moderation/training',

  'app/domain/digests',
  'app/domain/digests/machine',

  // All code that changes posts announces it here to search, notifications, cases and digests.
  'app/domain/publishing',

  // Features that use publishing: decisions, erasures, imports.
  'app/domain/moderation/decisions',
  'app/domain/subscriptions',
  'app/domain/accounts/privacy',
  'app/domain/import-export',
  'app/domain/ops',
  'app/domain/administration',

  'app/jobs',
  'app/ui',
  'app/server',
  'app/routes',
  'app/cli',
];

/** Imports that follow the order but are still not allowed. */
const NEVER = [
  ['app/ui', 'db', 'components show what they are given'],
  ['app/server', 'app/ui', 'routes bring the two together'],
  ['app/routes', 'db', 'routes call the domain'],
];

/** The files of a folder, without subfolders that are listed themselves. */
function filesOf(folder) {
  const inside = ORDER.filter((other) => other.startsWith(`${folder}/`));
  const others = inside.map((other) => other.slice(folder.length + 1)).join('|');
  return others ? `^${folder}/(?!(?:${others})/)` : `^${folder}/`;
}

/**
 * The root route, and the code that passes the routes to Remix, are in `app/` itself. The table of
 * URLs imports none of our code, and every folder may use it (`pathTo`), so it is below all of
 * them.
 */
const ROUTES = ['^app/(?!routes\\.ts$)[^/]+$', filesOf('app/routes')];

const pathsOf = (folder) => (folder === 'app/routes' ? ROUTES : [filesOf(folder)]);

const forbidden = [
  ...ORDER.slice(0, -1).map((folder, at) => ({
    name: `${folder} comes before what it imports`,
    severity: 'error',
    from: { path: pathsOf(folder) },
    to: { path: ORDER.slice(at + 1).flatMap(pathsOf) },
  })),
  // Between folders, the order already rules out cycles.
  ...ORDER.map((folder) => ({
    name: `files of ${folder} import each other in a circle`,
    severity: 'error',
    from: { path: pathsOf(folder) },
    to: { circular: true, viaOnly: { path: pathsOf(folder) } },
  })),
  ...NEVER.map(([from, to, why]) => ({
    name: `${from} never imports ${to}: ${why}`,
    severity: 'error',
    from: { path: pathsOf(from) },
    to: { path: pathsOf(to) },
  })),
  {
    name: 'the folder has no place in the order',
    severity: 'error',
    from: { path: '^(?:app|db)/', pathNot: [...ORDER.flatMap(pathsOf), '^app/routes[.]ts$'] },
    to: {},
  },
];

export default {
  forbidden,
  options: {
    // Types count as well as values.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    includeOnly: '^(?:app|db)/',
    exclude: '[.]test[.]tsx?$|[.](?:json|css)$',
    moduleSystems: ['es6'],
    skipAnalysisNotInRules: true,
  },
};
