import type { ReactNode } from 'react';
import { LOCALES } from '~/platform/i18n/locales';
import { type Logo, logoVersion } from '~/platform/logo';
import { pathTo } from '~/platform/paths';
import { Pressed, Submit } from './forms/fields';
import { Gap, linkTo, Text, TextLine, useI18n } from './i18n';
import { Row } from './row';

interface ShellProps {
  siteName: string;
  /** The logged-in person; `unread` is the number of unread notifications. */
  person: {
    handle: string;
    moderates: boolean;
    administers: boolean;
    unconfirmed: boolean;
    unread: number;
    /** `rests`: the role waits for a second factor; otherwise the day from which it will. */
    office: { day: string } | 'rests' | null;
  } | null;
  /** The URL of this page, to return to. */
  path: string;
  demo: boolean;
  operator: FooterProps['operator'];
  children: ReactNode;
}

/** Header, main part and footer of every page. */
export function Shell({ siteName, person, path, demo, operator, children }: ShellProps) {
  const { t, community } = useI18n();
  const [pathname = ''] = path.split('?', 1);
  return (
    <>
      <a className="skip" href="#main">
        {t('site.skip')}
      </a>
      <header className="masthead">
        {demo && <p className="demo-line">{t('site.demo')}</p>}
        <div className="masthead-row">
          <a className="wordmark" href="/" aria-current={pathname === '/' ? 'page' : undefined}>
            {community.settings.logo && <SiteLogo logo={community.settings.logo} />}
            {siteName}
          </a>
          <Account person={person} path={path} />
          <Menu person={person} path={path} />
          <Languages path={path} />
        </div>
        <Arch />
      </header>
      <main id="main" tabIndex={-1}>
        {person?.unconfirmed && <Unconfirmed path={path} />}
        {person?.office && <Office office={person.office} path={path} />}
        {children}
      </main>
      <Footer path={path} operator={operator} />
    </>
  );
}

/** The logo of the site; its name always stands beside it. */
export function SiteLogo({ logo }: { logo: Logo }) {
  return <img className="logo" src={pathTo(`/logo?v=${logoVersion(logo)}`)} alt="" />;
}

/** The frame of embedded pages. */
export function EmbedFrame({ children }: Pick<ShellProps, 'children'>) {
  return <main className="embed single">{children}</main>;
}

interface EntryProps {
  href: string;
  path: string;
  /** Other path prefixes of the same section. */
  also?: readonly string[];
  label: ReactNode;
}

/** A navigation link that shows whether it is the current page or section. */
function Entry({ href, path, also = [], label }: EntryProps) {
  const { pathname } = new URL(path, 'http://here.invalid');
  const within = [`${href}/`, ...also].some((prefix) => pathname.startsWith(prefix));
  return (
    <li>
      <a href={href} aria-current={pathname === href ? 'page' : within ? 'true' : undefined}>
        {label}
      </a>
    </li>
  );
}

/** The other interface languages, each one press away; the page stays the same. */
function Languages({ path }: { path: string }) {
  const { t, locale, community } = useI18n();
  const others = community.settings.languages.filter((tag) => tag !== locale);
  if (others.length === 0) return null;
  return (
    <Row
      as="form"
      className="language nav"
      aria-label={t('site.language')}
      method="post"
      action={pathTo('/language')}
    >
      <input type="hidden" name="redirectTo" value={path} />
      {others.map((tag) => (
        <Submit
          key={tag}
          look="link"
          name="language"
          value={tag}
          lang={tag}
          title={LOCALES[tag].name}
          label={LOCALES[tag].short}
        />
      ))}
    </Row>
  );
}

/** What is used most, on every screen; the rest of the account is in the menu. */
function Account({ person, path }: Pick<ShellProps, 'person' | 'path'>) {
  const { t } = useI18n();
  return (
    <nav className="account" aria-label={t('site.nav.account')}>
      {person ? (
        <ul className="nav">
          <Entry
            href={pathTo('/notifications')}
            path={path}
            label={
              person.unread > 0
                ? t('site.nav.unread', { count: person.unread })
                : t('site.nav.notifications')
            }
          />
          <Entry href={pathTo('/you')} path={path} label={t('site.nav.you')} />
        </ul>
      ) : (
        <ul className="nav">
          <Entry href={pathTo('/login')} path={path} label={t('site.nav.login')} />
        </ul>
      )}
    </nav>
  );
}

