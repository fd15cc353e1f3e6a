/** @jsxImportSource hono/jsx */
import type { Child, PropsWithChildren } from 'hono/jsx';

/*
 * What mails are put together from. `layout.tsx` has the style of each class, `mail-text.ts` makes the
 * plain text from the same elements.
 */

/** Lines of a text stay lines. */
export function P({ children, small = false }: PropsWithChildren<{ small?: boolean }>) {
  return <p class={small ? 's' : undefined}>{withBreaks(children)}</p>;
}

/** A link of its own. In plain text its address stands on the next line, whole. */
export function LinkLine({ href, children, small }: LinkProps & { small?: boolean }) {
  return (
    <P small={small}>
      <a href={href}>{children}</a>
    </P>
  );
}

/** The one thing to do. */
export function Action({ href, children }: LinkProps) {
  return (
    <p>
      <a class="action" href={href}>
        {children}
      </a>
    </p>
  );
}

/** An address within a sentence. */
export function Url({ href }: { href: string }) {
  return <a href={href}>{href}</a>;
}

/** A person's own words, and below them whose they are. `language` is BCP 47. */
export function Quote({
  words,
  language,
  children,
}: PropsWithChildren<{ words: string; language?: string }>) {
  return (
    <blockquote>
      <p class="words" lang={language} dir="auto">
        {withBreaks(words)}
      </p>
      {children}
    </blockquote>
  );
}

/** What is to be typed somewhere else. */
export function Code({ children }: PropsWithChildren) {
  return (
    <p class="code">
      <span dir="ltr">{children}</span>
    </p>
  );
}

type LinkProps = PropsWithChildren<{ href: string }>;

const LINE_BREAK = <br />;

function withBreaks(content: Child): Child {
  if (typeof content === 'string' && content.includes('\n')) {
    return content.split('\n').flatMap((line, at) => (at === 0 ? [line] : [LINE_BREAK, line]));
  }
  return Array.isArray(content) ? content.map(withBreaks) : content;
}
