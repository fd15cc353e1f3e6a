/*
 * The folders of Causeway, from the bottom up. A file may import from its own folder and from every
 * folder listed before it, never from one listed after it; types count too. `npm run check` says
 * which import runs the wrong way. Mend it by moving the function down to what it works on, by
 * moving its caller up, or by passing it in. Tests, bench, tools and docs may import anything.
 */
const ORDER = [
  'db',
  'app/platform',

  // What the community is about: kinds of barriers, industries, pillars, rules.
  'app/domain/community',
  'app/domain/accounts/users',
  'app/domain/accounts/auth',

  // Posts in threads, and what is derived from them.
  'app/domain/forum',
  'app/domain/forum/posts',
  'app/domain/forum/threads',
  'app/domain/forum/drafts',
  'app/domain/search',
  'app/domain/notifications',
  'app/domain/forum/read-state',
  'app/domain/barriers',

  // What brings posts before moderators.
  'app/domain/moderation',
  'app/domain/moderation/cases',
  'app/domain/moderation/anti-spam',
  'app/domain/moderation/dsa',
  'app/domain/moderation/modmail',
  'app/domain/moderation/training',

  'app/domain/digests',
  'app/domain/digests/machine',

  // Whatever changes posts announces it here to search, notifications, cases and digests.
  'app/domain/publishing',

  // What is done by publishing: decisions, erasures, imports.
  'app/domain/moderation/decisions',
  'app/domain/subscriptions',
  'app/domain/accounts/privacy',
  'app/domain/import-export',
  'app/domain/ops',

  'app/jobs',
  'app/ui',
  'app/server',
  'app/routes',
  'app/cli',
];

/** Imports that run along the order and are wrong all the same. */
const NEVER = [
  ['app/ui', 'db', 'components show what they are given'],
  ['app/server', 'app/ui', 'routes bring the two together'],
  ['app/routes', 'db', 'routes call the domain'],
];

/** The files of a folder, without those of folders inside it that stand in the order themselves. */
function filesOf(folder) {
  const inside = ORDER.filter((other) => other.startsWith(`${folder}/`));
  const others = inside.map((other) => other.slice(folder.length + 1)).join('|');
  return others ? `^${folder}/(?!(?:${others})/)` : `^${folder}/`;
}

/**
 * The root route, and what hands the routes to Remix, stand in `app/` itself. The table of URLs imports
 * nothing of ours, and every folder may name a URL (`pathTo`): it is below them all.
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
  // Between folders a circle breaks the order anyway.
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
