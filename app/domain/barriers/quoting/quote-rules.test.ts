import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kindsDenied } from '~/domain/barriers/denials';
import { type KindsInTexts, kindsInTexts, LEXICON_KINDS } from '~/domain/barriers/kinds-in-texts';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { Community, NO_TEXT, type Term, vocabulariesOf } from '~/platform/community/community';
import { renderMarkdown } from '~/platform/markdown/render';
import {
  faultsOf,
  type ReadText,
  readText,
  runHolding,
  type Standing,
  standingRun,
} from './quote-rules';

function read(body: string, language = 'en', site: KindsInTexts = LEXICON_KINDS): ReadText {
  const rendered = renderMarkdown(body);
  if (!rendered.ok) throw new Error(rendered.reason);
  return readText({ body, html: rendered.html, language }, site);
}

const standing = (kind: BarrierKind | null, country: string | null = null): Standing => ({
  kind,
  named: kind ? [kind] : [],
  country,
});

/** The faults of the sentence that is marked with brackets. */
function faults(
  marked: string,
  what: Standing,
  language = 'en',
  site: KindsInTexts = LEXICON_KINDS,
): string[] {
  const start = marked.indexOf('[');
  const end = marked.indexOf(']') - 1;
  const text = read(marked.replace('[', '').replace(']', ''), language, site);
  const run = runHolding(text, { start, end });
  if (!run) throw new Error('no sentence holds these words');
  return [...faultsOf(text, run, what)];
}

describe('a sentence does not stand alone', () => {
  const rest = ' Nobody in the office can repair the network that we pay for.';

  it.each([
    [
      'a pronoun',
      'The tower fell in June. [It has not been repaired since, so we have no signal.]',
    ],
    [
      'a demonstrative',
      'The tower fell in June. [That tower was never repaired, so we have no signal.]',
    ],
    [
      'what only the sentence before names',
      'The tower fell. [Because of that we have no signal at the clinic.]',
    ],
    ['an answer', 'Is there any signal? [No, never, not even at night.]'],
    ['a question that is answered', '[Who has ever seen a signal here?] Nobody since June.'],
    ['an item of a list', 'What is missing:\n\n- [no signal on our side of the hill]\n- no mast'],
    ['a fragment', 'The tower fell in June. [No signal at all.]'],
    [
      'who its author is',
      '[I have worked as a nurse in this district for eleven years.] The signal fails daily.',
    ],
  ])('that opens with or is %s', (_, marked) => {
    expect(faults(marked + rest, standing('connectivity'))).not.toEqual([]);
  });

  it('but does after "but", and does with the sentence before it', () => {
    const marked = 'I am a nurse. [But the signal at our clinic fails every afternoon.] We wait.';
    expect(faults(marked + rest, standing('connectivity'))).toEqual([]);
    const text = read(
      `The mast by the road fell in June. It was not repaired, so there is no signal.${rest.repeat(4)}`,
    );
    const run = standingRun(text, 1, standing('connectivity'));
    expect(run?.text).toBe(
      'The mast by the road fell in June. It was not repaired, so there is no signal.',
    );
  });
});

describe('words are never quoted', () => {
  it.each([
    [
      'of another place',
      '[My cousin in Canada has no signal at his farm, over there it fails daily.] Mine is fine.',
      'elsewhere',
    ],
    [
      'that others said',
      '[I read that villages somewhere have no signal at all for their clinics.] I would not know.',
      'reported',
    ],
    [
      'in jest',
      '[The signal at our clinic is the best in the world and never fails.] Just kidding.',
      'joke',
    ],
    ['that deny it', '[The signal is not a problem for our clinic.] We lack people.', 'denied'],
    [
      'of another kind',
      '[The subscription costs more than our rent and nobody can pay it.] No signal either.',
      'other-kind',
    ],
  ])('%s', (_, marked, fault) => {
    const kinds: Standing = {
      kind: 'connectivity',
      named: ['connectivity', 'cost'],
      country: 'KE',
    };
    expect(faults(marked, kinds)).toContain(fault);
  });
});

