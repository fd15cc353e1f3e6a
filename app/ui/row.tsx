import { Children, Fragment, isValidElement, type ReactElement, type ReactNode } from 'react';

interface RowProps {
  children: ReactNode;
  className?: string | undefined;
  as?: 'p' | 'nav' | 'form' | 'div' | 'sup';
  /** Between the parts. */
  separator?: ReactNode;
  [attribute: `aria-${string}`]: string | undefined;
  method?: 'get' | 'post';
  action?: string;
  id?: string;
}

/** Between two links that a style sheet keeps apart: text browsers show what is only `hidden`. */
export const UNSEEN = (
  <>
    {' '}
    <span hidden>· </span>
  </>
);

/**
 * A line of several parts, such as links and buttons. A style sheet alone cannot keep them apart:
 * text browsers, copied text and the reading view of browsers would join their words.
 */
export function Row({ children, as: Tag = 'p', separator = ' ', ...attributes }: RowProps) {
  const parts = partsOf(children);
  if (parts.length === 0) return null;
  return (
    <Tag {...attributes}>
      {parts.map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a line keep their order
        <Fragment key={at}>
          {at > 0 && (isControl(parts[at - 1]) ? ' ' : separator)}
          {part}
        </Fragment>
      ))}
    </Tag>
  );
}

/** A line of facts, such as author, place and date, separated by dots. */
export function Meta({ className, separator = '\u00a0· ', ...rest }: RowProps) {
  return (
    <Row {...rest} className={className ? `meta ${className}` : 'meta'} separator={separator} />
  );
}

/** Returns the children, including those in fragments. */
function partsOf(children: ReactNode): ReactNode[] {
  const given = Children.toArray(children).filter((child) => child !== '');
  return given.flatMap((child) =>
    isValidElement(child) && child.type === Fragment
      ? partsOf((child as ReactElement<{ children: ReactNode }>).props.children)
      : [child],
  );
}

/** A form control is no fact, so no dot follows it. */
function isControl(part: ReactNode): boolean {
  return isValidElement(part) && part.type === 'input';
}
