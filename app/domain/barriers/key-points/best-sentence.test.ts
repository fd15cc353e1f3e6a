import { describe, expect, it } from 'vitest';
import { LEXICON_KINDS } from '~/domain/barriers/kinds-in-texts';
import { renderMarkdown } from '~/platform/markdown/render';
import { bestSentence, type Wording } from './best-sentence';

const LONGEST = 120;

function wording(body: string, language = 'en', country = 'GN'): Wording {
  const rendered = renderMarkdown(body);
  if (!rendered.ok) throw new Error(rendered.reason);
  return { postId: 'p', body, html: rendered.html, language, country };
}

const titleOf = (...posts: Wording[]) =>
  bestSentence(posts, 'language', LONGEST, LEXICON_KINDS)?.sentence ?? null;

it('gives a title without a full stop, because pages go on after it', () => {
  const best = bestSentence(
    [wording('No speech tool understands spoken Wolof.')],
    'language',
    LONGEST,
    LEXICON_KINDS,
  );
  expect(best).toMatchObject({
    title: 'No speech tool understands spoken Wolof',
    sentence: 'No speech tool understands spoken Wolof.',
  });
});

describe('the title that the words of a post propose', () => {
  it('is the sentence that states the barrier, wherever it stands', () => {
    const post = wording('I teach in Labé. Speech tools do not understand Wolof at all. We wait.');
    expect(titleOf(post)).toBe('Speech tools do not understand Wolof at all.');
  });

  it('is a sentence that says so in words the lexicon does not know', () => {
    const words = 'Speech tools do not understand Pulaar in our clinic.';
    expect(titleOf(wording(words))).toBe(words);
  });

  it.each([
    [
      'fr',
      'Nous avons 4 000 bandes en pular. Les outils de transcription ne les comprennent pas. Nos langues, du bruit.',
    ],
    ['en', 'We asked it in Wolof. It does not understand Wolof at all. We gave up in the end.'],
    ['en', 'To add to the story above: no speech tool understands Wolof.'],
    ['en', 'No Wolof. A scandal for a ministry of education.'],
    ['en', 'Wolof is no problem for the tool at all. The price is what keeps us out.'],
  ])('is none, where no sentence stands without the others: %s, %s', (language, body) => {
    expect(titleOf(wording(body, language))).toBeNull();
  });

  it.each([
    ['pt', 'Gosto do Common Voice: os meus alunos gravaram frases em macua e ouviram-se.'],
    ['en', 'I sell rice cakes, and I made a chatbot that answers in Wolof for thirty stalls.'],
    ['en', 'The government should pay for speech tools that nobody has for Wolof.'],
    ['en', 'Our language problem is better now since the tool understands Wolof.'],
    ['fr', 'Pour la langue, rien à dire : le wolof passe très bien, ma grand-mère s’en sert.'],
    ['es', 'Me encanta grabar frases en quechua con mis alumnos cada semana en la radio.'],
    ['ar', 'المساعد يفهم الولوفية بسهولة وأمي تكلمه كل صباح في البيت.'],
    ['sw', 'Sasa programu inaelewa Kiwolof baada ya toleo jipya kutoka mwezi uliopita.'],
    ['ru', 'Новая версия понимает волоф, и бабушка говорит с ней каждый день.'],
  ])(
    'is none, where no sentence says that something is missing or fails: %s, %s',
    (language, body) => {
      expect(titleOf(wording(body, language))).toBeNull();
    },
  );

  it('is never cut', () => {
    const long = `Speech tools do not understand Wolof${', nor the words of our markets'.repeat(4)}.`;
    expect(titleOf(wording(long))).toBeNull();
    const short = 'No speech tool understands Wolof or Susu.';
    expect(titleOf(wording(long), wording(short))).toBe(short);
  });
});
