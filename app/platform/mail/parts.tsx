/** @jsxImportSource hono/jsx */
import type { Child, PropsWithChildren } from 'hono/jsx';

/*
 * Building blocks of emails. `layout.tsx` styles each class; `mail-text.ts` makes the plain text
 * from the same elements.
 */

/** Keeps line breaks. */
export function P({ children, small = false }: PropsWithChildren<{ small?: boolean }>) {
  return <p class={small ? 's' : undefined}>{withBreaks(children)}</p>;
}

/** A link on its own. In plain text the whole URL is on the next line. */
export function LinkLine({ href, children, small }: LinkProps & { small?: boolean }) {
  return (
    <P small={small}>
      <a href={href}>{children}</a>
    </P>
  );
}

/** The main link of an email. */
export function Action({ href, children }: LinkProps) {
  return (
    <p>
      <a class="action" href={href}>
        {children}
      </a>
    </p>
  );
}

/** A URL within a sentence. */
export function Url({ href }: { href: string }) {
  return <a href={href}>{href}</a>;
}

/** A quotation with its author below. `language` is BCP 47. */
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

/** A code to be typed in somewhere else. */
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
