import type { BarrierKind } from '~/domain/community/vocabularies';
import {
  type Community,
  type CueWords,
  type OwnCueWords,
  perCommunity,
} from '~/platform/community/community';
import {
  cueWordsOf,
  hasCueWords,
  LEARNED_KINDS,
  LEXICON_LANGUAGES,
  type LexiconLanguage,
} from './lexicon';

/** The kinds of a site, and the words by which texts are read for them. */
export interface KindsInTexts extends Pick<Community, 'kinds'> {
  /** The cue words of the site's kinds; those of the lexicon hold for all others. */
  cueWords: OwnCueWords;
  /** Whether a text of the language can be told to be about the kind, because it has cue words there. */
  knows(kind: BarrierKind, language: LexiconLanguage): boolean;
}

type Site = Pick<Community, 'kinds' | 'cueWords'>;

const NO_CUES: CueWords = { barrier: [], topic: [], hint: [] };

/** As many letters, and a name is looked for in the singular too. */
const PLURAL_FROM = 5;

function kindsIn(site: Site, cueWords: OwnCueWords = site.cueWords): KindsInTexts {
  const knows = (kind: BarrierKind, language: LexiconLanguage) =>
    Object.values(cueWordsOf(kind, language, site.cueWords) ?? {}).some(({ length }) => length > 0);
  return { kinds: site.kinds, cueWords, knows };
}

/** For a site that has the kinds of the lexicon, and changed none of their words. */
export const LEXICON_KINDS = kindsIn({ kinds: LEARNED_KINDS, cueWords: new Map() });

/**
 * Returns how the texts of a site are read for its kinds. To the cue words of a kind that the lexicon does not
 * know, its names are added: they are evidence for it, but a text without them may be about it too.
 */
export const kindsInTexts = perCommunity((community): KindsInTexts => {
  const added = community.kinds.filter((kind) => !hasCueWords(kind, new Map()));
  if (added.length === 0) return kindsIn(community);
  const words = new Map(community.cueWords);
  for (const kind of added) {
    const texts = community.find('barrier', kind)?.texts;
    const named = new Map<string, CueWords>();
    for (const language of LEXICON_LANGUAGES) {
      const own = cueWordsOf(kind, language, community.cueWords) ?? NO_CUES;
      const { name = '', short = '' } = texts?.get(language) ?? {};
      named.set(language, { ...own, topic: [...own.topic, ...[name, short].flatMap(numbersOf)] });
    }
    words.set(kind, named);
  }
  return kindsIn(community, words);
});

/** A name as it is, and where it ends like an English, French, Spanish or Portuguese plural, without that. */
function numbersOf(name: string): string[] {
  const last = /[a-z]+$/i.exec(name)?.[0] ?? '';
  const plural = last.length >= PLURAL_FROM && last.endsWith('s');
  return plural ? [name, name.slice(0, -1)] : [name];
}
