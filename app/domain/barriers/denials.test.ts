import { describe, expect, it } from 'vitest';
import { LEXICON_KINDS } from '~/domain/barriers/kinds-in-texts';
import { faultsOf, readText, standingRun } from '~/domain/barriers/quoting/quote-rules';
import { renderMarkdown } from '~/platform/markdown/render';
import { deniedKind } from './denials';

function read(body: string, language: string) {
  const rendered = renderMarkdown(body);
  if (!rendered.ok) throw new Error(rendered.reason);
  return readText({ body, html: rendered.html, language }, LEXICON_KINDS);
}

function denied(body: string, language: string) {
  const text = read(body, language);
  return text.sentences.map((sentence) => deniedKind(text, sentence));
}

describe('a denial is of the kind that its own words deny', () => {
  it.each([
    [
      'en',
      'Connectivity is honestly not our problem in Hanoi, fibre is cheap. But a card costs five months of pay.',
      ['connectivity', null],
    ],
    ['en', 'Honestly, connectivity is not a problem for us.', ['connectivity']],
    ['fr', "Chez nous la connexion n'est pas un problème.", ['connectivity']],
    ['fr', 'Honnêtement, chez nous le prix n’est pas un obstacle.', ['cost']],
    ['es', 'En mi escuela no nos falta capacitación.', ['skills']],
    ['id', 'Harga bukan masalah bagi kami.', ['cost']],
    ['sw', 'Kwetu lugha si tatizo.', ['language']],
    ['zh', '我们学校不缺算力。', ['compute']],
    ['fr', 'Chez nous, nous n’avons pas de problème de connexion.', ['connectivity']],
    ['es', 'Aquí no nos falta internet.', ['connectivity']],
    ['zh', '我们这里网络够用。', ['connectivity']],
    ['ru', 'У нас интернета хватает.', ['connectivity']],
    ['hi', 'हमारे गाँव में बिजली चौबीस घंटे रहती है, इसलिए हमें कोई शिकायत नहीं।', ['connectivity']],
  ])('%s: %s', (language, body, kinds) => {
    expect(denied(body, language)).toEqual(kinds);
  });
});

describe('a denial counts in a clause of its own', () => {
  it.each([
    ['en', 'Although the internet is not a problem for us, a card costs five months of pay.'],
    ['en', 'A card costs five months of pay, even though the internet is not a problem for us.'],
    ['en', 'While the internet is not a problem for us, a card costs five months of pay.'],
    [
      'en',
      'Because the internet is not a problem for us, the price of the licence is our only trouble.',
    ],
    [
      'fr',
      'Bien que le réseau ne soit pas un problème chez nous, la licence coûte cinq mois de salaire.',
    ],
    [
      'fr',
      'La licence nous coûte cinq mois de salaire, alors que le réseau n’est pas un problème chez nous.',
    ],
    [
      'es',
      'Aunque el internet no es un problema para nosotros, la licencia cuesta cinco meses de sueldo.',
    ],
    [
      'pt',
      'Embora a internet não seja um problema para nós, a licença custa cinco meses de salário.',
    ],
    ['ar', 'رغم أن الإنترنت ليس مشكلة عندنا، فإن الاشتراك يكلف راتب خمسة أشهر.'],
    ['sw', 'Ingawa mtandao si tatizo kwetu, leseni ina gharama ya mishahara ya miezi mitano.'],
    ['hi', 'हालाँकि इंटरनेट हमारे लिए समस्या नहीं है, लाइसेंस की कीमत पाँच महीने की तनख्वाह है।'],
    ['id', 'Meskipun internet bukan masalah bagi kami, biaya langganan setara gaji lima bulan.'],
    ['zh', '虽然网络对我们不是问题，订阅的费用却要五个月的工资。'],
    ['ru', 'Хотя интернет для нас не проблема, цена лицензии — пять зарплат.'],
  ])('%s: %s', (language, body) => {
    expect(denied(body, language)).toEqual(['connectivity']);
  });

  it.each([
    ['en', 'Because of the price the internet is no better for us than a letter.'],
    ['en', 'We cannot train our staff because our internet is not good enough.'],
    ['fr', 'Parce que notre réseau ne suffit pas, la licence ne nous sert à rien.'],
    ['es', 'Aunque pagamos la licencia, nuestro internet no es suficiente.'],
    ['id', 'Karena internet kami tidak lancar, biaya langganan terbuang.'],
    ['zh', '因为我们这里网络不够用，订阅的费用都浪费了。'],
    ['ru', 'Хотя мы платим за лицензию, интернета у нас не хватает.'],
  ])('and nothing is denied in %s: %s', (language, body) => {
    expect(denied(body, language)).toEqual([null]);
  });
});

