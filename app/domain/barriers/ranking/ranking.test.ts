import { describe, expect, it } from 'vitest';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { likeliestKinds } from './likeliest-kinds';
import { likeliestMates, mayBeMate } from './likeliest-mates';

describe('the likeliest kinds', () => {
  it('are always as many as asked for, without a kind twice', () => {
    for (const text of ['', 'ok', 'The power cuts and the price of data keep us offline.']) {
      const { kinds } = likeliestKinds(text, 'en');
      expect(new Set(kinds).size).toBe(3);
    }
    expect(likeliestKinds('Nobody trained us.', 'en', 5).kinds).toHaveLength(5);
  });

  it('begin with what the text states', () => {
    expect(likeliestKinds('Power cuts three times a day.', 'en')).toMatchObject({
      noBarrier: false,
      kinds: ['connectivity', expect.any(String), expect.any(String)],
    });
  });

  it.each([
    ['en', 'Dictation tool does not understand Swahili names'],
    ['en', 'The captions do not know Tigrinya.'],
    ['fr', 'la reconnaissance vocale ne comprend pas le fon'],
    ['fr', 'Le clavier ne connaît pas le wolof.'],
    ['es', 'El dictado no reconoce el aimara.'],
    ['pt', 'O tradutor não conhece o macua.'],
    ['ar', 'المساعد الصوتي لا يفهم الأمهرية.'],
    ['sw', 'Programu ya kutafsiri haielewi Kinyamwezi.'],
    ['hi', 'ऐप भोजपुरी नहीं समझता।'],
    ['id', 'Aplikasi dikte tidak mengerti bahasa Sasak.'],
    ['zh', '语音助手不懂维吾尔语。'],
    ['ru', 'Программа не понимает бурятского.'],
  ])('begin with language where a tool does not know one by its name: %s %s', (language, text) => {
    const { kinds, noBarrier } = likeliestKinds(text, language);
    expect(kinds[0]).toBe('language');
    expect(noBarrier).toBe(false);
  });

  it('say where a text more likely reports nothing', () => {
    expect(likeliestKinds('Thank you all, this was useful.', 'en').noBarrier).toBe(true);
  });
});

describe('the likeliest mates', () => {
  const said = (text: string, region = '011') => ({
    region,
    texts: [{ text, language: 'en' }],
  });
  const report = { text: 'The voice menu does not know Wolof.', language: 'en', region: '011' };

  it('are of the same region, the likest first, however unlike', () => {
    const like = said('Our phone service has no Wolof voice.');
    const unlike = said('Import duty on graphics cards.');
    const elsewhere = said('The voice menu does not know Wolof.', '014');
    expect(likeliestMates(report, [unlike, elsewhere, like])).toEqual([like, unlike]);
  });

  it('are of the same kind where two languages share no word', () => {
    const waiting = { ...report, text: 'Eleven months for eight accelerators, they told us.' };
    const alike = {
      region: '011',
      texts: [{ text: '卡买不到，租也排到明年夏天。', language: 'zh' }],
    };
    const others = ['Power cuts every day.', 'Nobody trained us.'].map((text) => said(text));
    expect(likeliestMates(waiting, [...others, alike], 1)).toEqual([alike]);
  });

  it('are unlike each other: what repeats one that is offered makes way', () => {
    const like = said('The voice menu knows no Wolof at all.');
    const again = said('The voice menu knows no Wolof, none at all.');
    const other = said('The speech tool at our clinic does not understand Wolof.');
    expect(likeliestMates(report, [like, again, other], 2)).toEqual([like, other]);
    expect(likeliestMates(report, [like, again, other])).toEqual([like, other, again]);
  });

  it('are found by any text of a key point', () => {
    const keyPoint = {
      region: '011',
      texts: [
        { text: 'Des outils sourds', language: 'fr' },
        { text: 'The voice menu does not know Wolof.', language: 'en' },
      ],
    };
    const other = said('Power cuts every day in the hospital.');
    expect(likeliestMates(report, [other, keyPoint], 1)).toEqual([keyPoint]);
  });

  it('are none where the report has no place', () => {
    expect(likeliestMates({ ...report, region: null }, [said('Wolof')])).toEqual([]);
  });
});

describe('a post that may be offered as a mate', () => {
  const may = (text: string, language: string, { kinds = [], isReply = false }: Facts = {}) =>
    mayBeMate({ text, language }, { kinds, isReply });
  interface Facts {
    kinds?: readonly BarrierKind[];
    isReply?: boolean;
  }

  it.each([
    ['en', 'Thank you all, this was useful.'],
    ['en', 'We have no problem with electricity here, it works well every day.'],
    ['en', 'Does anyone know whether the tool works on old phones?'],
    ['fr', 'Merci à tous, c’était très utile.'],
    ['ar', 'شكرًا لكم جميعًا، كان هذا مفيدًا.'],
  ])('is none that reports nothing, unless a person named its kind: %s %s', (language, text) => {
    expect(may(text, language)).toBe(false);
    expect(may(text, language, { kinds: ['cost'] })).toBe(true);
  });

  it.each([
    ['en', 'Power cuts three times a day, so we are offline.'],
    ['fr', 'L’électricité est coupée trois fois par jour, nous sommes hors ligne.'],
  ])('is one that states a barrier, also as a reply: %s', (language, text) => {
    expect(may(text, language)).toBe(true);
    expect(may(text, language, { isReply: true })).toBe(true);
  });

  it.each([
    ['en', 'Same here, exactly my experience.'],
    ['fr', 'Pareil ici, tout à fait d’accord.'],
    ['es', 'Lo mismo aquí, estoy de acuerdo.'],
  ])('is no reply that only agrees, whatever its kind: %s %s', (language, text) => {
    expect(may(text, language, { isReply: true, kinds: ['cost'] })).toBe(false);
  });
});
