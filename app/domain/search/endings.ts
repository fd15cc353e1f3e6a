/*
 * Forms of one word in the languages of the interface, by their endings and beginnings, without a
 * dictionary. A form that no one writes costs a look into the index and finds nothing; a form of another
 * word finds too much. So a rule is here only if it seldom meets a word of another meaning.
 */

/** What a word may begin or end with, and what stands there in other forms of it. */
type Change = readonly [part: RegExp, ...instead: string[]];

/** Plurals of English, and of a class of Swahili whose rule would make machines of China (chine, machine). */
const PAIRS = new Map(
  `foot feet, tooth teeth, mouse mice, goose geese, criterion criteria, phenomenon phenomena,
    datum data, medium media, bacterium bacteria, curriculum curricula, stimulus stimuli,
    focus foci, nucleus nuclei, radius radii, index indices, appendix appendices,
    matrix matrices, vertex vertices, axis axes, tatizo matatizo, swali maswali, jibu majibu, neno maneno, shamba mashamba,
    duka maduka, soko masoko, jina majina, eneo maeneo, kosa makosa, somo masomo, gari magari,
    shirika mashirika, pendekezo mapendekezo, jambo mambo, jiji majiji, jengo majengo`
    .split(',')
    .flatMap((pair): [string, string][] => {
      const [one = '', many = ''] = pair.trim().split(' ');
      return [
        [one, many],
        [many, one],
      ];
    }),
);

/** Of English, French, Spanish, Portuguese, Swahili and Indonesian, which share their letters: folded words. */
const LATIN: readonly Change[] = [
  // policies, caches, leaves, analyses; the plural of each.
  [/(?<=[a-z]{2})ies$/, 'y'],
  [/(?<=[a-z]{2})ves$/, 'f', 'fe'],
  [/(?<=[a-z](?:s|x|z|ch|sh|o))es$/, ''],
  [/(?<=[a-z]{2})(?<![si])s$/, ''],
  [/(?<=[^aeiou])y$/, 'ies'],
  [/(?<=[a-z])fe?$/, 'ves'],
  [/(?<=s|x|z|ch|sh|o)$/, 'es'],
  [/(?<=[a-z][aeiouy]s)is$/, 'es'],
  [/(?<=[a-z][aeiouy]s)es$/, 'is'],
  [/(?<!s)$/, 's'],
  // chairmen, grandchildren, salespeople, quizzes, formulae.
  [/(?<=^|[a-z]{2})man$/, 'men'],
  [/(?<=^|[a-z]{2})men$/, 'man'],
  [/child$/, 'children'],
  [/children$/, 'child'],
  [/person$/, 'people'],
  [/people$/, 'person'],
  [/(?<=[aeiou])z$/, 'zzes'],
  [/zzes$/, 'z'],
  [/(?<=[a-z]{3}a)e$/, ''],
  // journaux, travaux, réseaux.
  [/(?<=[a-z]{2})al$/, 'aux'],
  [/(?<=[a-z]{2})ail$/, 'aux'],
  [/(?<=[a-z]{2})aux$/, 'al', 'ail', 'au'],
  [/(?<=[ae]u)x$/, ''],
  // profesores, luces.
  [/(?<=[a-z]{2}[dlnrjy])es$/, ''],
  [/(?<=[a-z]{2}[dlnrjy])$/, 'es'],
  [/(?<=[a-z])z$/, 'ces'],
  [/(?<=[a-z])ces$/, 'z'],
  // conexões, animais, imagens.
  [/(?<=[a-z]{2})ao$/, 'oes', 'aes', 'aos'],
  [/(?<=[a-z]{2})[oa]es$/, 'ao'],
  [/(?<=[a-z]{2}[aeou])l$/, 'is'],
  [/(?<=[a-z]{2}[aeou])is$/, 'l'],
  [/(?<=[a-z]{2}[aeiou])m$/, 'ns'],
  [/(?<=[a-z]{2}[aeiou])ns$/, 'm'],
  // walimu, watoto, vitabu, vyuo, mikopo.
  [/^mw(?=a[a-z]{2,}[aeiou]$)/, 'w'],
  [/^w(?=a[a-z]{3,}[aeiou]$)/, 'mw'],
  [/^m(?=[^aeiouw][a-z]+[aeiou]$)/, 'wa', 'mi'],
  [/^(?:wa|mi)(?=[^aeiou][a-z]+[aeiou]$)/, 'm'],
  [/^ki(?=[a-z]{2,}[aeiou]$)/, 'vi'],
  [/^vi(?=[a-z]{2,}[aeiou]$)/, 'ki'],
  [/^ch(?=[auo][a-z]*[aeiou]$)/, 'vy'],
  [/^vy(?=[auo][a-z]*[aeiou]$)/, 'ch'],
  // bukunya.
  [/(?<=[a-z]{3})(?:nya|lah|kah)$/, ''],
];

/** Nouns and adjectives; ё is folded to е. */
const RUSSIAN = endings(
  ['', 'а', 'ы', 'е', 'у', 'ой', 'ою', 'ам', 'ами', 'ах', 'о', 'ом', 'ов', 'и', 'я', 'ю', 'ь'],
  ['ей', 'ем', 'ям', 'ями', 'ях', 'ью', 'ию', 'ии', 'ия', 'ие', 'ий', 'ием', 'иям', 'иями', 'иях'],
  ['ый', 'ая', 'ое', 'ые', 'ого', 'ому', 'ым', 'ую', 'ых', 'ыми', 'яя', 'ее', 'его', 'ему', 'им'],
  ['юю', 'их', 'ими'],
);

const HINDI = endings(
  ['', 'ा', 'े', 'ी', 'ों', 'ें', 'ियां', 'ियों', 'ाओं', 'ाएं', 'ि', 'ु', 'ू', 'ुओं', 'ुएं'],
  ['िया', 'ियो', 'ो'],
);

/** Returns the ending of a word, if what is left has two signs at least, and all endings, the longest first. */
function endings(...lists: string[][]): { ending: RegExp; all: readonly string[] } {
  const all = lists.flat().sort((a, b) => b.length - a.length);
  return { ending: new RegExp(`(?<=..)(?:${all.join('|')})$`, 'u'), all };
}

/** Returns other forms of a folded word; empty for a script without rules. Words of one or two letters have none. */
export function inflected(word: string): string[] {
  if (/^[a-z]{3,}$/.test(word)) return latinForms(word);
  if (/^[а-я]{3,}$/u.test(word)) return withEndings(word, RUSSIAN);
  if (/^[\u0900-\u0963]{3,}$/u.test(word)) return withEndings(word, HINDI);
  return [];
}

function latinForms(word: string): string[] {
  const changed = LATIN.flatMap(([part, ...instead]) =>
    part.test(word) ? instead.map((other) => word.replace(part, other)) : [],
  );
  return [...new Set([PAIRS.get(word) ?? word, ...changed])].filter((form) => form !== word);
}

function withEndings(word: string, { ending, all }: typeof RUSSIAN): string[] {
  const stem = word.replace(ending, '');
  return all.map((end) => stem + end).filter((form) => form !== word);
}
