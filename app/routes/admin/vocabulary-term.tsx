import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { cueWordsOf, LEXICON_LANGUAGES } from '~/domain/barriers/lexicon';
import {
  type ChangeOfTerm,
  changeVocabulary,
  fieldsOfTerm,
  LONGEST_TEXT,
  reasonField,
  type TermWords,
} from '~/domain/community/change-vocabulary';
import { countUse } from '~/domain/community/term-holders';
import {
  isVocabulary,
  NO_TEXT,
  storedTexts,
  TEXT_PARTS,
  type TermText,
  VOCABULARY_TRAITS,
} from '~/platform/community/community';
import { isGlyph } from '~/platform/community/glyphs';
import { LOOK_COLOURS } from '~/platform/community/look-colours';
import type { SiteTranslator } from '~/platform/community/site-translator';
import { LOCALE_TAGS } from '~/platform/i18n/locales';
import { languageNames } from '~/platform/languages/names';
import { pathTo } from '~/platform/paths';
import { seenOf } from '~/platform/stale-form';
import { visibleText } from '~/platform/text/visible';
import { newFormKey, redirectOnce, submit } from '~/server/forms';
import { notFound, requireAdministrator, requireProvenAdministrator } from '~/server/guards';
import { AdminNav } from '~/ui/admin/admin-nav';
import { KEEP_ALL, TermForms } from '~/ui/community/term-forms';
import { ErrorSummary } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { deskLinks } from '~/ui/moderation/desk';
import { Meta } from '~/ui/row';

export const links = deskLinks;

/** One term, or without a slug a new one. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  requireAdministrator(context);
  const { app, visit } = context;
  const { i18n } = visit;
  const { vocabulary = '', slug } = params;
  const term = isVocabulary(vocabulary) && slug ? i18n.community.find(vocabulary, slug) : null;
  if (!isVocabulary(vocabulary) || (slug && !term)) throw notFound();
  if (!term && !VOCABULARY_TRAITS[vocabulary].acts.includes('add')) throw notFound();
  const title = term
    ? i18n.name(vocabulary, term.slug)
    : i18n.t(`community.add.${vocabulary as 'pillar'}`);
  return {
    head: { title, noindex: true },
    vocabulary,
    slug: term?.slug ?? null,
    use: term && (await countUse(app.db.reader, vocabulary, term.slug)),
    cues: term && vocabulary === 'barrier' ? cuesOf(i18n, term.slug) : null,
    seen: term && seenOf(fieldsOfTerm({ ...term, texts: allTexts(storedTexts(term)) })),
    formKey: newFormKey(),
  };
}

/** The texts of a term in every language that its form has. */
function allTexts(texts: ReadonlyMap<string, TermText>): Record<string, TermText> {
  return Object.fromEntries(LOCALE_TAGS.map((tag) => [tag, texts.get(tag) ?? NO_TEXT]));
}

/** How many cue words a kind has in each language. */
function cuesOf({ locale, community }: SiteTranslator, kind: string) {
  const nameOf = languageNames(locale);
  return LEXICON_LANGUAGES.map((language) => {
    const words = cueWordsOf(kind, language, community.cueWords);
    const n = Object.values(words ?? {}).flat().length;
    return { language, named: nameOf(language), n };
  });
}

const words = (longest: number) =>
  z
    .string()
    .default('')
    .transform(visibleText)
    .pipe(z.string().max(longest, 'community.error.long'));

/** `name.en`, `short.en` and so on, for each language of the interface. */
const texts = Object.fromEntries(
  LOCALE_TAGS.flatMap((language) =>
    TEXT_PARTS.map((name) => [`${name}.${language}`, words(LONGEST_TEXT[name])]),
  ),
);

const own = { reason: reasonField, key: z.string().optional() };

const fields = z.discriminatedUnion('act', [
  z.object({
    act: z.literal('words'),
    glyph: z.string().default(''),
    colour: z.string().default(''),
    seen: z.string().optional(),
    /** The fields of translations that are right for the present original too. */
    keep: z.array(z.string()).default([]),
    ...own,
    ...texts,
  }),
  z.object({ act: z.literal('move'), before: z.string().default(''), ...own }),
  z.object({ act: z.literal('retire'), ...own }),
  z.object({ act: z.literal('restore'), ...own }),
  z.object({ act: z.literal('merge'), into: z.string().default(''), ...own }),
]);

export async function action({ request, params, context }: ActionFunctionArgs) {
  const { id } = requireProvenAdministrator(context, request);
  const { app } = context;
  const { vocabulary = '', slug } = params;
  if (!isVocabulary(vocabulary)) throw notFound();
  return submit(
    { request, context },
    fields,
    (input) => {
      const change = { vocabulary, reason: input.reason, ...changeIn(input, slug) };
      return redirectOnce(app, { by: id, key: input.key, sent: change }, async (tx) => {
        await changeVocabulary(tx, app, id, change, 'seen' in input ? { seen: input.seen } : {});
        return pathTo('/admin/vocabulary?done=saved');
      });
    },
    ['keep'],
  );
}

/** Returns the change that a form asks for; without a slug, of a new term. */
function changeIn(input: z.output<typeof fields>, slug = ''): ChangeOfTerm {
  if (input.act === 'words') {
    const words = wordsIn(input);
    if (!slug) return { act: 'add', words };
    const confirmed = input.keep.includes(KEEP_ALL) ? 'all' : input.keep;
    return { act: 'rename', slug, words, confirmed };
  }
  if (input.act === 'merge') return { act: 'merge', slug, into: input.into };
  if (input.act === 'move') return { act: 'reorder', slug, before: input.before || null };
  return { act: input.act, slug };
}

function wordsIn(input: Record<string, unknown> & { glyph: string; colour: string }): TermWords {
  return {
    glyph: isGlyph(input.glyph) ? input.glyph : null,
    colour: LOOK_COLOURS.find((name) => name === input.colour) ?? null,
    texts: Object.fromEntries(
      LOCALE_TAGS.map((language) => [
        language,
        Object.fromEntries(
          TEXT_PARTS.map((name) => [name, String(input[`${name}.${language}`] ?? '')]),
        ) as Record<keyof TermText, string>,
      ]),
    ),
  };
}

export default function AdminTerm() {
  const { head, cues, ...term } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <>
      <AdminNav current="vocabulary" />
      <div className="single">
        <p>
          <a href={pathTo('/admin/vocabulary')}>{t('community.admin.title')}</a>
        </p>
        <h1>{head.title}</h1>
        <ErrorSummary />
        <TermForms {...term} />
        {cues && (
          <section aria-labelledby="cues-title">
            <h2 id="cues-title">{t('community.cues.heading')}</h2>
            {cues.every(({ n }) => n === 0) && <p>{t('community.cues.none')}</p>}
            <ul className="rows">
              {cues.map(({ language, named, n }) => (
                <li key={language}>
                  <a
                    href={pathTo('/admin/vocabulary/barrier/:kind/cues/:language', {
                      kind: term.slug ?? '',
                      language,
                    })}
                  >
                    {named}
                  </a>
                  <Meta>{t('community.cues.count', { n })}</Meta>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </>
  );
}