describe('the run that is quoted', () => {
  it('is a short post, whole', () => {
    const body = 'It fails daily. The signal, I mean, at our clinic.';
    expect(standingRun(read(body), 0, standing('connectivity'))?.text).toBe(body);
  });

  it('is only a whole post where the language cannot be judged', () => {
    const body = 'Dim signal o gwbl yn ein clinig ni ers mis Mehefin.';
    const text = read(body, 'cy');
    const unread = { ...text, signs: { ...text.signs, language: null } };
    expect(standingRun(unread, 0, standing(null))?.text).toBe(body);
  });

  it('says more than a remark, where its neighbour helps', () => {
    const body = `To add to the story above: our tower runs on diesel. We had 11 days of outage in May. Anything that needs the cloud is a rumour here.`;
    const text = read(body);
    const long = 'We had 11 days of outage in May. Anything that needs the cloud is a rumour here.';
    expect(standingRun(text, 1, standing('connectivity'))?.text).toBe(long);
    // Alone, where nothing else is free.
    const alone = (run: { to: number; from: number }) => run.to - run.from === 1;
    expect(standingRun(text, 1, standing('connectivity'), alone)?.text).toBe(
      'We had 11 days of outage in May.',
    );
  });

  it('never holds what is taken already, nor goes beyond its paragraph', () => {
    const text = read(
      'The mast by the road fell in June.\n\nIt was not repaired, so there is no signal.',
    );
    expect(standingRun(text, 1, standing('connectivity'))).toBeNull();
    expect(standingRun(text, 0, standing(null), () => false)).toBeNull();
  });
});

describe('a whole post of two kinds', () => {
  const both = (kind: BarrierKind, body: string, language = 'en') =>
    faults(`[${body}]`, { ...standing(kind), named: ['connectivity', 'trust'] }, language);

  it.each([
    [
      'en',
      'A hospital. The power fails for hours, and without power there is no network. Some fear us.',
    ],
    [
      'ar',
      'مستشفى في طرابلس. الكهرباء من المولد ست ساعات، والخادم المحلي لا يعمل من دونها. نرسل الصور إلى الخارج لتُقرأ، وهذا ما لا يريده المرضى.',
    ],
  ])('stands for the one that it is about: %s', (language, body) => {
    expect(both('connectivity', body, language)).toEqual([]);
    expect(both('trust', body, language)).toContain('other-kind');
  });

  it('stands for both where it is about both, and for the one that a person confirmed', () => {
    const equal = 'An outage stops the tower every day, and our patients do not trust the tool.';
    expect(both('connectivity', equal)).toEqual([]);
    expect(both('trust', equal)).toEqual([]);
    const confirmed =
      'The power fails for hours, and without power there is no network. I fear it.';
    expect(faults(`[${confirmed}]`, standing('trust'))).toEqual([]);
  });
});

describe('an answer', () => {
  const reply = (body: string) => ({ ...read(body), answered: 'Download, run, done.' });
  const denies: Standing = { ...standing('connectivity', 'VN'), as: 'denies' };
  const quoted = (body: string) => standingRun(reply(body), 0, denies)?.text;

  it('loses the handle of whom it answers, and the words that it repeats from them', () => {
    const said = 'connectivity is honestly not our problem in Hanoi, fibre is cheap.';
    expect(quoted(`@gus ${said} But "download, run, done" on what?`)).toBe(said);
    expect(quoted(`@gus, ${said}`)).toBe(said);
    const other = `${said} The "national plan" is the only trouble.`;
    expect(quoted(other)).toBe(other);
  });

  it.each([
    '@gus is wrong that connectivity is our problem in Hanoi, because fibre is cheap.',
    'As @gus says, connectivity is not our problem in Hanoi, and fibre is cheap.',
  ])('is not quoted where the handle is part of what it says: %s', (body) => {
    expect(quoted(body)).toBeUndefined();
  });
});