describe('no kind is denied', () => {
  it.each([
    [
      'where only a hint says which, or another clause says no',
      'en',
      'Singapore is fine, thank you; everything is subsidised here.',
    ],
    [
      'by what others lack elsewhere',
      'en',
      'I write because our branches in Laos are not: the model endpoints are simply geo-blocked there.',
    ],
    ['by somebody who speaks for others', 'en', 'Connectivity is not the problem of farmers.'],
    [
      'where the kind is stated too',
      'en',
      'Our signal is not a problem but our internet fails daily.',
    ],
    [
      'in a report with "not"',
      'fr',
      'Chez nous aussi : la reconnaissance vocale ne connaît pas le pular.',
    ],
    ['where it is the better of two', 'en', 'The network is no problem for us, the price is.'],
    ['beside "only"', 'en', 'My bank card works only inside Ghana.'],
    ['beside "only"', 'en', 'Our internet works, but only until noon.'],
    ['beside "but not"', 'en', 'Our internet works well but not in the ward.'],
    ['beside "no"', 'en', 'No bank card of ours works here.'],
    ['beside "not"', 'en', 'We do not have enough teachers who were trained in our school.'],
    ['beside "if"', 'en', 'The internet is no problem for us if the generator has diesel.'],
    ['beside "only"', 'fr', 'Notre connexion est suffisante seulement la nuit.'],
    [
      'beside "only"',
      'fr',
      'Chez nous la licence n’est abordable que pour les grandes entreprises.',
    ],
    ['beside "not"', 'fr', 'Nous n’avons pas assez de formation pour nos maîtres.'],
    ['beside "but not"', 'fr', 'Notre réseau fonctionne très bien, mais pas à la clinique.'],
    ['beside "only"', 'es', 'En mi pueblo el internet funciona muy bien solo de noche.'],
    ['beside "not"', 'es', 'Aquí la licencia no es barata para nosotros.'],
    ['beside "not"', 'pt', 'A licença não é barata para nós.'],
    ['beside "only"', 'pt', 'A nossa internet funciona muito bem, mas só de madrugada.'],
    ['beside "not"', 'ar', 'الإنترنت غير متوفر عندنا في العيادة.'],
    ['beside "only"', 'ar', 'الإنترنت متوفر عندنا فقط في الليل.'],
    ['beside "only"', 'sw', 'Mtandao wetu ni mzuri usiku tu.'],
    ['beside "only"', 'hi', 'हमारे यहाँ इंटरनेट ठीक है जब तक बारिश नहीं होती।'],
    ['beside "not"', 'id', 'Internet kami tidak lancar setiap sore.'],
    ['beside "only"', 'id', 'Internet kami lancar hanya di kantor camat.'],
    ['beside "not"', 'zh', '我们这里网络不够用。'],
    ['beside "only"', 'zh', '我们这里的网络很稳定，但只在镇上。'],
    ['beside "not"', 'ru', 'У нас не хватает интернета.'],
    ['beside "only"', 'ru', 'У нас интернета достаточно только ночью.'],
  ])('%s', (_, language, body) => {
    expect(denied(body, language)).toEqual([null]);
  });
});

describe('the words around a denial', () => {
  const standing = { kind: 'connectivity', named: [], country: 'SG', as: 'denies' } as const;

  it('do not report the same kind, or speak of another place', () => {
    const own = 'The internet is not a problem for us here.';
    const rests = [
      'At home our internet is down every single day and the signal never reaches us.',
      'My branches in Laos over there wait for it.',
    ];
    for (const rest of rests) {
      const text = read(`${own} ${rest}`, 'en');
      expect(standingRun(text, 0, standing)?.text, rest).toBe(own);
    }
    const text = read(`${own} ${rests[1]}`, 'en');
    const all = { start: 0, end: text.body.length, text: text.body, from: 0, to: 2 };
    expect([...faultsOf(text, all, standing)]).toContain('elsewhere');
  });
});
