import { withParameter } from '~/domain/forum/paths';
import { isInLanguage } from '~/platform/languages/tags';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';
import { Meta } from '~/ui/row';
import type { ContributionView } from './view';

export interface LanguageChoice {
  language: string;
  /** In the language of the page. */
  name: string;
  posts: number;
}

/** The languages of a thread, each as a link that folds the others. Empty if there is one. */
export function LanguageFilter({
  languages,
  path,
  chosen,
}: {
  languages: LanguageChoice[];
  path: string;
  chosen: string | null;
}) {
  const { t } = useI18n();
  if (languages.length < 2 && !chosen) return null;
  return (
    <details open={chosen !== null}>
      <summary>{t('words.filter.count', { n: languages.length })}</summary>{' '}
      <Meta as="nav" aria-label={t('words.filter.title')}>
        {languages.map(({ language, name, posts }) => (
          <a
            key={language}
            href={withParameter(path, 'language', language)}
            rel="nofollow"
            aria-current={chosen === language ? 'true' : undefined}
          >
            {t('words.filter.one', { language: name, n: posts })}
          </a>
        ))}
        {chosen && <a href={path}>{t('words.filter.all')}</a>}
      </Meta>
    </details>
  );
}

/** Says which posts the filter has folded. */
export function FilterNotice({
  contributions,
  chosen,
  name,
  path,
}: {
  contributions: ContributionView[];
  chosen: string;
  name: string;
  path: string;
}) {
  const posts = contributions.flatMap(({ post, replies }) => (post ? [post, ...replies] : replies));
  const folded = posts.filter(({ language }) => !isInLanguage(language, chosen));
  return (
    <TextLine
      className="notice"
      k="words.filter.shown"
      values={{ language: name, n: folded.length, all: linkTo(path) }}
    />
  );
}
