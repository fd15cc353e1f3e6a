import { index, type RouteConfig, route } from '@remix-run/route-config';

/** The table of contents: every URL of the site, one line each. */
export default [
  // The conversation
  index('routes/home.tsx'),
  route('threads', 'routes/threads.tsx'),
  route('threads/new', 'routes/new-thread.tsx'),
  route('t/:id/:slug?', 'routes/thread.tsx'),
  route('t/:id/feed.xml', 'routes/thread-feed.ts'),
  route('t/:id/card.png', 'routes/thread-card.ts'),
  route('p/:id', 'routes/post.ts'),
  route('p/:id/edit', 'routes/edit.tsx'),
  route('p/:id/delete', 'routes/delete.tsx'),
  route('p/:id/revisions', 'routes/revisions.tsx'),
  route('p/:id/face', 'routes/face.tsx'),
  route('barriers', 'routes/barriers.tsx'),
  route('barriers.json', 'routes/api-barriers.ts', { id: 'barriers-json' }),
  route('barriers.csv', 'routes/barriers-csv.ts'),
  route('barriers/contributions.csv', 'routes/contributions-csv.ts'),
  route('barriers/new', 'routes/report-barrier.tsx'),
  route('p/:id/bookmark', 'routes/bookmark.tsx'),
  route('p/:id/language', 'routes/post-language.tsx'),
  route('pillars/:slug', 'routes/pillar.tsx'),
  route('regions/:m49', 'routes/region.tsx'),
  route('search', 'routes/search.tsx'),
  route('regions/:m49/feed.xml', 'routes/region-feed.ts'),
  route('drafts', 'routes/drafts.tsx'),
  route('feed.xml', 'routes/feed.ts'),
  route('sitemap.xml', 'routes/sitemap.ts'),

  // People
  route('signup', 'routes/signup.tsx'),
  route('signup/sent', 'routes/signup-sent.tsx'),
  route('confirm', 'routes/confirm.tsx'),
  route('confirm/:token', 'routes/confirm-token.tsx'),
  route('join/:token', 'routes/join.tsx'),
  route('login', 'routes/login.tsx'),
  route('login/code', 'routes/login-code.tsx'),
  route('login/code/enter', 'routes/login-code-enter.tsx'),
  route('login/link/:token', 'routes/login-link.tsx'),
  route('login/passkey', 'routes/login-passkey.tsx'),
  route('login/second', 'routes/login-second.tsx'),
  route('login/again', 'routes/login-again.tsx'),
  route('logout', 'routes/logout.tsx'),
  route('reset', 'routes/reset.tsx'),
  route('reset/sent', 'routes/reset-sent.tsx'),
  route('reset/:token', 'routes/reset-token.tsx'),
  route('settings', 'routes/settings.tsx'),
  route('settings/security', 'routes/security.tsx'),
  route('settings/address', 'routes/settings-address.tsx'),
  route('address/confirm/:token', 'routes/confirm-address.tsx'),
  route('address/undo/:token', 'routes/undo-address.tsx'),
  route('settings/password', 'routes/settings-password.tsx'),
  route('settings/second-factor', 'routes/second-factor.tsx'),
  route('settings/second-factor/codes', 'routes/recovery-codes.tsx'),
  route('settings/passkeys', 'routes/passkeys.tsx'),
  route('settings/passkeys/new', 'routes/new-passkey.tsx'),
  route('u/:handle', 'routes/profile.tsx'),
  route('notifications', 'routes/notifications.tsx'),

  // Reading
  route('reading/:id', 'routes/reading.tsx'),
  route('following', 'routes/following.tsx'),
  route('bookmarks', 'routes/bookmarks.tsx'),
  route('settings/notices', 'routes/settings-notices.tsx'),
  route('mail/:token', 'routes/mail-leave.tsx'),
  route('mail/:token/unsubscribe', 'routes/one-click-leave.ts'),

  // Moderation
  route('p/:id/flag', 'routes/flag.tsx'),
  route('mod', 'routes/mod.tsx'),
  route('mod/cases/:id', 'routes/mod-case.tsx'),
  route('mod/posts/:id', 'routes/mod-post.ts'),
  route('decisions/:id', 'routes/decision.tsx'),
  route('moderation', 'routes/moderation.tsx'),

  // Digests
  route('digests', 'routes/digests.tsx'),
  route('digests/feed.xml', 'routes/digests-feed.ts', { id: 'digests-feed' }),
  route('digests/:scope', 'routes/digests-of-scope.tsx'),
  route('digests/:scope/feed.xml', 'routes/digests-feed.ts', { id: 'digests-of-scope-feed' }),
  route('digests/:scope/:period.json', 'routes/digest-json.ts'),
  route('digests/:scope/:period.csv', 'routes/digest-csv.ts'),
  route('digests/:scope/:period', 'routes/digest.tsx'),
  route('digests/:scope/:period/card.png', 'routes/digest-card.ts'),
  route('mod/digests', 'routes/mod-digests.tsx'),
  route('mod/digests/:id', 'routes/mod-digest.tsx'),

  // Subscriptions
  route('subscribe', 'routes/subscribe.tsx'),
  route('subscribe/sent', 'routes/subscribe-sent.tsx'),
  route('subscriptions/:token', 'routes/subscription.tsx'),
  route('subscriptions/:token/unsubscribe', 'routes/one-click-unsubscribe.ts'),

  // About
  route('about', 'routes/about.tsx'),
  route('rules', 'routes/rules.tsx'),
  route('privacy', 'routes/privacy.tsx'),
  route('glossary', 'routes/glossary.tsx'),

  // Choices and problems
  route('language', 'routes/language.ts'),
  route('problem/:status', 'routes/problem.tsx'),

  // For machines
  route('api/v1/threads', 'routes/api-threads.ts'),
  route('api/v1/threads/:id', 'routes/api-thread.ts'),
  route('api/v1/barriers', 'routes/api-barriers.ts'),
  route('api/v1/digests', 'routes/api-digests.ts'),
  route('api/v1/openapi.json', 'routes/api-openapi.ts'),
  route('api/*', 'routes/api-nothing.ts'),
  route('healthz', 'routes/healthz.ts'),
  route('readyz', 'routes/readyz.ts'),
  route('metrics', 'routes/metrics.ts'),
  route('robots.txt', 'routes/robots.ts'),
  route('.well-known/security.txt', 'routes/security-txt.ts'),

  // Everything else is not there
  route('*', 'routes/not-found.tsx'),
] satisfies RouteConfig;
