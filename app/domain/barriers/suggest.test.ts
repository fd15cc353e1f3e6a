import { describe, expect, it } from 'vitest';
import { signsOf, suggestBarriers } from './suggest';

const kindsOf = (text: string, language = 'en') =>
  suggestBarriers(text, language).kinds.map(({ kind }) => kind);

describe('suggesting kinds', () => {
  it('suggests the barrier, with the words that state it', () => {
    const text = 'Our clinic has power cuts every afternoon, so the app is useless.';
    const [first] = suggestBarriers(text, 'en').kinds;
    expect(first?.kind).toBe('connectivity');
    expect(first?.spans.map(({ start, end }) => text.slice(start, end))).toContain('power cuts');
  });

  it.each([
    ['en', 'Nobody was ever trained to use it.', 'skills'],
    ['fr', "Il n'y a pas de courant, et la connexion tombe.", 'connectivity'],
    ['es', 'Los registros están en papel y nadie los digitalizó.', 'data'],
    ['pt', 'A assinatura é muito cara e o cartão foi recusado.', 'cost'],
    ['ar', 'لا يوجد قانون والوزارة لم تجب.', 'policy'],
    ['sw', 'Walimu hawajapata mafunzo.', 'skills'],
    ['hi', 'हमारे गाँव में बिजली नहीं रहती।', 'connectivity'],
    ['id', 'Aplikasi tidak mengerti bahasa daerah kami.', 'language'],
    ['zh', '我们没有显卡，算力不足。', 'compute'],
    ['ru', 'Пациенты не доверяют системе и боятся утечки.', 'trust'],
  ])('reads %s', (language, text, kind) => {
    expect(suggestBarriers(text, language)).toMatchObject({ raises: true, language });
    expect(kindsOf(text, language)[0]).toBe(kind);
    // The form's declared language is that of the interface, so the text itself must decide.
    expect(kindsOf(text, 'en')[0]).toBe(kind);
  });

  it('suggests the pillar with the kind', () => {
    const { pillars } = suggestBarriers('Nobody was ever trained to use it.', 'en');
    expect(pillars.map(({ pillar }) => pillar)).toEqual(['education']);
  });

  it('needs a problem stated beside a topic', () => {
    expect(kindsOf('We talked about electricity.')).toEqual([]);
    expect(kindsOf('The electricity fails us.')).toEqual(['connectivity']);
  });
});

describe('texts without a barrier', () => {
  it.each([
    ['en', 'We have no problem with electricity.'],
    ['en', 'Cost is not a barrier for us.'],
    ['fr', "Nous n'avons aucun problème de connexion."],
    ['es', 'No tenemos problemas con la electricidad.'],
    ['pt', 'A internet não é o problema.'],
    ['ar', 'ليست المشكلة في الكهرباء.'],
    ['sw', 'Umeme si tatizo kwetu.'],
    ['hi', 'हमें बिजली की कोई समस्या नहीं है।'],
    ['id', 'Listrik bukan masalah bagi kami.'],
    ['zh', '网络不是问题。'],
    ['ru', 'С интернетом проблем нет.'],
  ])('a denial (%s): %s', (language, text) => {
    expect(suggestBarriers(text, language)).toMatchObject({ raises: false, reading: 'denied' });
  });

  it('a denial ends at "but"', () => {
    expect(kindsOf('The price is not the problem, but nobody was ever trained.')).toEqual([
      'skills',
    ]);
  });

  it.each([
    ['thanks', 'Thank you all, well said.'],
    ['proposal', 'I propose a shared repository of examples.'],
    ['abuse', 'You idiots, shut up.'],
    ['abuse', 'Earn money from home, click here!'],
    ['nothing', 'It rained on Tuesday.'],
    ['nothing', ''],
  ])('%s: %s', (reading, text) => {
    expect(suggestBarriers(text, 'en')).toMatchObject({ raises: false, reading, kinds: [] });
  });

  it('quotations, code and URLs', () => {
    for (const quoted of [
      '> There is no electricity here,\nand no internet.\n\nI disagree.',
      '```\nno electricity\n```',
      'See `no electricity`.',
      'See https://example.org/no-electricity',
    ]) {
      expect(kindsOf(quoted), quoted).toEqual([]);
    }
  });
});

