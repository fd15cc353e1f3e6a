import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import {
  cueWordsOf,
  LEXICON_LANGUAGES,
  type LexiconLanguage,
  STRENGTHS,
} from '~/domain/barriers/lexicon';
import { readPhrases } from '~/domain/barriers/phrases';
import { changeVocabulary, reasonField } from '~/domain/community/change-vocabulary';
import { languageNames } from '~/platform/languages/names';
import { pathTo } from '~/platform/paths';
import { seenOf } from '~/platform/stale-form';
import { newFormKey, redirectOnce, submit } from '~/server/forms';
import { notFound, requireAdministrator, requireProvenAdministrator } from '~/server/guards';
import { AdminNav } from '~/ui/admin/admin-nav';
import { ReasonField } from '~/ui/community/term-forms';
import { ErrorSummary, FormKey, Submit, TextArea } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { deskLinks } from '~/ui/moderation/desk';

export const links = deskLinks;

/** The words by which texts in a language are recognised to be about a kind of barrier. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  requireAdministrator(context);
  const { i18n } = context.visit;
  const { kind, language } = read(params, i18n.community.find('barrier', params.kind ?? ''));
  const words = cueWordsOf(kind, language, i18n.community.cueWords);
  const named = languageNames(i18n.locale)(language);
  return {
    head: {
      title: i18n.t('community.cues.title', { name: i18n.name('barrier', kind), language: named }),
      noindex: true,
    },
    kind,
    language,
    words: STRENGTHS.map((strength) => ({
      strength,
      lines: words?.[strength].join('\n') ?? '',
      count: words?.[strength].length ?? 0,
    })),
    seen: seenOf(
      Object.fromEntries(STRENGTHS.map((strength) => [strength, words?.[strength] ?? []])),
    ),
    formKey: newFormKey(),
  };
}

/** One phrase in each line. */
const phrases = z.string().max(60_000, 'community.error.long').default('').transform(readPhrases);

const fields = z.object({
  barrier: phrases,
  topic: phrases,
  hint: phrases,
  seen: z.string().optional(),
  reason: reasonField,
  key: z.string().optional(),
});

export async function action({ request, params, context }: ActionFunctionArgs) {
  const { id } = requireProvenAdministrator(context, request);
  const { app } = context;
  const { kind, language } = read(params, app.community.find('barrier', params.kind ?? ''));
  return submit({ request, context }, fields, ({ key, reason, seen, ...words }) => {
    const what = { act: 'cues', slug: kind, language, words } as const;
    return redirectOnce(app, { by: id, key, sent: { reason, ...what } }, async (tx) => {
      await changeVocabulary(tx, app, id, { vocabulary: 'barrier', reason, ...what }, { seen });
      return pathTo('/admin/vocabulary?done=saved');
    });
  });
}

function read(
  { language = '' }: LoaderFunctionArgs['params'],
  term: { slug: string } | null,
): { kind: string; language: LexiconLanguage } {
  const known = LEXICON_LANGUAGES.find((one) => one === language);
  if (!term || !known) throw notFound();
  return { kind: term.slug, language: known };
}

export default function CueWords() {
  const { head, kind, language, words, seen, formKey } = useLoaderData<typeof loader>();
  const { t, name } = useI18n();
  return (
    <>
      <AdminNav current="vocabulary" />
      <div className="single">
        <p>
          <a
            href={pathTo('/admin/vocabulary/:vocabulary/:slug', {
              vocabulary: 'barrier',
              slug: kind,
            })}
          >
            {name('barrier', kind)}
          </a>
        </p>
        <h1>{head.title}</h1>
        <p className="lead">{t('community.cues.lead')}</p>
        <p className="quiet">{t('community.cues.syntax')}</p>
        <ErrorSummary />
        <form
          method="post"
          action={pathTo('/admin/vocabulary/barrier/:kind/cues/:language', { kind, language })}
        >
          <FormKey value={formKey} />
          <input type="hidden" name="seen" value={seen} />
          {words.map(({ strength, lines, count }) => (
            <TextArea
              key={strength}
              name={strength}
              label={t(`community.cues.${strength}`)}
              hint={t('community.cues.count', { n: count })}
              value={lines}
              rows={8}
            />
          ))}
          <p className="quiet">{t('community.cues.next')}</p>
          <ReasonField id="reason" />
          <Submit label={t('community.words.submit')} />
        </form>
      </div>
    </>
  );
}
