import type { Translator } from '~/platform/i18n/translator';
import { changesSince } from './changes';
import type { Digest } from './digests';
import { beforePublication, type Erratum } from './errata';
import { digestPath } from './present';

/*
 * Describes a version of a digest in one language: what editors changed, and which sources were
 * withdrawn since.
 */

/** Returns the permanent URL of one version: `/digests/011/2026-10/v/2`. */
export function versionPath(scope: string, periodId: string, version: number): string {
  return `${digestPath(scope, periodId)}/v/${version}`;
}

/** Returns one sentence for each day and cause about withdrawn and restored sources. */
export function sayErrata(errata: readonly Erratum[], i18n: Translator): string[] {
  const groups = new Map<string, { at: number | null; one: Erratum; n: number; back: boolean }>();
  const count = (one: Erratum, at: number | null, back: boolean) => {
    const key = [at === null ? '' : i18n.day(at), one.cause, one.quoted, back].join(' ');
    const group = groups.get(key) ?? { at, one, n: 0, back };
    groups.set(key, { ...group, n: group.n + 1 });
  };
  for (const one of errata) count(one, one.withdrawnAt, false);
  for (const one of errata) {
    // What was left out before publication is not in this version, whatever its author wants now.
    if (one.restoredAt !== null && !beforePublication(one)) count(one, one.restoredAt, true);
  }
  return [...groups.values()]
    .toSorted((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity))
    .map(({ at, one, n, back }) => {
      const withdrawn = one.quoted ? 'quote' : 'counted';
      const what = beforePublication(one) ? 'objected' : back ? 'restored' : withdrawn;
      const said = i18n.t(`editions.erratum.${what}`, { n, cause: one.cause });
      return at === null ? said : i18n.t('editions.erratum.dated', { day: i18n.day(at), said });
    });
}

/** Returns sentences about what editors changed of the automatic choice; empty if nothing. */
export function sayEdits({ drafted, content }: Digest, { t }: Translator): string[] {
  const changes = changesSince(drafted, content);
  if (!changes) return [];
  const { dropped, added, reordered } = changes;
  return [
    ...(dropped.length > 0 ? [t('editions.edited.dropped', { n: dropped.length })] : []),
    ...(added.length > 0 ? [t('editions.edited.added', { n: added.length })] : []),
    ...(reordered ? [t('editions.edited.order')] : []),
  ];
}

/** The same for programs. Posts that may not be shown are counted, not named. */
export function editionData({
  note,
  corrects,
  drafted,
  content,
  errata,
}: Digest & { errata: readonly Erratum[] }) {
  const iso = (moment: number | null) => (moment === null ? null : new Date(moment).toISOString());
  const changes = changesSince(drafted, content);
  return {
    corrects,
    editorsNote: note && { text: note.text, signedBy: note.by },
    edited: changes && {
      quotesTakenOut: changes.dropped.length,
      quotesPutIn: changes.added.length,
      reordered: changes.reordered,
    },
    errata: errata.map(({ cause, quoted, withdrawnAt, restoredAt }) => ({
      cause,
      quoted,
      withdrawnAt: iso(withdrawnAt),
      restoredAt: iso(restoredAt),
    })),
  };
}
