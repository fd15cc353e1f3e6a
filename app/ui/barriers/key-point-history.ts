import type { HistoryEntry } from '~/domain/barriers/key-points/history';
import { DAY } from '~/platform/clock';
import type { SiteTranslator } from '~/platform/community/site-translator';
import { languageNames } from '~/platform/languages/names';
import { pathTo } from '~/platform/paths';

/** Puts additions of one day that follow each other, by the same people, into one entry. */
export function inOneLine(history: readonly HistoryEntry[]): HistoryEntry[] {
  const told: HistoryEntry[] = [];
  for (const entry of history) {
    const last = told.at(-1);
    const same =
      last?.act === 'add' &&
      entry.act === 'add' &&
      last.byAuthor === entry.byAuthor &&
      last.undo === entry.undo &&
      Math.floor(last.at / DAY) === Math.floor(entry.at / DAY);
    if (same) told.splice(-1, 1, { ...last, reports: last.reports + entry.reports });
    else told.push(entry);
  }
  return told;
}

/** A change of a key point in a sentence, with the title in it that has a language of its own. */
export interface HistoryLine {
  line: string;
  title: { text: string; language: string } | null;
  /** The other key point that it leads to. */
  path: string | null;
}

/** Returns a change of a key point in a sentence. */
export function historyLine(entry: HistoryEntry, i18n: SiteTranslator): HistoryLine {
  const line = lineOf(entry, i18n);
  const { after: text = null, language = '' } = entry.title ?? {};
  return {
    line: entry.undo ? i18n.t('keyPoints.history.undo', { line }) : line,
    title: text === null ? null : { text, language },
    path: entry.other && pathTo('/key-points/:id/:slug?', { id: entry.other.id }),
  };
}

function lineOf(
  { act, byAuthor, reports: n, other, title, kind }: HistoryEntry,
  { t, name, locale }: SiteTranslator,
): string {
  switch (act) {
    case 'add':
      return t(byAuthor ? 'keyPoints.history.addOwn' : 'keyPoints.history.add', { n });
    case 'merge':
      return other?.title
        ? t('keyPoints.history.mergeNamed', { title: other.title })
        : t('keyPoints.history.merge');
    case 'split':
      return other?.title
        ? t('keyPoints.history.splitNamed', { n, title: other.title })
        : t('keyPoints.history.split', { n });
    case 'rename': {
      const language = title ? languageNames(locale)(title.language) : '';
      if (title?.after) return t('keyPoints.history.rename', { title: title.after, language });
      return t('keyPoints.history.unname', { language });
    }
    case 'kind':
      return kind
        ? t('keyPoints.history.kind', { kind: name('barrier', kind) })
        : t('keyPoints.history.make', { n });
    case 'accept':
      return t('keyPoints.history.accept');
    case 'remove':
      return t('keyPoints.history.remove', { n });
    case 'edit':
      return t('keyPoints.history.edit', { n });
    case 'not-a-barrier':
      return t('keyPoints.history.not-a-barrier', { n });
    default:
      return t('keyPoints.history.make', { n });
  }
}
