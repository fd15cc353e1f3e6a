import type { HistoryEntry } from '~/domain/barriers/key-points/history';
import { DAY } from '~/platform/clock';
import type { SiteTranslator } from '~/platform/community/site-translator';
import { languageNames } from '~/platform/languages/names';
import { pathTo } from '~/platform/paths';

/** Puts changes of one day that follow each other into one entry: additions by the same people, and titles. */
export function inOneLine(history: readonly HistoryEntry[]): HistoryEntry[][] {
  const told: HistoryEntry[][] = [];
  for (const entry of history) {
    const last = told.at(-1);
    if (last?.[0] && belongTogether(last[0], entry)) last.push(entry);
    else told.push([entry]);
  }
  return told;
}

function belongTogether(one: HistoryEntry, other: HistoryEntry): boolean {
  const isAlike =
    one.act === 'add'
      ? one.byAuthor === other.byAuthor
      : one.act === 'rename' && Boolean(one.title?.after && other.title?.after);
  const isOneDay = Math.floor(one.at / DAY) === Math.floor(other.at / DAY);
  return one.act === other.act && one.undo === other.undo && isOneDay && isAlike;
}

/** A change of a key point in a sentence, with the title in it that has a language of its own. */
export interface HistoryLine {
  line: string;
  title: { text: string; language: string } | null;
  /** The other key point that it leads to. */
  path: string | null;
}

/** Changes of a key point in one sentence, and where it leaves something out, in one for each. */
export interface HistoryItem extends HistoryLine {
  id: string;
  /** UTC milliseconds. */
  at: number;
  each: HistoryLine[];
}

/** Returns changes that belong together in a sentence. */
export function historyItem(entries: readonly HistoryEntry[], i18n: SiteTranslator): HistoryItem[] {
  const [first] = entries;
  if (!first) return [];
  const { id, at } = first;
  if (first.act === 'rename' && entries.length > 1) {
    const each = entries.map((entry) => historyLine(entry, i18n));
    const n = new Set(entries.map(({ title }) => title?.language)).size;
    const line = undone(first, i18n.t('keyPoints.history.titles', { n }), i18n);
    return [{ id, at, line, title: null, path: null, each }];
  }
  const reports = entries.reduce((sum, entry) => sum + entry.reports, 0);
  return [{ id, at, ...historyLine({ ...first, reports }, i18n), each: [] }];
}

function undone({ undo }: HistoryEntry, line: string, { t }: SiteTranslator): string {
  return undo ? t('keyPoints.history.undo', { line }) : line;
}

function historyLine(entry: HistoryEntry, i18n: SiteTranslator): HistoryLine {
  const { after: text = null, language = '' } = entry.title ?? {};
  return {
    line: undone(entry, lineOf(entry, i18n), i18n),
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
