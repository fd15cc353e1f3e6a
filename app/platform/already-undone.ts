import { DomainError } from './errors';

/**
 * The refusal of an undo that was done before, with a link to where that is recorded.
 * @param href a path of this site, which may end with an anchor
 */
export function alreadyUndone(href: string): DomainError {
  return new DomainError('refused', 'site.error.undone', { href });
}
