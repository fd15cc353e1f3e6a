import { Fragment, type ReactNode } from 'react';
import { LONGEST_REASON, LONGEST_TEXT } from '~/domain/community/change-vocabulary';
import type { HolderName, TermUse } from '~/domain/community/term-holders';
import {
  storedTexts,
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
import { languageNames } from '~/platform/languages/names';
import { pathTo } from '~/platform/paths';
import type { SiteSettings } from '~/platform/site-settings';
import {
  Choice,
  FormKey,
  Input,
  optionsOf,
  Select,
  Submit,
  TextArea,
  useField,
} from '~/ui/forms/fields';
import { Gap, useI18n } from '~/ui/i18n';

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

/** The value of `keep` that confirms the translations in all languages. */
export const KEEP_ALL = '*';

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
  const stored = term && storedTexts(term);
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
            text={stored?.get(language)}
            outdated={term?.outdated.get(language)}
            without={
              slug !== null && vocabulary === 'text' && isTextSlug(slug)
                ? translator(language).t(COMMUNITY_TEXTS[slug])
                : undefined
            }
          />
        ))}
        {term?.original && stored && stored.size > 1 && (
          <>
            <p className="quiet">
              {t('community.words.original', {
                language: languageNames(i18n.locale)(term.original),
              })}
            </p>
            <Keep value={KEEP_ALL} label={t('community.words.keepAll')} />
          </>
        )}
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
                {used}
                <Gap />
                {t('community.merge.next', { vocabulary })}
              </p>
            </ChangeForm>
          )}
        </>
      )}
      {term && term.state !== 'merged' && acts.includes('retire') && (
        <ChangeForm {...about} act={term.state === 'active' ? 'retire' : 'restore'}>
          <p className="quiet">
            {used}
            <Gap />
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
  /** The parts of it that translate an older original. */
  outdated: Partial<TermText> | undefined;
  /** What pages say without these words. */
  without: string | undefined;
}

/**
 * The words of a term in a language; without the first of them, another language stands in. Those of a
 * language that the site does not offer are folded.
 */
function Words({ vocabulary, language, text, outdated, without }: WordsProps) {
  const { t, community } = useI18n();
  const { name, dir } = LOCALES[language];
  const fields = VOCABULARY_TRAITS[vocabulary].parts.map((part) => {
    const field = {
      name: `${part}.${language}`,
      label: t(`community.term.${part}`, { vocabulary }),
      value: text?.[part] ?? '',
      maxLength: LONGEST_TEXT[part],
    };
    return (
      <Fragment key={part}>
        {part === 'name' || part === 'short' ? (
          <Input {...field} dir="auto" />
        ) : (
          <TextArea
            {...field}
            rows={2}
            hint={without && t('community.term.without', { text: without })}
          />
        )}
        {outdated?.[part] !== undefined && <Older field={field.name} />}
      </Fragment>
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

/** Below a field: that its words translate an older original, and how to say that they are right. */
function Older({ field }: { field: string }) {
  const { t, locale } = useI18n();
  return (
    <div lang={locale} dir={LOCALES[locale].dir}>
      <p className="notice warning">{t('admin.translations.older')}</p>
      <Keep value={field} label={t('admin.translations.keep')} />
    </div>
  );
}

function Keep({ value, label }: { value: string; label: string }) {
  const { typed = [] } = useField({ name: 'keep' });
  const chosen = typed.includes(value);
  return <Choice type="checkbox" name="keep" value={value} label={label} chosen={chosen} />;
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
