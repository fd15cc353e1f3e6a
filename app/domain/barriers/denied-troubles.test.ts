import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '~/platform/markdown/render';
import { deniedKind } from './denials';
import { LEXICON_KINDS } from './kinds-in-texts';
import type { LexiconLanguage } from './lexicon';
import { readText } from './quoting/quote-rules';
import { suggestBarriers } from './suggest';

/** Sentences that deny what stands for {0} or, in the form after "with", for {1}; and such as do not. */
interface Examples {
  /** "{0}|{1}" by kind; "{1}" is the same where it is left out. */
  named: Record<string, string>;
  denies: string[];
  denyNothing: string[];
}

const EXAMPLES: Record<LexiconLanguage, Examples> = {
  en: {
    named: {
      compute: 'the hardware',
      data: 'the data',
      language: 'the language',
      connectivity: 'the internet',
      cost: 'the cost',
      skills: 'the training',
      knowledge: 'access to papers',
      policy: 'the law',
      concentration: 'the vendor',
      trust: 'trust',
    },
    denies: [
      'For us {0} is not really a problem.',
      "Here {0} won't be much of an obstacle.",
      'We have no trouble with {1}.',
      "I don't think {0} is a problem here.",
    ],
    denyNothing: [
      'For us {0} is not the only problem.',
      'Here {0} is no small problem.',
      'Is {0} not a problem for us?',
      'Nobody here says that {0} is not a problem.',
      'Our leaders do not solve the problem of {1}.',
    ],
  },
  fr: {
    named: {
      compute: 'le matériel|de matériel',
      data: 'la qualité des données|de données',
      language: 'la langue|de langue',
      connectivity: 'le réseau|de réseau',
      cost: 'le prix|de prix',
      skills: 'la formation|de formation',
      knowledge: "l'information|d'information",
      policy: 'la loi|de loi',
      concentration: 'le fournisseur|de fournisseur',
      trust: 'la confiance|de confiance',
    },
    denies: [
      "Pour nous, {0} n'est pas un problème.",
      'Chez nous, {0} ne pose aucun souci.',
      "Nous n'avons pas de problème {1}.",
      'Je ne crois pas que {0} soit un problème chez nous.',
    ],
    denyNothing: [
      "Chez nous, {0} n'est pas le seul problème.",
      "Chez nous, {0} n'est pas un petit obstacle.",
      "Est-ce que {0} n'est pas un problème pour nous ?",
      "Nous ne pouvons pas dire que {0} n'est pas un problème.",
    ],
  },
  es: {
    named: {
      compute: 'el equipo de cómputo|de equipos de cómputo',
      data: 'la calidad de los datos|de datos',
      language: 'el idioma|de idioma',
      connectivity: 'la conexión|de conexión',
      cost: 'el costo|de costo',
      skills: 'la capacitación|de capacitación',
      knowledge: 'la información|de información',
      policy: 'la ley|con la ley',
      concentration: 'el proveedor|con el proveedor',
      trust: 'la confianza|de confianza',
    },
    denies: [
      'Para nosotros {0} no será ningún problema.',
      'Aquí {0} no supone un obstáculo.',
      'Nunca hemos tenido problemas {1}.',
    ],
    denyNothing: [
      'Para nosotros {0} no es el único problema.',
      'Aquí {0} no es un problema menor.',
      '¿Acaso {0} no es un problema para nosotros?',
      'No podemos decir que {0} no es un problema.',
    ],
  },
  pt: {
    named: {
      compute: 'o computador|de computadores',
      data: 'a qualidade dos dados|de dados',
      language: 'a língua|de língua',
      connectivity: 'a conexão|de conexão',
      cost: 'o custo|de custo',
      skills: 'a formação|de formação',
      knowledge: 'a informação|de informação',
      policy: 'a lei|com a lei',
      concentration: 'o fornecedor|com o fornecedor',
      trust: 'a confiança|de confiança',
    },
    denies: [
      'Para nós {0} não é um problema.',
      'Aqui {0} não causa nenhuma dificuldade.',
      'Não temos problemas {1}.',
    ],
    denyNothing: [
      'Para nós {0} não é o único problema.',
      'Aqui {0} não é um pequeno problema.',
      'Será que {0} não é um problema para nós?',
      'Ninguém aqui diz que {0} não é um problema.',
    ],
  },
  ar: {
    named: {
      compute: 'الأجهزة',
      data: 'البيانات',
      language: 'اللغة',
      connectivity: 'الشبكة',
      cost: 'التكلفة',
      skills: 'التدريب',
      knowledge: 'المعلومات',
      policy: 'القانون',
      concentration: 'المورد',
      trust: 'الثقة',
    },
    denies: ['{0} ليست مشكلة كبيرة عندنا.', '{0} لا تشكل عائقا لنا.', 'لا نواجه أي صعوبة في {1}.'],
    denyNothing: [
      '{0} ليست المشكلة الوحيدة عندنا.',
      '{0} ليست مشكلة صغيرة عندنا.',
      'هل {0} ليست مشكلة عندنا؟',
      'لا يمكننا القول إن {0} ليست مشكلة.',
    ],
  },
  sw: {
    named: {
      compute: 'kompyuta',
      data: 'takwimu',
      language: 'lugha',
      connectivity: 'mtandao',
      cost: 'gharama',
      skills: 'mafunzo',
      knowledge: 'taarifa',
      policy: 'sheria',
      concentration: 'kampuni moja',
      trust: 'imani',
    },
    denies: [
      'Kwetu {0} si tatizo kubwa.',
      'Hatupati shida yoyote na {1}.',
      '{0} haijawahi kuwa tatizo kwetu.',
    ],
    denyNothing: [
      'Kwetu {0} si tatizo dogo.',
      'Kwetu tatizo si {1} pekee.',
      'Je, {0} si tatizo kwetu?',
      'Hatuwezi kusema kuwa {0} si tatizo.',
    ],
  },
  hi: {
    named: {
      compute: 'कंप्यूटर',
      data: 'डेटा',
      language: 'भाषा',
      connectivity: 'नेटवर्क',
      cost: 'कीमत',
      skills: 'प्रशिक्षण',
      knowledge: 'जानकारी',
      policy: 'कानून',
      concentration: 'कंपनी का एकाधिकार|कंपनी के एकाधिकार',
      trust: 'भरोसा|भरोसे',
    },
    denies: [
      'हमारे लिए {0} कोई समस्या नहीं है।',
      'हमें {1} से कोई दिक्कत नहीं है।',
      'मुझे नहीं लगता कि यहाँ {0} समस्या है।',
    ],
    denyNothing: [
      'हमारे लिए {0} अकेली समस्या नहीं है।',
      'हमारे लिए {0} छोटी समस्या नहीं है।',
      'क्या हमारे लिए {0} समस्या नहीं है?',
      'हम यह नहीं कह सकते कि {0} समस्या नहीं है।',
    ],
  },
  id: {
    named: {
      compute: 'komputer',
      data: 'data',
      language: 'bahasa',
      connectivity: 'jaringan',
      cost: 'biaya',
      skills: 'pelatihan',
      knowledge: 'informasi',
      policy: 'peraturan',
      concentration: 'vendor',
      trust: 'kepercayaan',
    },
    denies: [
      'Bagi kami {0} tidak menjadi hambatan.',
      'Kami tidak pernah punya masalah dengan {1}.',
      'Soal {1}, kami tidak ada kendala.',
    ],
    denyNothing: [
      'Bagi kami {0} bukan satu-satunya masalah.',
      'Bagi kami {0} bukan masalah kecil.',
      'Apakah {0} bukan masalah bagi kami?',
      'Kami tidak bisa bilang {0} bukan masalah.',
    ],
  },
  zh: {
    named: {
      compute: '算力',
      data: '数据',
      language: '语言',
      connectivity: '网络',
      cost: '费用',
      skills: '培训',
      knowledge: '信息',
      policy: '法规',
      concentration: '供应商',
      trust: '信任',
    },
    denies: ['我们没有{1}问题。', '{0}对我们不算什么障碍。', '{0}从来不是我们的问题。'],
    denyNothing: [
      '{0}不是我们唯一的问题。',
      '{0}对我们不是小问题。',
      '{0}对我们不是问题吗？',
      '我们不能说{0}不是问题。',
    ],
  },
  ru: {
    named: {
      compute: 'железо|с железом',
      data: 'качество данных|с данными',
      language: 'язык|с языком',
      connectivity: 'связь|со связью',
      cost: 'цена|с ценой',
      skills: 'обучение|с обучением',
      knowledge: 'информация|с информацией',
      policy: 'закон|с законом',
      concentration: 'поставщик|с поставщиком',
      trust: 'доверие|с доверием',
    },
    denies: [
      'Для нас {0} не такая уж проблема.',
      'У нас нет никаких трудностей {1}.',
      'Проблем {1} у нас нет.',
    ],
    denyNothing: [
      'Для нас {0} не единственная проблема.',
      'Для нас {0} не мелкая проблема.',
      'Разве {0} для нас не проблема?',
      'Мы не можем сказать, что {0} не проблема.',
    ],
  },
};

