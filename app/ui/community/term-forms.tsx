import type { ReactNode } from 'react';
import { LONGEST_REASON, LONGEST_TEXT } from '~/domain/community/change-vocabulary';
import type { HolderName, TermUse } from '~/domain/community/term-holders';
import {
  type Term,
  type TermText,
  VOCABULARY_TRAITS,
  type Vocabulary,
} from '~/platform/community/community';
import { GLYPH_NAMES } from '~/platform/community/glyphs';
import { LOOK_COLOURS } from '~/platform/community/look-colours';
import type { SiteTranslator } from '~/platform/community/site-translator';
import { COMMUNITY_TEXTS, isTextSlug } from '~/platform/community/texts';
import { LOCALE_TAGS, LOCALES, type Locale } from '~/platform/i18n/locales';
import { translator } from '~/platform/i18n/translator';
import { pathTo } from '~/platform/paths';
import type { SiteSettings } from '~/platform/site-settings';
import { FormKey, Input, optionsOf, Select, Submit, TextArea } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';

interface TermFormsProps {
  vocabulary: Vocabulary;
  /** Null for a new term. */
  slug: string | null;
  /** What carries it; null for a new term. */
  use: TermUse | null;
  formKey: string;
  /** What the form was made from; null for a new term. */
  seen: string | null;
}

/** The forms that change a term; each says what it will do. */
export function TermForms({ use, seen, ...about }: TermFormsProps) {
  const i18n = useI18n();
  const { t, name, community } = i18n;
  const { vocabulary, slug } = about;
  const term = slug === null ? null : community.find(vocabulary, slug);
  // Nothing carries some terms: those of the glossary are found in the words of posts.
  const used = use && Object.keys(use).length > 0 && usedBy(i18n, use);
  const { acts } = VOCABULARY_TRAITS[vocabulary];
  const all = community.all(vocabulary).filter(({ state }) => state === 'active');
  const others = all.filter((one) => one !== term);
  const options = others.map((one) => ({ value: one.slug, label: name(vocabulary, one.slug) }));
  const byOrder = community.byOrder(vocabulary);
  const next = term && others.find((one) => byOrder(one.slug, term.slug) > 0);
  return (
    <>
      {used && <p>{used}</p>}
      <ChangeForm {...about} act="words">
        {seen && <input type="hidden" name="seen" value={seen} />}
        {vocabulary === 'pillar' && <Looks term={term} />}
        {languagesFirstOffered(community.settings).map((language) => (
          <Words
            key={language}
            vocabulary={vocabulary}
            language={language}
            text={term?.texts.get(language)}
            without={
              slug !== null && vocabulary === 'text' && isTextSlug(slug)
                ? translator(language).t(COMMUNITY_TEXTS[slug])
                : undefined
            }
          />
        ))}
        <p className="quiet">
          {t(term ? 'community.words.next' : 'community.add.next', { vocabulary })}
        </p>
      </ChangeForm>
      {term && term.state !== 'merged' && options.length > 0 && (
        <>
          {acts.includes('reorder') && (
            <ChangeForm {...about} act="move">
              <Select
                name="before"
                label={t('community.move.before')}
                options={options}
                empty={t('community.move.last')}
                value={next?.slug ?? ''}
              />
            </ChangeForm>
          )}
          {acts.includes('merge') && (
            <ChangeForm {...about} act="merge">
              <Select name="into" label={t('community.merge.into')} options={options} />
              <p className="quiet">
                {used} {t('community.merge.next', { vocabulary })}
              </p>
            </ChangeForm>
          )}
        </>
      )}
      {term && term.state !== 'merged' && acts.includes('retire') && (
        <ChangeForm {...about} act={term.state === 'active' ? 'retire' : 'restore'}>
          <p className="quiet">
            {used}{' '}
            {t(term.state === 'active' ? 'community.retire.next' : 'community.restore.next', {
              vocabulary,
            })}
          </p>
        </ChangeForm>
      )}
    </>
  );
}

