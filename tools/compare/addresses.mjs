/**
 * All URL patterns of the site, most specific first: a page's kind is the first pattern that
 * matches. Public URLs do not change (see docs/), so the list works for older and newer checkouts.
 */
export const ADDRESSES = `
/ threads threads/new t/:id/feed.xml t/:id/card.png t/:id t/:id/:slug
p/:id p/:id/edit p/:id/delete p/:id/revisions p/:id/quote p/:id/face p/:id/quoted p/:id/bookmark
p/:id/language p/:id/kinds p/:id/about
barriers barriers.json barriers.csv barriers/contributions.csv barriers/new barriers/kinds/:kind
key-points/:id.json key-points/:id/feed.xml key-points/:id/stance key-points/:id key-points/:id/:slug
countries/:alpha2 pillars/:slug regions/:m49 regions/:m49/feed.xml search drafts
feed.xml sitemap.xml
signup signup/sent confirm confirm/:token join/:token login login/code login/code/enter
login/link/:token login/passkey login/second login/again logout reset reset/sent reset/:token
settings settings/security settings/address address/confirm/:token address/undo/:token
settings/password settings/second-factor settings/second-factor/codes settings/passkeys
settings/passkeys/new settings/data settings/data/export settings/delete settings/deleted
settings/notices u/:handle notifications
reading/:id following bookmarks mail/:token mail/:token/unsubscribe
p/:id/flag mod mod/cases/:id mod/posts/:id mod/people/:handle mod/people/:handle/record mod/key-points
mod/practice mod/practice/:id mod/people mod/modmail mod/modmail/:id modmail modmail/:id
report report/sent mod/patterns decisions/:id decisions/:id/appeal
moderation moderation.csv moderation/feed.xml
digests digests/feed.xml digests/:scope/feed.xml digests/:scope
digests/:scope/:period.json digests/:scope/:period.csv digests/:scope/:period.cff
digests/:scope/:period.bib digests/:scope/:period digests/:scope/:period/card.png
digests/:scope/:period/v/:version.json digests/:scope/:period/v/:version.csv
digests/:scope/:period/v/:version.cff digests/:scope/:period/v/:version.bib
digests/:scope/:period/v/:version mod/digests mod/digests/:id mod/digests/:id/preview
subscribe subscribe/sent subscriptions/:token subscriptions/:token/unsubscribe
about rules contact transparency transparency/:year.csv transparency/:year privacy glossary
language problem/:status
embed/t/:id embed/c/:slug embed/regions/:m49 oembed api/v1/threads/:id api/v1/threads api/v1/barriers
api/v1/digests api/v1/openapi.json api/:rest
healthz readyz metrics robots.txt .well-known/security.txt
`
  .trim()
  .split(/\s+/);

/**
 * Start pages of the crawl: `/`, and pages without links to them. Pages that a role may not see
 * respond with an error, which is saved too.
 */
export const STARTS = `
/ /sitemap.xml /robots.txt /.well-known/security.txt /healthz /readyz /metrics /embed.js
/threads /threads?sort=top&region=002 /t/q1 /t/q1/biggest-barrier /t/q1/biggest-barrier?page=2
/t/q5/what-would-emerge /t/q1/card.png /t/q1/feed.xml /t/nothing-here /threads?page=999 /threads?sort=odd
/p/d001 /p/d001/revisions /p/d001/face /p/d001/quote /p/d001/quoted /p/d001/flag /p/d001/bookmark
/p/d001/kinds /p/d001/language /p/d001/edit /p/d001/delete /p/d017 /p/nothing-here
/search?q=clinic&region=002 /search?q=nothing-at-all /search?q=digest+cost
/barriers.json /barriers.csv /barriers/contributions.csv /barriers?region=011&kind=cost /barriers/kinds/cost
/barriers/kinds/nothing /countries/NG /countries/XX /pillars/education /regions/011 /regions/000
/regions/011/feed.xml /feed.xml /digests/feed.xml /digests/011/feed.xml
/digests/world/2026-10 /digests/world/2026-10.json /digests/world/2026-10.csv /digests/world/2026-10.cff
/digests/world/2026-10.bib /digests/world/2026-10/card.png /digests/world/2026-10/v/1
/digests/world/2026-10/v/1.json /digests/world/2026-10/v/1.csv /digests/world/2026-10/v/1.cff
/digests/world/2026-10/v/1.bib /digests/world/2026-10/v/9 /digests/011/2026-10 /digests/world/1999-01
/login /login/code /login/code/enter /login/passkey /login/second /login/again /logout /signup
/signup/sent /confirm /reset /reset/sent /subscribe /subscribe/sent /subscribe?scope=011&scope=NG /report /report?url=/p/d001
/report/sent /confirm/wrong /join/wrong /login/link/wrong /reset/wrong /address/confirm/wrong
/address/undo/wrong /mail/wrong /mail/wrong/unsubscribe /subscriptions/wrong
/subscriptions/wrong/unsubscribe /settings /settings/security /settings/address /settings/password
/settings/second-factor /settings/second-factor/codes /settings/passkeys /settings/passkeys/new
/settings/data /settings/data/export /settings/delete /settings/deleted /settings/notices
/notifications /following /bookmarks /drafts /reading/q1 /modmail /threads/new /barriers/new
/mod /mod?cause=flag&sort=newest /mod/posts/d001 /mod/people /mod/people/kofi_dev
/mod/people/kofi_dev/record /mod/key-points /mod/practice /mod/practice/practice-04 /mod/modmail
/mod/patterns /mod/digests /decisions/wrong /moderation /moderation.csv /moderation/feed.xml
/transparency /transparency/2026 /transparency/2026.csv /about /rules /contact /privacy /glossary
/language /problem/404 /nothing-here /u/kofi_dev /u/nobody-at-all
/embed/t/q1 /embed/t/q2?page=2 /embed/c/democratizing-ai-power?language=fr&theme=dark&resize=1 /embed/regions/011 /embed/regions/000
/oembed /oembed?url={origin}/t/q1 /oembed?url={origin}/t/q1&format=xml /oembed?url={origin}/digests/world/2026-10
/api/v1/threads /api/v1/threads?limit=2 /api/v1/threads?limit=0 /api/v1/threads/q1 /api/v1/threads/wrong
/api/v1/barriers /api/v1/barriers?region=011 /api/v1/barriers?kind=wrong /api/v1/digests
/api/v1/openapi.json /api/v1/nothing /api/nothing
`
  .trim()
  .split(/\s+/);

const PATTERNS = ADDRESSES.map((address) => ({
  address,
  pattern: new RegExp(
    `^/${(address === '/' ? '' : address).replaceAll('.', '\\.').replace(/:[a-z0-9]+/g, '[^/]+?')}$`,
  ),
}));

/** Returns the kind of a path with query: its URL pattern and the names of its query parameters. */
export function kindOf(path) {
  const url = new URL(path, 'http://site.invalid');
  const address =
    PATTERNS.find(({ pattern }) => pattern.test(url.pathname))?.address ?? `other ${url.pathname}`;
  const asked = [...new Set(url.searchParams.keys())].sort().join('&');
  return asked ? `${address}?${asked}` : address;
}
