import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { ReactElement, ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { SiteTranslator } from '~/platform/community/site-translator';
import { TranslatorProvider, useI18n } from '~/ui/i18n';

/*
 * What is the same is drawn once. A component made with `drawnOnce` depends on nothing but its
 * properties and the translator of the page, so that its HTML is kept under these and can never be
 * out of date: another text, name, number or right of the reader is another property.
 */

/** Size limit for all that is kept, in characters; a post is about 5,000 with its properties. */
const MOST_KEPT = 12 * 1024 * 1024;

const kept = new LRUCache<string, string>({
  maxSize: MOST_KEPT,
  sizeCalculation: (html, key) => html.length + key.length,
});

/** Data that JSON tells apart: no functions, elements, dates, maps or sets. */
type Plain<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends
        | ((...args: never[]) => unknown)
        | Date
        | ReadonlyMap<unknown, unknown>
        | ReadonlySet<unknown>
    ? never
    : { [Name in keyof T]: Plain<T[Name]> };

interface Part {
  key: string;
  element: ReactElement;
}

/** The parts of what is being drawn, by the number in their mark; null if nothing is. */
let parts: Part[] | null = null;

/** Stands for a part until the rest is drawn. Nobody can guess it and write it into a text. */
const MARK = `part-${randomUUID()}-`;
const MARKS = new RegExp(`${MARK}(\\d+);`, 'g');

/** Draws an element as HTML, in which parts that were drawn before stand as they were. */
export function draw(element: ReactElement): string {
  const outer = parts;
  const own: Part[] = [];
  parts = own;
  try {
    const html = renderToStaticMarkup(element);
    return html.replace(MARKS, (_, number) => drawPart(own[number] as Part));
  } finally {
    parts = outer;
  }
}

function drawPart({ key, element }: Part): string {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const html = draw(element);
  kept.set(key, html);
  return html;
}

let components = 0;

/**
 * Returns the component, drawn once for the same properties and translator. It must not ask for
 * anything else, such as the form or the address of the page.
 */
export function drawnOnce<Props extends object>(
  Component: (props: Props & Plain<Props>) => ReactNode,
): (props: Props & Plain<Props>) => ReactNode {
  const number = components++;
  return function DrawnOnce(props) {
    const i18n = useI18n();
    if (!parts) return <Component {...props} />;
    const element = (
      <TranslatorProvider value={i18n}>
        <Component {...props} />
      </TranslatorProvider>
    );
    const key = `${number} ${numberOf(i18n)} ${JSON.stringify(props)}`;
    return `${MARK}${parts.push({ key, element }) - 1};`;
  };
}

const translators = new WeakMap<SiteTranslator, number>();
let lastTranslator = 0;

/** A number for each translator: another language, time zone or version of the community has another. */
function numberOf(i18n: SiteTranslator): number {
  const number = translators.get(i18n) ?? ++lastTranslator;
  translators.set(i18n, number);
  return number;
}
