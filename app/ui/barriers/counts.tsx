import type { SiteTranslator } from '~/platform/community/site-translator';
import { placeName } from '~/platform/places/names';
import type { PlaceCode } from '~/platform/places/places';
import { placePath } from './place-path';

export interface CountRow {
  path: string;
  name: string;
  /** Number of people or posts as text; null if there are none. */
  text: string | null;
}

interface CountsProps {
  title: string;
  rows: CountRow[];
}

/** In a margin: places or kinds of barrier as links, each with its number. */
export function Counts({ title, rows }: CountsProps) {
  if (rows.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul className="counts">
        {rows.map(({ path, name, text }) => (
          <li key={path}>
            <a href={path}>{name}</a> {text && <span>{text}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function placeCount(
  code: PlaceCode,
  count: number | undefined,
  { locale, number }: Pick<SiteTranslator, 'locale' | 'number'>,
): CountRow {
  return {
    path: placePath(code),
    name: placeName(code, locale),
    text: count === undefined ? null : number(count),
  };
}
