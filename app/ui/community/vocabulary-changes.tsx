import type { ReactNode } from 'react';
import type { ListedChange } from '~/domain/community/change-vocabulary';
import type { SiteTranslator } from '~/platform/community/site-translator';
import { DEFAULT_LOCALE } from '~/platform/i18n/locales';
import { languageNames } from '~/platform/languages/names';
import { useI18n } from '~/ui/i18n';
import { Said } from '~/ui/moderation/words';
import { Meta } from '~/ui/row';
import { Minute } from '~/ui/time';

export interface ChangeView {
  id: string;
  at: number;
  /** What was done and by whom, in a sentence. */
  line: string;
  reason: string;
  undoneAt: number | null;
}

/** The view of a change of the vocabularies. Terms have their present names, a renamed one those of the change. */
export function changeView(change: ListedChange, i18n: SiteTranslator): ChangeView {
  const { id, at, act, vocabulary, slug, reason, into, language, undoneAt } = change;
  const present = i18n.name(vocabulary, slug);
  const nameIn = (names: Record<string, string>) =>
    [i18n.locale, i18n.community.settings.defaultLanguage, DEFAULT_LOCALE]
      .map((language) => names[language])
      .find((name) => name !== undefined) ??
    Object.values(names)[0] ??
    present;
  const line = i18n.t(`community.log.${act}`, {
    by: change.by ?? i18n.t('community.log.someone'),
    vocabulary,
    name: nameIn(change.givenNames),
    former: nameIn(change.formerNames),
    into: into ? i18n.name(vocabulary, into) : '',
    language: language ? languageNames(i18n.locale)(language) : '',
  });
  return { id, at, line, reason, undoneAt };
}

/** The newest changes; `action` makes what stands below each, such as the button that undoes it. */
export function VocabularyChanges({
  changes,
  action,
}: {
  changes: readonly ChangeView[];
  action?: (change: ChangeView) => ReactNode;
}) {
  const { t, day } = useI18n();
  return (
    <section aria-labelledby="vocabulary-changes">
      <h2 id="vocabulary-changes">{t('community.log.title')}</h2>
      <ul className="rows">
        {changes.map((change) => (
          <li key={change.id} id={change.id}>
            {change.line}
            <Meta>
              <Minute ms={change.at} />
              {change.undoneAt && (
                <span>{t('community.log.undone', { day: day(change.undoneAt) })}</span>
              )}
            </Meta>
            <Said>{change.reason}</Said>
            {action?.(change)}
          </li>
        ))}
      </ul>
    </section>
  );
}
