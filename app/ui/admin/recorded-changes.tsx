import { useI18n } from '~/ui/i18n';
import { Name } from '~/ui/moderation/words';
import { Meta } from '~/ui/row';
import { Minute } from '~/ui/time';

export interface RecordedChangeView {
  id: string;
  /** The handle of who made it. */
  by: string;
  createdAt: number;
  isUndo: boolean;
  undone: boolean;
  /** What changed, as it is shown. */
  values: { label: string; before: string; after: string }[];
}

interface RecordedChangesProps {
  changes: readonly RecordedChangeView[];
  /** The path of the page, which takes `action=undo` and `change`. */
  page: string;
}

/** The newest changes of a page's values, each with who made it and a button that undoes it. */
export function RecordedChanges({ changes, page }: RecordedChangesProps) {
  const { t } = useI18n();
  if (changes.length === 0) return null;
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">{t('admin.settings.changes')}</h2>
      <ul className="rows">
        {changes.map(({ id, by, createdAt, isUndo, undone, values }) => (
          <li key={id}>
            <Meta>
              <Name>{by}</Name>
              <Minute ms={createdAt} />
              {isUndo && <span>{t('admin.settings.isUndo')}</span>}
              {undone && <span>{t('admin.settings.undone')}</span>}
            </Meta>
            <dl>
              {values.map(({ label, before, after }) => (
                <div key={`${label} ${before} ${after}`}>
                  <dt>{label}</dt>
                  <dd>
                    <del dir="auto">{before}</del> <ins dir="auto">{after}</ins>
                  </dd>
                </div>
              ))}
            </dl>
            {!undone && (
              <form method="post" action={page}>
                <input type="hidden" name="action" value="undo" />
                <input type="hidden" name="change" value={id} />
                <button type="submit">{t('admin.settings.undo')}</button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