describe('the rules read ten languages', () => {
  it.each([
    [
      'fr',
      'Le pylône est tombé en juin. [Celui-ci n’a jamais été réparé, nous n’avons pas de réseau.]',
    ],
    ['es', 'La antena se cayó en junio. [Por eso no tenemos señal en la posta.]'],
    ['pt', 'A antena caiu em junho. [Ela nunca foi consertada e não temos sinal no posto.]'],
    ['ar', 'سقط البرج في يونيو. [هذا البرج لم يصلح أبدا ولا توجد شبكة في العيادة.]'],
    ['sw', 'Mnara ulianguka Juni. [Tangu siku hiyo hakuna mtandao katika zahanati yetu.]'],
    ['hi', 'टावर जून में गिर गया। [इसी वजह से हमारे अस्पताल में नेटवर्क नहीं आता।]'],
    ['id', 'Menara roboh bulan Juni. [Sejak itu tidak ada sinyal di puskesmas kami.]'],
    ['zh', '信号塔六月倒了。[因此我们卫生院一直没有网络，什么都用不了。]'],
    ['ru', 'Вышка упала в июне. [Её так и не починили, и в больнице нет связи.]'],
  ])('%s', (language, marked) => {
    expect(faults(marked, standing('connectivity'), language)).toContain('refers');
  });
});

describe('a whole post leans on others', () => {
  it.each([
    ['en', 'We wanted a shared server. Customs again: 46 % on the invoice.'],
    ['fr', 'Nous voulions un serveur. Encore la douane : 46 % de la facture.'],
    ['es', 'Queríamos un servidor. Otra vez la aduana: 46 % de la factura.'],
    ['pt', 'Queríamos um servidor. De novo a alfândega: 46 % da fatura.'],
    ['ar', 'أردنا خادما مشتركا. الجمارك مرة أخرى: 46 % من الفاتورة.'],
    ['sw', 'Tulitaka seva ya pamoja. Forodha tena: asilimia 46 ya ankara.'],
    ['hi', 'हमें साझा सर्वर चाहिए था। फिर सीमाशुल्क: बिल का 46 %।'],
    ['id', 'Kami ingin satu server. Cukai lagi: 46 % dari tagihan.'],
    ['zh', '我们想买一台服务器。又是海关：发票的百分之四十六。'],
    ['ru', 'Мы хотели общий сервер. Опять таможня: 46 % от счёта.'],
  ])('that it names "again", in %s', (language, body) => {
    expect(faults(`[${body}]`, standing(null), language)).toContain('refers');
  });

  it.each([
    ['en', 'Write software that survives a dead tower. That is the role.'],
    ['fr', 'Écrire des logiciels qui survivent à une panne. Voilà le rôle.'],
    ['es', 'Escribir programas que sobrevivan a un corte. Ese es el papel.'],
    ['pt', 'Escrever programas que sobrevivam a um corte. Esse é o papel.'],
    ['ar', 'اكتبوا برامج تعمل بلا شبكة. هذا هو الدور.'],
    ['sw', 'Andikeni programu inayofanya kazi bila mtandao. Hilo ndilo jukumu.'],
    ['hi', 'बिना नेटवर्क चलने वाले प्रोग्राम लिखें। यही भूमिका है।'],
    ['id', 'Tulislah program yang jalan tanpa jaringan. Itulah perannya.'],
    ['zh', '写出没有网络也能用的软件。这就是作用。'],
    ['ru', 'Пишите программы, которые работают без сети. Это и есть роль.'],
  ])('or the question that it answers, in %s', (language, body) => {
    expect(faults(`[${body}]`, standing(null), language)).toContain('refers');
  });

  it('but not by what happens again', () => {
    const body = 'The cable was cut for weeks. It happened again last year. The line failed again.';
    expect(faults(`[${body}]`, standing('connectivity'))).toEqual([]);
  });

  it.each([
    [
      'en',
      'A farmer who asks at 5 am, and gets an answer that respects that her soil is hers.',
      'A farmer who asks at night gets no answer.',
    ],
    [
      'fr',
      'Une sage-femme au village qui ne soit plus seule la nuit.',
      'Une sage-femme qui parle wolof est souvent seule.',
    ],
    [
      'es',
      'Una maestra que pregunta de noche y que recibe respuesta.',
      'Una maestra que pregunta de noche no recibe nada.',
    ],
    [
      'pt',
      'Uma professora que pergunta à noite e que recebe resposta.',
      'Uma professora que pergunta à noite não recebe nada.',
    ],
  ])('or, as a proposal, without a verb of its own, in %s', (language, described, said) => {
    expect(faults(`[${described}]`, standing(null), language)).toContain('fragment');
    expect(faults(`[${said}]`, standing(null), language)).toEqual([]);
  });
});