describe('a word that only looks like one of the lexicon', () => {
  it.each([
    ['en', 'We feel fine at breakfast; the directory has feedback on a significant formula.'],
    ['en', 'A former master of classical costume met European lawn needles near the lagoon.'],
    ['fr', 'Les panneaux de la vidéo montrent la directrice et votre banquette.'],
    ['fr', 'Les agriculteurs cultivent des plantes dans la plaine, particulièrement des coupons.'],
    ['fr', 'Selon le sommaire, la définition est franchement importante.'],
    ['es', 'El tema del trabajo y los negocios es normal en esta página sobre la malaria.'],
    ['es', 'La reacción del espíritu trae esperanza y buenas tardes, perdón.'],
    ['pt', 'Ela tem tempo para o leite, e o tema da página é normal.'],
    ['pt', 'O travesseiro vem atrás, com esperança, obrigado.'],
    ['sw', 'Tulikutana katika mji na kutumia maji.'],
    ['sw', 'Hatua hii ya hali ya hewa: alipata matajiri hawa.'],
    ['id', 'Dia berangkat ke angkasa, lalu angkat barangnya.'],
    ['ar', 'فقد تأخذ السرعة تركيا غالبا.'],
    [
      'ru',
      'Утром на дороге в центр города пусть закончат стараться, уши правильно решение приняли.',
    ],
    ['ru', 'Картина! Семь детективов и степень центра словно стали указывать.'],
    ['hi', 'बस आई।'],
    ['zh', '太阳出来了，太太和难民朋友去西班牙看电影，未来非常好。'],
    ['zh', '那封信不错，贵州人恐怕判断得了。'],
  ])('%s: %s', (language, text) => {
    const { kinds, troubles } = signsOf(text, language);
    expect(kinds.map(({ start, end }) => text.slice(start, end))).toEqual([]);
    expect(troubles.map(({ start, end }) => text.slice(start, end))).toEqual([]);
  });

  it('hides no word beside it', () => {
    const text = '太阳能板太贵。';
    const { kinds, troubles } = signsOf(text, 'zh');
    const words = [...kinds, ...troubles].map(({ start, end }) => text.slice(start, end));
    expect(words).toContain('太阳能');
    expect(words).toContain('太');
  });
});

describe('any text', () => {
  it('gets the same result twice', () => {
    const text = 'Нет электричества и связи, a GPU costs a fortune.';
    expect(suggestBarriers(text, 'ru')).toEqual(suggestBarriers(text, 'ru'));
  });

  it.each([
    ['one long word', 'a'.repeat(20_000)],
    ['one long sentence', 'no '.repeat(6_600)],
    ['Chinese', '没有电'.repeat(6_600)],
    ['marks', '\u0301'.repeat(20_000)],
    ['open code', '`'.repeat(19_999)],
    ['links', ']('.repeat(10_000)],
    ['lone surrogates', '\ud800'.repeat(20_000)],
    ['stops', '. '.repeat(10_000)],
  ])('is read in bounded time: %s', (_what, text) => {
    const time = (text: string) => {
      const start = process.cpuUsage();
      suggestBarriers(text, 'en');
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    const { kinds } = suggestBarriers(text, 'en');
    // Eight times the text should take about eight times as long, not 64 times.
    const part = Math.min(...[1, 2, 3].map(() => time(text.slice(0, text.length / 8))));
    const whole = Math.min(...[1, 2, 3].map(() => time(text)));
    expect(whole).toBeLessThan(32 * Math.max(part, 1000));
    for (const { spans } of kinds) {
      for (const { start, end } of spans) expect(text.slice(start, end).length).toBe(end - start);
    }
  });
});