/** "In use: 42 posts and 3 threads." */
function usedBy({ t, list }: SiteTranslator, use: TermUse): string {
  const some = (Object.entries(use) as [HolderName, number][]).filter(([, n]) => n > 0);
  if (some.length === 0) return t('community.use.none');
  const what = list(some.map(([name, n]) => t(`community.use.${name}`, { n })));
  return t('community.use.all', { what });
}

interface ChangeFormProps extends Pick<TermFormsProps, 'vocabulary' | 'slug' | 'formKey'> {
  act: 'words' | 'move' | 'retire' | 'restore' | 'merge';
  children: ReactNode;
}

function ChangeForm({ vocabulary, slug, formKey, act, children }: ChangeFormProps) {
  const { t } = useI18n();
  const action =
    slug === null
      ? pathTo('/admin/vocabulary/:vocabulary', { vocabulary })
      : pathTo('/admin/vocabulary/:vocabulary/:slug', { vocabulary, slug });
  return (
    <section aria-labelledby={`${act}-title`}>
      <h2 id={`${act}-title`}>{t(`community.${act}.title`)}</h2>
      <form method="post" action={action}>
        <FormKey value={`${formKey}-${act}`} />
        <input type="hidden" name="act" value={act} />
        {children}
        <ReasonField id={`reason-${act}`} />
        <Submit
          label={t(`community.${act}.submit`)}
          look={act === 'words' ? 'primary' : 'danger'}
        />
      </form>
    </section>
  );
}

/** Why a change is made, for the public log. */
export function ReasonField({ id }: { id: string }) {
  const { t } = useI18n();
  return (
    <Input
      name="reason"
      id={id}
      label={t('community.reason')}
      hint={t('community.reasonHint')}
      maxLength={LONGEST_REASON}
      dir="auto"
      required
    />
  );
}

/** All interface languages: the site's own first, then the others that it offers. */
function languagesFirstOffered({
  defaultLanguage,
  languages,
}: Pick<SiteSettings, 'defaultLanguage' | 'languages'>): Locale[] {
  return [...new Set([defaultLanguage, ...languages, ...LOCALE_TAGS])];
}

interface WordsProps {
  vocabulary: Vocabulary;
  language: Locale;
  text: TermText | undefined;
  /** What pages say without these words. */
  without: string | undefined;
}

/**
 * The words of a term in a language; without the first of them, another language stands in. Those of a
 * language that the site does not offer are folded.
 */
function Words({ vocabulary, language, text, without }: WordsProps) {
  const { t, community } = useI18n();
  const { name, dir } = LOCALES[language];
  const fields = VOCABULARY_TRAITS[vocabulary].parts.map((part) => {
    const field = {
      name: `${part}.${language}`,
      label: t(`community.term.${part}`, { vocabulary }),
      value: text?.[part] ?? '',
      maxLength: LONGEST_TEXT[part],
    };
    return part === 'name' || part === 'short' ? (
      <Input key={part} {...field} dir="auto" />
    ) : (
      <TextArea
        key={part}
        {...field}
        rows={2}
        hint={without && t('community.term.without', { text: without })}
      />
    );
  });
  return community.settings.languages.includes(language) ? (
    <fieldset className="field" lang={language} dir={dir}>
      <legend>{name}</legend>
      {fields}
    </fieldset>
  ) : (
    <details lang={language} dir={dir}>
      <summary>{name}</summary>
      {fields}
    </details>
  );
}

function Looks({ term }: { term: Term | null }) {
  const { t } = useI18n();
  return (
    <>
      <Select
        name="glyph"
        label={t('community.term.glyph')}
        options={optionsOf(GLYPH_NAMES, (name) => t(`community.glyph.${name}`))}
        value={term?.glyph ?? 'circle'}
      />
      <Select
        name="colour"
        label={t('community.term.colour')}
        options={optionsOf(LOOK_COLOURS, (name) => t(`community.colour.${name}`))}
        value={term?.colour ?? 'slate'}
      />
    </>
  );
}
