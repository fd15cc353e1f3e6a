import type { ReactNode } from 'react';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { AuthorName } from './byline';
import type { TranslatedCount } from './post-translation-view';
import type { PostView, TranslationView, TranslatorView } from './view';

interface TranslatedByProps {
  translator: TranslatorView;
  createdAt: number;
  isOlder: boolean;
  /** The list of all translations of the post. */
  href: string;
}

/** Who translated a post, and when; and that the post has been changed since. */
export function TranslatedBy({ translator, createdAt, isOlder, href }: TranslatedByProps) {
  const { t, day } = useI18n();
  const { person, machine } = translator;
  return (
    <>
      <TextLine
        className="quiet"
        k={person ? 'translations.by' : 'translations.machine'}
        values={{
          name: person ? <AuthorName author={person} /> : <bdi>{machine}</bdi>,
          date: day(createdAt),
          link: linkTo(href),
        }}
      />
      {isOlder && <p className="notice">{t('translations.older')}</p>}
    </>
  );
}

/** A translation, and its original folded under it. The HTML was sanitised when it was written. */
export function Translated({
  post,
  translation,
  children,
}: {
  post: PostView;
  translation: TranslationView;
  children: ReactNode;
}) {
  const { t } = useI18n();
  return (
    <>
      <TranslatedBy {...translation} href={`${post.path}/translations`} />
      <div
        className="prose"
        lang={translation.language}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitized by the Markdown renderer
        dangerouslySetInnerHTML={{ __html: translation.html }}
      />
      <details className="original">
        <summary>{t('conversation.original', { language: post.languageName })}</summary>
        {children}
      </details>
    </>
  );
}

/** Says how many posts of the page are shown in translation, and links to the other way to read it. */
export function TranslationsShown({ shown, translations, originals }: TranslatedCount) {
  const { t } = useI18n();
  if (shown > 0) {
    return (
      <TextLine
        className="quiet"
        k="translations.page.shown"
        values={{ n: shown, link: linkTo(originals) }}
      />
    );
  }
  return translations && <LinkLine href={translations} label={t('translations.page.read')} />;
}
