/** @jsxImportSource hono/jsx */
import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { Translator } from '~/platform/i18n/translator';
import { COLOURS, FONTS } from '~/platform/palette';
import { mailText } from './mail-text';
import type { MailContent } from './outbox';
import { LinkLine, P } from './parts';

/** The site that sends the email; `origin` is its public URL without a trailing slash. */
export interface MailSite {
  siteName: string;
  origin: string;
}

export interface Mail {
  subject: string;
  /** Small print: why the person gets this email. */
  why?: string;
  /** Links for changing which emails to get. */
  choices?: { label: string; url: string }[];
  /** Elements from `parts.tsx`. */
  children: Child;
}

/**
 * Builds every email: the site's name at the top; below, why it was sent and how to unsubscribe.
 * Returns single-column HTML that loads nothing, and the same as plain text.
 */
export function writeMail(
  i18n: Translator,
  site: MailSite,
  mail: Mail,
): Required<Pick<MailContent, 'subject' | 'text' | 'html'>> {
  const layout = <Layout i18n={i18n} site={site} {...mail} />;
  return {
    subject: mail.subject,
    text: mailText(layout, (label) => i18n.t('mail.link', { label })),
    html: `<!doctype html>${layout}`,
  };
}

function Layout({
  i18n: { locale, dir },
  site: { siteName, origin },
  subject,
  why,
  choices = [],
  children,
}: Mail & { i18n: Translator; site: MailSite }) {
  return (
    <html lang={locale} dir={dir}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        {/* Keeps email programs from making a numeric code into a phone link. */}
        <meta name="format-detection" content="telephone=no" />
        <title>{subject}</title>
        <style>{raw(SHEET)}</style>
      </head>
      <body>
        {/* Not on body: email programs with a page of their own drop html and body. */}
        <div class="mail" lang={locale} dir={dir}>
          <header>
            <a href={origin}>{siteName}</a>
          </header>
          {children}
          <footer>
            {why && <P small>{why}</P>}
            {choices.map(({ label, url }) => (
              <LinkLine key={url} href={url} small>
                {label}
              </LinkLine>
            ))}
            <LinkLine href={origin} small>
              {siteName}
            </LinkLine>
          </footer>
        </div>
      </body>
    </html>
  );
}

/*
 * The style sheet. Programs that ignore it still show a readable email, because the elements carry
 * all that is needed. Programs that support `prefers-color-scheme` use the site's dark colours;
 * programs that invert colours themselves have two colours to invert.
 */
const SHEET = `:root{color-scheme:light dark;supported-color-schemes:light dark}
body{margin:0}
.mail{box-sizing:border-box;max-width:600px;margin:0 auto;padding:16px;font:16px/1.55 ${FONTS.sans};overflow-wrap:break-word}
.mail[dir=rtl]{line-height:1.8}
header{margin:0 0 24px;padding:0 0 8px;border-bottom:2px solid}
header a{font:700 22px/1.3 ${FONTS.serif};text-decoration:none}
h1,h2{font-family:${FONTS.serif};font-weight:600;line-height:1.3}
h1{font-size:25px;margin:32px 0 12px}
h2{font-size:20px;margin:28px 0 4px}
p{margin:0 0 16px}
blockquote{margin:0 0 16px;padding:0;padding-inline-start:14px;border-inline-start:2px solid}
blockquote p{margin:0 0 4px}
.words{font-family:${FONTS.serif};font-size:17px}
.s{font-size:14px}
.code{font:700 34px/1.3 ${FONTS.mono}}
.action{display:inline-block;padding:10px 16px;border-radius:2px;font-weight:600;text-decoration:none}
footer{margin:32px 0 0;padding:12px 0 0;border-top:1px solid}
footer p{margin:0 0 8px}
${paint('light')}
@media (prefers-color-scheme:dark){${paint('dark')}}`;

function paint(scheme: 'light' | 'dark'): string {
  const colour = (name: keyof typeof COLOURS) => COLOURS[name][scheme];
  return [
    `body,.mail{background:${colour('paper')};color:${colour('ink')}}`,
    `a{color:${colour('accent')}}`,
    `header a{color:${colour('ink')}}`,
    `header{border-color:${colour('accent')}}`,
    `blockquote,footer{border-color:${colour('line')}}`,
    `.s{color:${colour('ink-soft')}}`,
    `.action{background:${colour('accent')};color:${colour('accent-ink')}}`,
  ].join('');
}
