import { isFormerHandle } from '~/domain/accounts/users/deleted-users';
import type { SiteTranslator } from '~/platform/community/site-translator';
import type { Translator } from '~/platform/i18n/translator';
import { placeName } from '~/platform/places/names';
import type { QuotedSentence } from './content-parts';

/** How a person is named in a digest: a name that another could be taken for has its handle. */
export interface Named {
  handle: string;
  name: string | null;
  /** True if a name or handle of somebody else looks like the name. */
  shared: boolean;
}

/** An author as threads show them now, with the place and industry of one of their posts. */
export interface Signer extends Named {
  industry: string | null;
  country: string | null;
  region: string | null;
}

/** The posts of a digest that may be shown; those that it quotes with their author. */
export type Shown = ReadonlyMap<string, Signer | null>;

/** What stands under a quote: "Meena", "in health or social care", "India". */
export interface Signature {
  name: string;
  /** Only where the name could be taken for another's. */
  handle: string | null;
  work: string | null;
  place: string | null;
}

/** The facts of a signature, as codes. */
export type SignedFacts = Pick<Signer, 'industry' | 'country' | 'region'>;

/**
 * Returns what a digest tells of a quote's author: what they said when they were quoted, as far as
 * the post still says so. Moderators can leave out the country and the industry before publication.
 */
export function signedFacts(quote: QuotedSentence, signer: Signer | null | undefined): SignedFacts {
  const { industry = null, country, region } = quote;
  if (!signer) return { industry, country, region };
  const still = (said: string | null, now: string | null) => (said === now ? said : null);
  return {
    industry: still(industry, signer.industry),
    country: still(country, signer.country),
    region: still(region, signer.region),
  };
}

/**
 * Whether a quote tells less of the place than its post. The paragraph around it is then not shown:
 * it may name the country.
 */
export function hidesCountry(
  { country }: Pick<QuotedSentence, 'country'>,
  signer: Signer | null | undefined,
): boolean {
  return country === null && Boolean(signer?.country);
}

/** Returns the signature of a quote in a language. Without a signer the handle stands for the name. */
export function signatureOf(
  quote: QuotedSentence,
  signer: Signer | null | undefined,
  { locale, t, community }: SiteTranslator,
): Signature {
  const { industry, country, region } = signedFacts(quote, signer);
  const place = country ?? region;
  return {
    ...shownName(signer ?? { handle: quote.author, name: null, shared: false }, t),
    // Without a short name, an industry says nothing of a person's work.
    work: (industry && community.text('industry', industry, locale).short) || null,
    place: place && placeName(place, locale),
  };
}

/** The name as threads show it: of deleted accounts, that it is one. */
export function shownName(
  { handle, name, shared }: Named,
  t: Translator['t'],
): Pick<Signature, 'name' | 'handle'> {
  if (isFormerHandle(handle)) return { name: t('people.former'), handle: null };
  return { name: name ?? handle, handle: name !== null && shared ? handle : null };
}

/** The values of `digests.page.signed`: the parts of a signature, with which of them there are. */
export function signedValues({ work, place }: Pick<Signature, 'work' | 'place'>) {
  return { work: work ?? '', worked: work ? 1 : 0, place: place ?? '', placed: place ? 1 : 0 };
}

/** Returns a signature as text: "Meena, in health or social care, India, 2 October 2026". */
export function signatureText(
  { t }: Translator,
  { name, handle, date, ...parts }: Signature & { date: string },
): string {
  const named = handle === null ? name : `${name} (@${handle})`;
  return t('digests.page.signed', { name: named, date, ...signedValues(parts) });
}