/** The sections of the site: folded on a phone, a line of links on a wide screen. */
function Menu({ person, path }: Pick<ShellProps, 'person' | 'path'>) {
  const { t } = useI18n();
  return (
    <details className="menu">
      <summary>{t('site.nav.menu')}</summary>
      <nav className="sections" aria-label={t('site.nav.label')}>
        <ul className="nav">
          <Entry
            href={pathTo('/threads')}
            path={path}
            also={['/t/', '/p/', '/pillars/']}
            label={t('site.nav.threads')}
          />
          <Entry
            href={pathTo('/barriers')}
            path={path}
            also={['/key-points/', '/regions/', '/countries/']}
            label={t('barriers.title')}
          />
          <Entry href={pathTo('/digests')} path={path} label={t('site.nav.digests')} />
          <Entry href={pathTo('/search')} path={path} label={t('search.nav')} />
          <Entry href={pathTo('/about')} path={path} label={t('site.nav.about')} />
          {person?.moderates && (
            <Entry href={pathTo('/mod')} path={path} label={t('site.nav.desk')} />
          )}
          {person?.administers && (
            <Entry href={pathTo('/admin')} path={path} label={t('admin.title')} />
          )}
        </ul>
        {person ? (
          <ul className="nav">
            <Entry href={pathTo('/following')} path={path} label={t('site.nav.following')} />
            <Entry
              href={pathTo('/u/:handle', { handle: person.handle })}
              path={path}
              label={<bdi>{person.handle}</bdi>}
            />
            <li>
              <form method="post" action={pathTo('/logout')}>
                <Pressed />
                <Submit look="link" label={t('site.nav.logout')} />
              </form>
            </li>
          </ul>
        ) : (
          <ul className="nav">
            <Entry href={pathTo('/signup')} path={path} label={t('site.nav.signup')} />
          </ul>
        )}
      </nav>
    </details>
  );
}

/** On every page except the confirmation page: asks to confirm the email address before posting. */
function Unconfirmed({ path }: { path: string }) {
  if (path.startsWith('/confirm') || path === pathTo('/signup/sent')) return null;
  return (
    <TextLine
      className="notice"
      k="people.again.line"
      values={{ link: linkTo(pathTo('/confirm')) }}
    />
  );
}

interface OfficeProps {
  office: { day: string } | 'rests';
  path: string;
}

/** The notice to set up a second factor; before the deadline on pages for moderators and administrators only. */
function Office({ office, path }: OfficeProps) {
  if (path.startsWith('/settings/') || path.startsWith('/login/')) return null;
  const link = linkTo(pathTo('/settings/second-factor'));
  if (office === 'rests') {
    return <TextLine className="notice warning" k="security.office.line" values={{ link }} />;
  }
  if (!/^\/(mod|admin)([/?]|$)/.test(path)) return null;
  return (
    <TextLine className="notice" k="security.office.soon" values={{ link, day: office.day }} />
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

interface FooterProps {
  path: string;
  /** Null: not filled in. */
  operator: {
    name: string | null;
    place: string | null;
    article: { title: string; url: string | null } | null;
  };
}

function Footer({ path, operator: { name, place, article } }: FooterProps) {
  const { t } = useI18n();
  return (
    <footer className="colophon">
      <nav aria-label={t('site.footer.label')}>
        <ul className="nav">
          <Entry href={pathTo('/about')} path={path} label={t('site.footer.about')} />
          <Entry href={pathTo('/rules')} path={path} label={t('site.footer.rules')} />
          <Entry href={pathTo('/moderation')} path={path} label={t('site.footer.log')} />
          <Entry href={pathTo('/privacy')} path={path} label={t('site.footer.privacy')} />
          <Entry href={pathTo('/glossary')} path={path} label={t('site.footer.glossary')} />
          <Entry
            href={pathTo('/accessibility')}
            path={path}
            label={t('pages.accessibility.title')}
          />
          <Entry href={pathTo('/contact')} path={path} label={t('guard.footer.contact')} />
          <Entry href={pathTo('/report')} path={path} label={t('guard.footer.report')} />
          <Entry href={pathTo('/subscribe')} path={path} label={t('site.footer.subscribe')} />
        </ul>
      </nav>
      <p>
        {name ? (
          <Text
            k="site.footer.operator"
            values={{
              name: <bdi>{name}</bdi>,
              placed: place ? 1 : 0,
              place: <bdi>{place}</bdi>,
              link: linkTo(pathTo('/about#who')),
            }}
          />
        ) : (
          <Text k="site.footer.operatorMissing" values={{ link: linkTo(pathTo('/about#who')) }} />
        )}
        {article && (
          <>
            <Gap />
            <Text
              k="site.footer.article"
              values={{
                title: article.title,
                link: linkTo(article.url ?? pathTo('/about#the-post')),
              }}
            />
          </>
        )}
      </p>
      <p>{t('site.footer.licence')}</p>
    </footer>
  );
}
