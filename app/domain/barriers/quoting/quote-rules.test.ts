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

  it('never holds what is taken already, nor goes beyond its paragraph', () => {
    const text = read(
      'The mast by the road fell in June.\n\nIt was not repaired, so there is no signal.',
    );
    expect(standingRun(text, 1, standing('connectivity'))).toBeNull();
    expect(standingRun(text, 0, standing(null), () => false)).toBeNull();
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

describe('the kinds that a community added are told by their own words', () => {
  const TERM = { glyph: null, colour: null, state: 'active', mergedInto: null } as const;
  const named = (slug: string, language: string, name: string): Term => ({
    ...{ ...TERM, slug },
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
