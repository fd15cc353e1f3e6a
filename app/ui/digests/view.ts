import type { BarrierKind } from '~/domain/community/vocabularies';
import type { DigestEntry } from '~/domain/digests/digests';
import type { PeriodKind } from '~/domain/digests/period';
import { digestPath, digestTitle } from '~/domain/digests/present';
import type { SiteTranslator } from '~/platform/community/site-translator';

/** A digest as shown in lists. */
export interface EntryView {
  id: string;
  path: string;
  title: string;
  version: number;
  builtAt: number;
  publishedAt: number | null;
}

export function entryView({ scope, period, ...row }: DigestEntry, i18n: SiteTranslator): EntryView {
  return {
    ...row,
    path: digestPath(scope, period.id),
    title: digestTitle(i18n, scope, period.id),
  };
}

/** A digest in the archive, with its highest figures. */
export interface ArchiveEntryView extends EntryView {
  period: string;
  kind: PeriodKind;
  /** Number of distinct people; null if it is not public. */
  people: number | null;
  bars: { kind: BarrierKind; name: string; people: number; share: number }[];
}

/** A source in the list at the end of a digest. */
export interface SourceView {
  number: number;
  path: string;
  /** What its path follows on paper: `https://example.org`. */
  origin: string;
  name: string;
  handle: string | null;
  place: string | null;
  date: string;
}
