import type { MessageKey, Values } from './i18n/translator';

/**
 * Why a domain function did not do what was asked, in words for the person who asked.
 * - `invalid`: a field cannot be read (400)
 * - `refused`: understood, but against a rule (422)
 * - `missing`: not there, or not theirs to see: both are answered alike (404)
 * - `too-many`: try again later (429)
 */
export class DomainError extends Error {
  override name = 'Refusal';

  constructor(
    readonly kind: 'invalid' | 'refused' | 'missing' | 'too-many',
    readonly key: MessageKey,
    readonly options: {
      /** The form field it is about; none means the whole form. */
      field?: string;
      values?: Values;
      /** A page of ours that the sentence leads to instead of to the field. */
      href?: string;
      /** For `too-many`: seconds until it may be tried again. */
      retryAfter?: number;
    } = {},
  ) {
    super(key);
  }
}
