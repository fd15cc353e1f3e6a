import type { Draft } from '~/domain/forum/drafts/drafts';
import { useFormState } from '~/ui/forms/state';
import { useI18n } from '~/ui/i18n';
import script from '../../../.browser/keep-text.js?url';

interface KeepTextProps {
  /** The key from `keptName`; null if the visitor is not logged in. */
  name: string | null;
  /** The draft on the server. */
  draft?: Draft | null;
}

/** Returns the key under which a device stores a person's text for a place. */
export function keptName(person: { id: string } | null, place: string): string | null {
  return person && `${person.id}:${place}`;
}

/**
 * In forms that write posts, for logged-in people: a small script that keeps the text on the device
 * until the server has it. The page must allow it with `allowScript` in its loader. Without scripts
 * the form works as usual.
 */
export function KeepText({ name, draft }: KeepTextProps) {
  // The form as it came back; its text may not be stored anywhere else.
  const state = useFormState();
  const { t } = useI18n();
  if (name === null) return null;
  const sent = state?.values.key?.[0];
  const stored = ['title', 'body'].every(
    (field) => (state?.values[field]?.[0] ?? '') === (draft?.fields[field]?.[0] ?? ''),
  );
  // Empty, because text browsers show hidden elements. The script fills it when needed.
  return (
    <>
      <div
        className="notice"
        data-keep={name}
        data-kept={sent === undefined || stored ? '1' : '0'}
        data-from={sent}
        data-says={t('writing.kept.text')}
        data-put={t('writing.kept.put')}
        data-forget={t('writing.kept.forget')}
        hidden
      />
      <script type="module" src={script} />
    </>
  );
}
