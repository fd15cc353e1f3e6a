import type { ReactNode } from 'react';
import { useI18n } from '~/ui/i18n';

interface ExcerptOf {
  excerpt: string;
  language: string;
}

interface WordsProps {
  /** Rendered and sanitised when the post was written. */
  html: string;
  /** BCP 47. */
  language: string;
}

/** A post's complete text. */
export function Words({ html, language }: WordsProps) {
  return (
    <div
      className="quoted prose"
      lang={language}
      dir="auto"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitized before it was stored
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}

/** What a person wrote in a form for moderators, as typed. */
export function Said({ quoted = false, children }: { quoted?: boolean; children: ReactNode }) {
  return (
    <p className={quoted ? 'said quoted' : 'said'} dir="auto">
      {children}
    </p>
  );
}

/** A name in a line of facts. */
export function Name({ children }: { children: ReactNode }) {
  return (
    <span>
      <bdi>{children}</bdi>
    </span>
  );
}

/** Since when a person is a member, or for an imported account when it was imported. */
export function Since({ createdAt, importedAt }: { createdAt: number; importedAt: number | null }) {
  const { t, day } = useI18n();
  return importedAt === null
    ? t('moderation.case.since', { day: day(createdAt) })
    : t('moderation.case.imported', { day: day(importedAt) });
}

/** The beginning of a post, as a link to all of it. */
export function ExcerptLink({ href, of }: { href: string; of: ExcerptOf }) {
  return (
    <a className="excerpt" href={href} lang={of.language} dir="auto">
      {of.excerpt}
    </a>
  );
}