function filled(pattern: string, named: string): string {
  const [subject = '', after = subject] = named.split('|');
  const sentence = pattern.replace('{0}', subject).replace('{1}', after);
  return sentence.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}

function deniedInQuote(body: string, language: string) {
  const rendered = renderMarkdown(body);
  if (!rendered.ok) throw new Error(rendered.reason);
  const text = readText({ body, html: rendered.html, language }, LEXICON_KINDS);
  return text.sentences.map((sentence) => deniedKind(text, sentence));
}

const each = Object.entries(EXAMPLES).flatMap(([language, { named, ...patterns }]) =>
  (['denies', 'denyNothing'] as const).flatMap((how) =>
    patterns[how].map((pattern) => [how, language, pattern, Object.entries(named)] as const),
  ),
);

describe('"is no problem" and the like, of every kind', () => {
  it.each(each.filter(([how]) => how === 'denies'))('%s, %s: %s', (_, language, pattern, named) => {
    for (const [kind, words] of named) {
      const text = filled(pattern, words);
      expect(suggestBarriers(text, language), text).toMatchObject({
        raises: false,
        reading: 'denied',
      });
      expect(deniedInQuote(text, language), text).toEqual([kind]);
    }
  });

  it.each(each.filter(([how]) => how === 'denyNothing'))(
    '%s, %s: %s',
    (_, language, pattern, named) => {
      for (const [, words] of named) {
        const text = filled(pattern, words);
        expect(suggestBarriers(text, language).reading, text).not.toBe('denied');
        expect(deniedInQuote(text, language), text).toEqual([null]);
      }
    },
  );

  it.each([
    ['en', 'No training is a problem for us.'],
    ['en', 'Not having data is our problem.'],
    ['es', 'No tener conexión es un problema aquí.'],
    ['zh', '我们没有网络是个问题。'],
  ])('is not what says that something is lacking: %s %s', (language, text) => {
    expect(suggestBarriers(text, language).reading).toBe('barrier');
    expect(deniedInQuote(text, language)).toEqual([null]);
  });
});
