import { expect, it } from 'vitest';
import { hitsIn } from './hits';
import { searchTokens } from './word-forms';
import { readSearchTerms } from './words';

/** True if each term of a search is in a text. */
function finds(typed: string, text: string): boolean {
  const { wanted } = readSearchTerms(typed);
  return wanted.length > 0 && wanted.every((term) => hitsIn(searchTokens(text), [term]).length > 0);
}

// Words of one line are forms of one word, or ways to write it: each finds all others.
it.each([
  ['English', 'city', 'cities', 'city’s', "cities'"],
  ['English', 'GPU', 'GPUs', 'gpu', 'ＧＰＵ'],
  ['English', 'analysis', 'analyses'],
  ['English', 'crisis', 'crises'],
  ['English', 'bus', 'buses'],
  ['English', 'woman', 'women', 'women’s'],
  ['English', 'man', 'men', 'men’s'],
  ['English', 'chairman', 'chairmen'],
  ['English', 'grandchild', 'grandchildren'],
  ['English', 'salesperson', 'salespeople'],
  ['English', 'medium', 'media'],
  ['English', 'index', 'indices'],
  ['English', 'phenomenon', 'phenomena'],
  ['English', 'formula', 'formulae'],
  ['English', 'quiz', 'quizzes'],
  ['English', 'axis', 'axes'],
  ['English', 'life', 'lives'],
  ['English', 'low-cost', 'lowcost', 'low‑cost', 'low‐cost'],
  ['English', 'wi-fi', 'wifi', 'Wi‑Fi'],
  ['English', 'can’t', "can't", 'cant', 'canʼt', 'can‘t', 'can´t'],
  ['French', 'l’électricité', 'électricité', 'd’electricite', "qu'électricité", 'ÉLECTRICITÉ'],
  ['French', 'cœur', 'coeur', 'CŒUR', 'cœurs'],
  ['French', 'jusqu’aujourd’hui', 'aujourd’hui', "aujourd'hui"],
  ['French', 'journal', 'journaux', 'Journal'],
  ['French', 'travail', 'travaux'],
  ['French', 'école', 'écoles', "l'école", 'ecole'],
  ['Spanish', 'profesor', 'profesores'],
  ['Spanish', 'conexión', 'conexiones', 'conexion', 'CONEXIÓN'],
  ['Spanish', 'luz', 'luces'],
  ['Spanish', 'niño', 'niños', 'nino'],
  ['Portuguese', 'conexão', 'conexões', 'conexao'],
  ['Portuguese', 'animal', 'animais'],
  ['Portuguese', 'papel', 'papéis'],
  ['Portuguese', 'imagem', 'imagens'],
  ['Portuguese', 'professor', 'professores'],
  ['Italian', 'dell’università', 'università', 'un’universita'],
  ['Swahili', 'mwalimu', 'walimu'],
  ['Swahili', 'kitabu', 'vitabu'],
  ['Swahili', 'chuo', 'vyuo'],
  ['Swahili', 'mkopo', 'mikopo'],
  ['Swahili', 'tatizo', 'matatizo'],
  ['Swahili', 'mtoto', 'watoto'],
  ['Indonesian', 'guru', 'guru-guru', 'gurunya'],
  ['Indonesian', 'buku', 'bukunya', 'buku-buku'],
  ['Russian', 'ёлка', 'елка', 'ЁЛКА', 'ёлки', 'ёлку'],
  ['Russian', 'школа', 'школы', 'школе', 'школу', 'школой', 'школами', 'школах'],
  ['Russian', 'учитель', 'учителя', 'учителей', 'учителям'],
  ['Russian', 'сеть', 'сети', 'сетью', 'сетей'],
  ['Russian', 'данные', 'данных', 'данными'],
  ['Russian', 'сельский', 'сельская', 'сельского', 'сельских'],
  ['Russian', 'развитие', 'развития', 'развитию', 'развитием'],
  ['Russian', 'цена', 'цены', 'цену', 'ценой'],
  ['Russian', 'язык', 'языка', 'языков', 'языками'],
  ['Hindi', 'हिन्दी', 'हिंदी', 'हिन्‍दी'],
  ['Hindi', 'सम्बन्ध', 'संबंध'],
  ['Hindi', 'ज़रूरत', 'जरूरत', 'ज़रूरत', 'ज़रूरतें', 'ज़रूरतों'],
  ['Hindi', 'स्कूल', 'स्कूलों'],
  ['Hindi', 'भाषा', 'भाषाएँ', 'भाषाओं'],
  ['Hindi', 'लड़का', 'लड़के', 'लड़कों', 'लड़का'],
  ['Hindi', 'किताब', 'किताबें', 'किताबों'],
  ['Hindi', 'पढ़ाई', 'पढाई'],
  ['Arabic', 'مدرسة', 'المدرسة', 'والمدرسة', 'بالمدرسة', 'فللمدرسة', 'لمدرسة', 'مدرسه'],
  ['Arabic', 'مدرسة', 'مدرستنا', 'مدرستي', 'بمدرستهم'],
  ['Arabic', 'شركة', 'شركات', 'الشركات', 'وشركات'],
  ['Arabic', 'معلم', 'معلمون', 'معلمين', 'المعلمين'],
  ['Arabic', 'فلاح', 'الفلاح', 'الفلاحين', 'والفلاحون', 'للفلاحين'],
  ['Arabic', 'لغة', 'اللغة', 'للغة', 'وباللغات', 'لغات', 'فللغة'],
  ['Arabic', 'وزارة', 'الوزارة', 'والوزارات', 'بوزارة', 'للوزارة'],
  ['Arabic', 'كهرباء', 'الكهرباء', 'بالكهرباء', 'كَهْرَباء', 'كهربـاء'],
  ['Arabic', 'إنترنت', 'انترنت', 'الإنترنت', 'بالانترنت'],
  ['Chinese', '２０２６年', '2026年', '２０２６ 年'],
  ['Chinese', 'ＡＩ', 'AI', 'ai'],
  ['Chinese', '网络，', '网络'],
  ['Uzbek', 'o‘qituvchi', "o'qituvchi", 'oʻqituvchi', 'o’qituvchi', 'oqituvchi'],
  ['digits', '١٢٣٤', '1234', '१२३४', '１２３４'],
])('in %s, each of %s finds the others', (_, ...words) => {
  const missed = words.flatMap((typed) =>
    words.filter((word) => !finds(typed, `x ${word}, y`)).map((word) => `${typed} → ${word}`),
  );
  expect(missed).toEqual([]);
});

it.each([
  ['cat', 'category theory'],
  ['Chine', 'machine learning'],
  ["c'est", 'ceste'],
  ["don't", 'donation'],
  ['школа', 'школьник'],
  ['мир', 'миллион'],
  ['"школа"', 'школы'],
  ['"l’école"', 'notre école'],
  ['मैं', 'में'],
  ['علم', 'معلم'],
])('%s does not find: %s', (typed, text) => {
  expect(finds(typed, text)).toBe(false);
});
