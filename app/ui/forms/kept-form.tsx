import type { KeptForm as Kept } from '~/platform/form-state';
import { isWritten } from '~/platform/form-state';
import { Submit } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { Row } from '~/ui/row';

/** What a person wrote or chose in a form that failed: to copy or, where it can succeed, to send again. */
export function KeptForm({ kept, resend }: { kept: Kept; resend: boolean }) {
  const { t } = useI18n();
  const texts = kept.fields.filter(([name, value]) => isWritten(name, value));
  // What was chosen is no text to copy.
  if (texts.length === 0 && !resend) return null;
  const areas = texts.map(([name, value], at) => (
    <textarea
      // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat, and the list never changes
      key={at}
      name={name}
      rows={name === 'body' || name === 'explanation' ? 12 : 2}
      dir="auto"
      aria-labelledby="kept"
      readOnly={!resend}
      // The HTML parser drops the first line break.
      defaultValue={value}
    />
  ));
  return (
    <section className="kept" aria-labelledby="kept">
      <h2 id="kept">{t(texts.length > 0 ? 'site.kept.title' : 'site.kept.chosen')}</h2>
      {resend ? (
        <form method="post" action={kept.action} target="_self">
          {areas}
          {kept.fields.map(([name, value], at) =>
            isWritten(name, value) ? null : (
              // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat
              <input key={at} type="hidden" name={name} value={value} />
            ),
          )}
          <Row className="actions">
            <Submit label={t('site.kept.again')} />
          </Row>
        </form>
      ) : (
        areas
      )}
    </section>
  );
}
