import type { RoutePattern } from '~/routes';

type Parametric = Extract<RoutePattern, `${string}:${string}`>;
type Static = Exclude<RoutePattern, Parametric>;
/** A path without parameters, optionally with a query or fragment. */
type StaticPath = Static | `${Static}?${string}` | `${Static}#${string}`;

/** The names of the parameters in a pattern; those with `?` are optional. */
type Names<P extends string> = P extends `${infer Head}/${infer Tail}`
  ? Names<Head> | Names<Tail>
  : P extends `:${infer Name}`
    ? Name
    : never;
type Stem<Name extends string> = Name extends `${infer Stem}.${string}` ? Stem : Name;
type Needed<P extends string> = Stem<Exclude<Names<P>, `${string}?`>>;
type Optional<P extends string> =
  Extract<Names<P>, `${string}?`> extends `${infer Name}?` ? Name : never;

type Params<P extends string> = { [Name in Needed<P>]: string | number } & {
  [Name in Optional<P>]?: string | number;
};

/**
 * Returns the path of a page: `pathTo('/login?changed')`, `pathTo('/t/:id/:slug?', { id, slug })`.
 * Patterns are those of `app/routes.ts`, so that a misspelt link is a type error. Parameters are
 * percent-encoded; an omitted optional one is left out with its slash.
 */
export function pathTo(path: StaticPath): string;
export function pathTo<P extends Parametric>(pattern: P, params: Params<P>): string;
export function pathTo(pattern: string, params?: Record<string, string | number>): string {
  if (!params) return pattern;
  return pattern
    .replace(/\/:(\w+)\?/g, (_, name: string) => {
      const value = params[name];
      return value === undefined ? '' : `/${encodeURIComponent(value)}`;
    })
    .replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
}
