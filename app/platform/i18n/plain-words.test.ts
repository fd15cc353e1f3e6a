import { globSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { LOCALE_TAGS, type Locale } from '~/platform/i18n/locales';
import seed from '~db/seed/community.json';
import neutral from '~db/seed/neutral.json';

/** The longest sentence, in words, that a reader takes in at once. */
const LONGEST_SENTENCE = 25;

interface Ban {
  /** A regular expression for whole words, without regard to case. */
  words: string;
  instead: string;
  /** Why a message may use the words all the same, by its key. */
  except?: Record<string, string>;
}

/** Messages about addresses that are neither an email nor a link. */
const OTHER_ADDRESSES = {
  'guard.privacy.spam': 'IP addresses',
  'pages.privacy.kept.network.name': 'network addresses',
  'rules.private-data.description': 'where people live',
};

/** Words for unnamed people, which are replaced in documents too. */
const UNNAMED = 'somebody|anybody|everybody';

/** The words that `docs/glossary.md` replaces. */
const BANNED: Partial<Record<Locale, Ban[]>> = {
  en: [
    { words: 'notices?', instead: 'notification, decision, legal report' },
    { words: '(the|your|this|that|a) marks?', instead: '“I face this too”' },
    {
      words: 'offices?',
      instead: 'role',
      except: {
        'industries.N.description': 'the work done in an office',
      },
    },
    { words: UNNAMED, instead: 'someone, anyone, everyone; better: who' },
    {
      words: 'something',
      instead: 'what it is',
      except: {
        'asking.kinds.else': 'a choice whose meaning the reader adds',
        'rules.other.short': 'a choice whose meaning the reader adds',
        'site.problem.title': 'heads the page of a button on another page that failed',
        'site.problem.500.title': 'the cause is in the log, not known to the page',
      },
    },
    { words: 'told|tells? of', instead: 'reported, notified, emailed' },
    { words: 'heard from', instead: 'reported from' },
    { words: 'put together|take apart|taken apart', instead: 'group, ungroup, merge, split' },
    { words: 'goes on|go on', instead: 'still reported; continue' },
    { words: 'eases?|eased', instead: 'improve' },
    { words: 'mails?(?! servers?)|mailed', instead: 'email' },
    { words: 'talks?', instead: 'messages' },
    { words: 'contributions?|voices?', instead: 'post' },
    {
      words: 'address(es)?',
      instead: 'email; for a page: link',
      except: OTHER_ADDRESSES,
    },
    { words: 'pillars?', instead: 'topic' },
  ],
  fr: [
    { words: 'courriels?|mails?|adresses? électroniques?', instead: 'e-mail' },
    { words: 'avis', instead: 'notification, décision, signalement' },
    { words: '(cette|la|votre|une) marque', instead: '« Moi aussi »' },
    { words: 'quelqu’un', instead: 'qui' },
    { words: 'quelque chose', instead: 'ce que c’est' },
    { words: 'contributions?|voix', instead: 'message' },
    { words: 'fils?', instead: 'discussion' },
    { words: 'piliers?', instead: 'thème' },
    { words: 's’allège(nt)?|ou tu|tus', instead: 's’améliore ; moins de 5' },
    { words: 'merci de|veuillez', instead: 'the imperative alone' },
    {
      words: 'adresses?',
      instead: 'e-mail; for a page: lien',
      except: OTHER_ADDRESSES,
    },
  ],
  ar: [
    { words: '(ال|بال|لل|و|وال)?مساهم(ة|ات|تك|ته|تها|اتك|تان|تين)', instead: 'مشاركة' },
    { words: '(ال|وال|لل|بال)?إخطار(ات|ك|ه|ًا)?', instead: 'إشعار، بلاغ' },
    { words: '(ال|وال|بال|لل)?(ركيزة|ركائز)', instead: 'موضوع' },
    { words: 'علامتك|العلامة', instead: '«أواجه هذا أيضًا»' },
    { words: '(ال)?صوت(ك)?|(ال)?أصوات(ًا)?', instead: 'مشاركة' },
    { words: 'أحد ما|شخص ما|شيء ما|شيئًا ما', instead: 'من هو، ما هو' },
    { words: '(ال|لل|و?ال)?اسم(ك|ه)? المستعار|بداية اسم مستعار', instead: 'اسم المستخدم' },
    { words: 'يُرجى', instead: 'the imperative alone' },
  ],
  sw: [{ words: 'onyesh[ao]( la)? awali', instead: 'hakiki' }],
};

interface Message {
  locale: string;
  key: string;
  /** In the ICU message format, with placeholders. */
  source: string;
  /** What is read: without placeholders and tags, each branch of a plural on a line of its own. */
  text: string;
  sentences: string[];
}

const messages: Message[] = [
  ...globSync('app/platform/i18n/messages/*/*.json').flatMap((file) =>
    Object.entries<string>(JSON.parse(readFileSync(file, 'utf8'))).map(
      ([key, message]) => [basename(dirname(file)), key, message] as const,
    ),
  ),
  // What a new site says, as administrators can change it.
  ...(['rules', 'replies', 'industries'] as const).flatMap((list) =>
    seed[list].flatMap(({ slug, texts }) =>
      Object.entries(texts).flatMap(([locale, parts]) =>
        Object.entries<string>(parts).map(
          ([part, words]) => [locale, `${list}.${slug}.${part}`, words] as const,
        ),
      ),
    ),
  ),
  ...neutral.rules.flatMap(({ slug, texts }) =>
    Object.entries(texts).flatMap(([locale, parts]) =>
      Object.entries<string>(parts).map(
        ([part, words]) => [locale, `neutral.${slug}.${part}`, words] as const,
      ),
    ),
  ),
  ...Object.entries<Record<string, string>>(seed.texts).flatMap(([slug, texts]) =>
    Object.entries(texts).map(([locale, words]) => [locale, `texts.${slug}`, words] as const),
  ),
].map(([locale, key, message]) => ({
  locale,
  key,
  source: message,
  text: literals(parse(message)),
  sentences: plain(parse(message)).split(/(?<=[.!?؟।])\s+|(?<=[。！？])/),
}));

function literals(elements: MessageFormatElement[]): string {
  return elements
    .map((element) => {
      if (element.type === TYPE.literal) return element.value;
      if (element.type === TYPE.tag) return literals(element.children);
      if (element.type !== TYPE.plural && element.type !== TYPE.select) return ' ';
      const branches = Object.values(element.options).map(({ value }) => literals(value));
      return `\n${branches.join('\n')}\n`;
    })
    .join('');
}

/** Returns the message with placeholders as one word each and the branch `other` of every plural. */
function plain(elements: MessageFormatElement[]): string {
  return elements
    .map((element) => {
      if (element.type === TYPE.literal) return element.value;
      if (element.type === TYPE.tag) return plain(element.children);
      if (element.type !== TYPE.plural && element.type !== TYPE.select) return 'N';
      return plain(element.options.other?.value ?? []);
    })
    .join('');
}

function wordsIn(sentence: string): number {
  return sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

describe.each(LOCALE_TAGS)('the messages in %s', (locale) => {
  const bans = BANNED[locale] ?? [];
  const ours = messages.filter((message) => message.locale === locale);

  it.each(bans)('do not say “$words”, but “$instead”', ({ words, except = {} }) => {
    const pattern = new RegExp(`(?<![\\p{L}\\p{M}-])(${words})(?![\\p{L}\\p{M}])`, 'iu');
    const found = ours.filter(({ text }) => pattern.test(text)).map(({ key }) => key);
    // Both ways, so that an exception is removed when no message needs it any more.
    expect(found.sort()).toEqual(Object.keys(except).sort());
  });

  it(`have no sentence of more than ${LONGEST_SENTENCE} words`, () => {
    const long = ours.filter(({ sentences }) =>
      sentences.some((sentence) => wordsIn(sentence) > LONGEST_SENTENCE),
    );
    expect(long.map(({ key }) => key)).toEqual([]);
  });
});

/** Words for reports of barriers and of illegal content. */
const REPORT = { fr: /signal/i, ar: /بلاغ|أبلغ|بلّغ/ };

/** Messages that name flags and reports. */
const FLAGS_AND_REPORTS = ['guard.transparency.came'];

it.each(['fr', 'ar'] as const)('calls a flag in %s by another word than a report', (locale) => {
  const textOf = (language: string, wanted: string) =>
    messages.find(({ locale, key }) => locale === language && key === wanted)?.text ?? '';
  const flags = messages.filter(
    ({ locale, key, text }) =>
      locale === 'en' && /\bflag/i.test(text) && !FLAGS_AND_REPORTS.includes(key),
  );
  expect(flags.length).toBeGreaterThan(25);
  const mixed = flags.filter(({ key }) => REPORT[locale].test(textOf(locale, key)));
  expect(mixed.map(({ key }) => key)).toEqual([]);
});

it('keeps marks in French on the line of their word, and its apostrophes curved', () => {
  const loose = messages.filter(
    ({ locale, text }) => locale === 'fr' && /« | [»:;?!%]|\d \d{3}|\p{L}'\p{L}/u.test(text),
  );
  expect(loose.map(({ key }) => key)).toEqual([]);
});

it('names in Arabic what a number of others counts', () => {
  const bare = messages.filter(({ locale, source }) => locale === 'ar' && /# آخر/.test(source));
  expect(bare.map(({ key }) => key)).toEqual([]);
});

it.each(globSync(['*.md', 'docs/**/*.md']))('says in %s who it is', (document) => {
  const text = readFileSync(document, 'utf8');
  expect(text.match(new RegExp(`\\b(${UNNAMED})\\b`, 'gi')) ?? []).toEqual([]);
});
