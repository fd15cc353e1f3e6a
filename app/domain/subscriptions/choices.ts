import { z } from 'zod';
import type { Pillar } from '~/domain/community/vocabularies';
import type { Community } from '~/platform/community/community';
import { isLocale, type Locale } from '~/platform/i18n/locales';
import { parseScope, type Scope } from '~/platform/places/scope';

/**
 * The maximum frequency of emails: `weekly` sends every digest of the chosen places when it is
 * published, `monthly` only those of months and quarters.
 */
export const FREQUENCIES = ['weekly', 'monthly'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** A subscriber's choices. */
export interface Choices {
  /** At least one. */
  scopes: Scope[];
  /** Pillars that come first in the email; empty for no preference. */
  pillars: Pillar[];
  frequency: Frequency;
  language: Locale;
}

/** Maximum number of places; for more, the world can be chosen. */
const MOST_SCOPES = 60;

/** The form fields for `Choices`, for a schema. */
export const choiceFields = (community: Community) => ({
  scope: z
    .array(z.string(), 'subscriptions.error.scope')
    .min(1, 'subscriptions.error.scope')
    .max(MOST_SCOPES, 'subscriptions.error.scopes')
    .transform((codes, check) => {
      const scopes = codes.map(parseScope).filter((scope) => scope !== null);
      if (scopes.length < codes.length) {
        check.addIssue({ code: 'custom', message: 'subscriptions.error.scope' });
      }
      return [...new Set(scopes)];
    }),
  pillar: z
    .array(z.string().refine((text) => community.isPillar(text), 'site.error.field'))
    .default([])
    .transform((slugs) => [...new Set(slugs)]),
  frequency: z.enum(FREQUENCIES, 'site.error.field').default('weekly'),
  language: z.string().refine(isLocale, 'site.error.field').optional(),
});

interface ChoiceInput {
  scope: Scope[];
  pillar: Pillar[];
  frequency: Frequency;
  language?: string | undefined;
}

/** Returns the choices from a form's input; the page's language is the default. */
export function choicesFrom(input: ChoiceInput, fallback: Locale): Choices {
  return {
    scopes: input.scope,
    pillars: input.pillar,
    frequency: input.frequency,
    language: isLocale(input.language) ? input.language : fallback,
  };
}

/** The fields with several values. */
export const CHOICE_LISTS = ['scope', 'pillar'];
