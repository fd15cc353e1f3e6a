import type { Draft } from '~/domain/forum/drafts/drafts';
import type { FormState } from '~/platform/form-state';
import { useI18n } from '~/ui/i18n';
import script from '../../../.browser/keep-text.js?url';

interface KeepTextProps {
  /** Whose text it is and where it is to stand, from `keptName`; null for nobody's. */
  name: string | null;
  /** The form as it came back; the text in it may be stored nowhere. */
  state: FormState | undefined;
  /** What the server has. */
  draft?: Draft | null;
}

/** What a device calls the text that a person writes at a place. */
export function keptName(person: { id: string } | null, place: string): string | null {
  return person && `${person.id}:${place}`;
}

/**
 * Inside a form that writes posts, for people who are logged in: a small script that keeps the
 * text on their device until the server has it. The page allows it by `allowScript` in its loader;
 * without scripts the form is as good as without this.
 */
export function KeepText({ name, state, draft }: KeepTextProps) {
  const { t } = useI18n();
  if (name === null) return null;
  const sent = state?.values.key?.[0];
  const stored = ['title', 'body'].every(
    (field) => (state?.values[field]?.[0] ?? '') === (draft?.fields[field]?.[0] ?? ''),
  );
  // Empty: text browsers show what is hidden. The script fills it where there is something to say.
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
