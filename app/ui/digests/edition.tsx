import { Gap, TextLine, useI18n } from '~/ui/i18n';
import { Said } from '~/ui/moderation/words';

/** Information about the version of a digest, besides its content. */
export interface EditionView {
  version: number;
  /** The newest version, if it is not this one. */
  newest: { version: number; path: string; corrects: boolean } | null;
  /** The version that this one corrects. */
  corrects: number | null;
  note: { text: string; by: string } | null;
  errata: string[];
  edits: string[];
  versions: { version: number; path: string; publishedAt: number; correction: boolean }[];
}

/** Before a digest: its version, and the editor's note. */
export function EditionHead({ edition }: { edition: EditionView }) {
  const { t } = useI18n();
  const { version, newest, corrects, note } = edition;
  return (
    <>
      {newest && (
        <p className="notice">
          {newest.corrects
            ? t('editions.corrected', { version, newest: newest.version })
            : t('digests.page.older', { version })}
          <Gap />
          <a href={newest.path}>{t('digests.page.newest')}</a>
        </p>
      )}
      {corrects !== null && (
        <p className="quiet">{t('editions.corrects', { version: corrects })}</p>
      )}
      {note && <EditorsNote note={note} />}
    </>
  );
}

export function EditorsNote({ note: { text, by } }: { note: { text: string; by: string } }) {
  const { t } = useI18n();
  return (
    <section className="editors-note" aria-labelledby="note-title">
      <h2 id="note-title">{t('editions.note.title')}</h2>
      <Said>{text}</Said>
      <TextLine className="quiet" k="editions.note.signed" values={{ editor: <bdi>{by}</bdi> }} />
    </section>
  );
}

/** After the lead of a digest: withdrawn sources, with dates. */
export function Errata({ errata }: { errata: string[] }) {
  const { t } = useI18n();
  if (errata.length === 0) return null;
  return (
    <section className="notice warning errata" aria-labelledby="errata">
      <h2 id="errata">{t('editions.errata.title')}</h2>
      <ul>
        {errata.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}

/** At the end of a digest: what editors changed, and links to all versions. */
export function EditionFoot({ edition: { edits, versions, version } }: { edition: EditionView }) {
  const { t, day, gap } = useI18n();
  return (
    <section aria-labelledby="versions">
      <h2 id="versions">{t('editions.versions.title')}</h2>
      {edits.length > 0 && <p className="prose">{edits.join(gap)}</p>}
      <ul>
        {versions.map((one) => (
          <li key={one.version}>
            <a href={one.path} aria-current={one.version === version ? 'page' : undefined}>
              {t('digests.page.edition', { version: one.version, day: day(one.publishedAt) })}
            </a>
            {one.correction && ` · ${t('editions.versions.correction')}`}
          </li>
        ))}
      </ul>
    </section>
  );
}
