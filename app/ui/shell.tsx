import type { ReactNode } from 'react';
import { LOCALES } from '~/platform/i18n/locales';
import { pathTo } from '~/platform/paths';
import { Pressed } from './forms/fields';
import { Text, useI18n } from './i18n';

interface ShellProps {
  siteName: string;
  /** The logged-in person; `unread` is the number of unread notifications. */
  person: {
    handle: string;
    moderates: boolean;
    unconfirmed: boolean;
    unread: number;
    /** `rests`: the role waits for a second factor; otherwise the day from which it will. */
    office: { day: string } | 'rests' | null;
  } | null;
  /** The URL of this page, to return to. */
  path: string;
  demo: boolean;
  children: ReactNode;
}

/** Header, main part and footer of every page. */
export function Shell({ siteName, person, path, demo, children }: ShellProps) {
  const { t } = useI18n();
  return (
    <>
      <a className="skip" href="#main">
        {t('site.skip')}
      </a>
      <header className="masthead">
        {demo && <p className="demo-line">{t('site.demo')}</p>}
        <div className="masthead-row">
          <a className="wordmark" href="/">
            {siteName}
          </a>
          <Account person={person} path={path} />
          <nav className="sections" aria-label={t('site.nav.label')}>
            <ul className="nav">
              <Entry href={pathTo('/threads')} path={path} also="/t/">
                {t('site.nav.threads')}
              </Entry>
              <Entry href={pathTo('/barriers')} path={path}>
                {t('barriers.title')}
              </Entry>
              <Entry href={pathTo('/digests')} path={path}>
                {t('site.nav.digests')}
              </Entry>
              <Entry href={pathTo('/search')} path={path}>
                {t('search.nav')}
              </Entry>
              <Entry href={pathTo('/about')} path={path}>
                {t('site.nav.about')}
              </Entry>
              {person?.moderates && (
                <Entry href={pathTo('/mod')} path={path}>
                  {t('site.nav.desk')}
                </Entry>
              )}
            </ul>
          </nav>
        </div>
        <Arch />
      </header>
      <main id="main" tabIndex={-1}>
        {person?.unconfirmed && <Unconfirmed path={path} />}
        {person?.office && <Office office={person.office} path={path} />}
        {children}
      </main>
      <Footer path={path} />
    </>
  );
}

/** The frame of embedded pages: content and links, no forms. */
export function EmbedFrame({ children }: Pick<ShellProps, 'children'>) {
  return <main className="embed">{children}</main>;
}

interface EntryProps {
  href: string;
  path: string;
  /** Another path prefix of the same section. */
  also?: string;
  children: ReactNode;
}

/** A navigation link that shows whether it is the current page. */
function Entry({ href, path, also, children }: EntryProps) {
  const { pathname } = new URL(path, 'http://here.invalid');
  const within = pathname.startsWith(`${href}/`) || (also && pathname.startsWith(also));
  return (
    <li>
      <a href={href} aria-current={pathname === href ? 'page' : within ? 'true' : undefined}>
        {children}
      </a>
    </li>
  );
}

function Account({ person, path }: Pick<ShellProps, 'person' | 'path'>) {
  const { t } = useI18n();
  return (
    <nav className="account" aria-label={t('site.nav.account')}>
      {person ? (
        <ul className="nav">
          <Entry href={pathTo('/notifications')} path={path}>
            {person.unread > 0
              ? t('site.nav.unread', { count: person.unread })
              : t('site.nav.notifications')}
          </Entry>
          <Entry href={pathTo('/following')} path={path}>
            {t('site.nav.following')}
          </Entry>
          <Entry href={pathTo('/you')} path={path}>
            {t('site.nav.you')}
          </Entry>
          <Entry href={pathTo('/u/:handle', { handle: person.handle })} path={path}>
            <bdi>{person.handle}</bdi>
          </Entry>
          <li>
            <form method="post" action={pathTo('/logout')}>
              <Pressed />
              <button className="link" type="submit">
                {t('site.nav.logout')}
              </button>
            </form>
          </li>
        </ul>
      ) : (
        <ul className="nav">
          <Entry href={pathTo('/login')} path={path}>
            {t('site.nav.login')}
          </Entry>
          <Entry href={pathTo('/signup')} path={path}>
            {t('site.nav.signup')}
          </Entry>
        </ul>
      )}
    </nav>
  );
}

/** On every page except the confirmation page: asks to confirm the email address before posting. */
function Unconfirmed({ path }: { path: string }) {
  if (path.startsWith('/confirm') || path === pathTo('/signup/sent')) return null;
  return (
    <p className="notice">
      <Text
        k="people.again.line"
        values={{ link: (words) => <a href={pathTo('/confirm')}>{words}</a> }}
      />
    </p>
  );
}

interface OfficeProps {
  office: { day: string } | 'rests';
  path: string;
}

/** The notice to set up a second factor; before the deadline on moderation pages only. */
function Office({ office, path }: OfficeProps) {
  if (path.startsWith('/settings/') || path.startsWith('/login/')) return null;
  const link = (words: ReactNode[]) => <a href={pathTo('/settings/second-factor')}>{words}</a>;
  if (office === 'rests') {
    return (
      <p className="notice warning">
        <Text k="security.office.line" values={{ link }} />
      </p>
    );
  }
  if (!/^\/mod([/?]|$)/.test(path)) return null;
  return (
    <p className="notice">
      <Text k="security.office.soon" values={{ link, day: office.day }} />
    </p>
  );
}

/** The site's motif under the header: a causeway as a low arch over a water line. */
function Arch() {
  return (
    <svg className="arch" viewBox="0 0 1200 12" preserveAspectRatio="none" aria-hidden="true">
      <path className="deck" d="M0 11Q600-9 1200 11" vectorEffect="non-scaling-stroke" />
      <path d="M0 11.5H1200" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

function Footer({ path }: { path: string }) {
  const { t, locale } = useI18n();
  return (
    <footer className="colophon">
      <nav aria-label={t('site.footer.label')}>
        <ul className="nav">
          <Entry href={pathTo('/about')} path={path}>
            {t('site.footer.about')}
          </Entry>
          <Entry href={pathTo('/rules')} path={path}>
            {t('site.footer.rules')}
          </Entry>
          <Entry href={pathTo('/moderation')} path={path}>
            {t('site.footer.log')}
          </Entry>
          <Entry href={pathTo('/privacy')} path={path}>
            {t('site.footer.privacy')}
          </Entry>
          <Entry href={pathTo('/glossary')} path={path}>
            {t('site.footer.glossary')}
          </Entry>
          <Entry href={pathTo('/contact')} path={path}>
            {t('guard.footer.contact')}
          </Entry>
          <Entry href={pathTo('/report')} path={path}>
            {t('guard.footer.report')}
          </Entry>
          <Entry href={pathTo('/subscribe')} path={path}>
            {t('site.footer.subscribe')}
          </Entry>
        </ul>
      </nav>
      <form className="language" method="post" action={pathTo('/language')}>
        <input type="hidden" name="redirectTo" value={path} />
        <label htmlFor="site-language">{t('site.footer.language')}</label>
        <select id="site-language" name="language" defaultValue={locale}>
          {Object.entries(LOCALES).map(([tag, { name }]) => (
            <option key={tag} value={tag} lang={tag}>
              {name}
            </option>
          ))}
        </select>
        <button type="submit">{t('site.footer.change')}</button>
      </form>
      <p>{t('site.footer.licence')}</p>
    </footer>
  );
}