describe('the kinds that a community added are told by their own words', () => {
  const TERM = {
    glyph: null,
    colour: null,
    state: 'active',
    mergedInto: null,
    outdated: new Map(),
  } as const;
  const named = (slug: string, language: string, name: string): Term => ({
    ...{ ...TERM, slug, original: language },
    texts: new Map([[language, { ...NO_TEXT, name }]]),
  });
  const siteOf = (
    terms: Term[],
    cues: [kind: string, language: string, words: string[]][] = [],
  ) => {
    const words = cues.map(
      ([kind, language, barrier]) =>
        [kind, new Map([[language, { barrier, topic: [], hint: [] }]])] as const,
    );
    const barriers = { ...vocabulariesOf(() => []), barrier: terms };
    return kindsInTexts(new Community(barriers, undefined, new Map(words)));
  };
  const water = [named('pumps', 'en', 'Pumps'), named('prices', 'en', 'Price of water')];
  const both = { ...standing('prices'), named: ['prices', 'pumps'] };

  it('by what states another kind', () => {
    const site = siteOf(water, [
      ['pumps', 'en', ['handle snapped']],
      ['prices', 'en', ['too expensive']],
    ]);
    const said =
      'Diesel for our borehole is too expensive. [The handle snapped in May, and no one came.]';
    expect(faults(said, both, 'en', site)).toContain('other-kind');
    expect(faults(said, { ...both, kind: 'pumps' }, 'en', site)).toEqual([]);
  });

  it('and not by kinds that the community does not have', () => {
    const site = siteOf(water, [['prices', 'en', ['diesel']]]);
    const said = '[Diesel for the generator of our borehole is too expensive.] Come and see us.';
    expect(faults(said, both, 'en', site)).toEqual([]);
    expect(faults(said, both, 'en', siteOf([...water, named('cost', 'en', 'Cost')]))).toContain(
      'other-kind',
    );
  });

  it('by their names, in the singular too, and in every script', () => {
    const denies = (body: string, language: string, site: KindsInTexts) => [
      ...kindsDenied(read(body, language, site)),
    ];
    expect(denies('Here the pump is not a problem.', 'en', siteOf(water))).toEqual(['pumps']);
    expect(denies('Here the road is not a problem.', 'en', siteOf(water))).toEqual([]);
    expect(denies('我们村不缺水泵。', 'zh', siteOf([named('pumps', 'zh', '水泵')]))).toEqual([
      'pumps',
    ]);
  });
});

// One example a line: the fault ("ok": none, "any": some), the language, the kind that the quote is to
// stand for, the author's country, the kinds that people named, and the post with the quote in brackets.
describe('in eleven languages, of which one has no lists, the rules', () => {
  const lines = readFileSync(new URL('quote-rules.examples.txt', import.meta.url), 'utf8');
  const examples = lines
    .trim()
    .split('\n')
    .map((line) => {
      const [head = '', marked = ''] = line.split(' | ');
      const [fault = '', language = '', kind = '', country = '', named = kind] = head.split(' ');
      const standing = { kind, named: named.split(','), country } as Standing;
      return [fault, language, marked.replaceAll('\\n', '\n'), standing] as const;
    });

  it.each(examples)('find %s, %s: %s', (fault, language, marked, standing) => {
    const found = faults(marked, standing, language);
    if (fault === 'ok') expect(found).toEqual([]);
    else if (fault === 'any') expect(found).not.toEqual([]);
    else expect(found).toContain(fault);
  });

  it('are tried in every language, and with every fault', () => {
    expect(new Set(examples.map(([, language]) => language)).size).toBe(11);
    expect(new Set(examples.map(([fault]) => fault)).size).toBe(13);
  });
});
