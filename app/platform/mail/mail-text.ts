import { type Child, isValidElement } from 'hono/jsx';

/**
 * Makes the plain text of an email from the elements of its HTML: paragraphs separated by an empty
 * line, quotations marked with `>`, and every link with its URL. @param beforeAddress turns a
 * link's text into the words before its URL, such as "Log in:"
 */
export function mailText(mail: Child, beforeAddress: (words: string) => string): string {
  function blocks(content: Child): string[] {
    if (Array.isArray(content)) return content.flatMap(blocks);
    if (!isValidElement(content)) return isText(content) ? [String(content)] : [];
    const { tag, props, children } = content;
    if (typeof tag === 'function') return blocks(tag({ ...props, children }));
    switch (tag) {
      // Email programs already show the subject and the sender's name.
      case 'head':
      case 'header':
        return [];
      case 'p':
        return [paragraph(children)];
      case 'h1':
        return [underlined(inline(children), '=')];
      case 'h2':
        return [underlined(inline(children), '-')];
      case 'blockquote':
        return [blocks(children).join('\n').replace(/^/gm, '> ')];
      // Email programs recognise this line as the start of the signature (RFC 3676, 4.3).
      case 'footer':
        return [`-- \n${blocks(children).join('\n')}`];
      default:
        return blocks(children);
    }
  }

  function paragraph(children: Child[]): string {
    let only: Child = children;
    while (Array.isArray(only) && only.length === 1) [only] = only;
    if (isValidElement(only) && only.tag === 'a') {
      return `${beforeAddress(inline(only.children))}\n${only.props.href}`;
    }
    return inline(children);
  }

  function inline(content: Child): string {
    if (Array.isArray(content)) return content.map(inline).join('');
    if (!isValidElement(content)) return isText(content) ? String(content) : '';
    const { tag, props, children } = content;
    if (typeof tag === 'function') return inline(tag({ ...props, children }));
    if (tag === 'br') return '\n';
    const words = inline(children);
    if (tag !== 'a' || words === props.href) return words;
    return `${beforeAddress(words)} ${props.href}`;
  }

  return `${blocks(mail).join('\n\n')}\n`;
}

function isText(content: Child): boolean {
  return typeof content === 'string' || typeof content === 'number';
}

function underlined(title: string, line: string): string {
  return `${title}\n${line.repeat(Math.min(60, title.length))}`;
}
