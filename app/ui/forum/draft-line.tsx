import type { Draft } from '~/domain/forum/drafts/drafts';
import type { FormState } from '~/platform/form-state';
import { pathTo } from '~/platform/paths';
import { Submit } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { Row } from '~/ui/row';

/** A draft as shown on the page of its form. */
export interface DraftView extends Draft {
  /** Whole minutes since it was saved. */
  minutes: number;
}

export function draftView(draft: Draft | null, now: number): DraftView | null {
  return draft && { ...draft, minutes: Math.max(0, Math.floor((now - draft.savedAt) / 60_000)) };
}

/** Returns the form's values: what was just sent or, when the form is opened again, the draft. */
export function typedOrDraft<S extends FormState>(
  state: S | undefined,
  draft: DraftView | null,
): S | FormState | undefined {
  return state ?? (draft ? { values: draft.fields, errors: {} } : undefined);
}

/** Returns the same with a quotation at the end, unless the text already contains it. */
export function withQuote<S extends FormState>(
  state: S | undefined,
  quoted: string | null,
): S | FormState | undefined {
  const body = state?.values.body?.[0] ?? '';
  if (!quoted || body.includes(quoted.trim())) return state;
  const joined = body.trim() ? `${body.trimEnd()}\n\n${quoted}` : quoted;
  return { errors: {}, ...state, values: { ...state?.values, body: [joined] } };
}

/** Above a form: when its draft was saved, and texts that another tab overwrote. */
export function DraftLine({ draft, back }: { draft: DraftView | null; back: string }) {
  const { t, minute } = useI18n();
  if (!draft) return null;
  const { place, minutes, savedAt, earlier } = draft;
  return (
    <div className="draft-line">
      <Row as="form" method="post" action={pathTo('/drafts')} className="actions quiet">
        <input type="hidden" name="place" value={place} />
        <input type="hidden" name="redirectTo" value={back} />
        <span>
          {minutes < 60
            ? t('writing.draft.saved', { minutes })
            : t('writing.draft.savedAt', { when: minute(savedAt) })}
        </span>
        <Submit look="link" label={t('writing.draft.discard')} />
        <a href={pathTo('/drafts')}>{t('writing.draft.all')}</a>
      </Row>
      {earlier.length > 0 && (
        <details>
          <summary>{t('writing.draft.earlier', { n: earlier.length })}</summary>
          {earlier.map((text) => (
            <p key={text} className="typed" dir="auto">
              {text}
            </p>
          ))}
        </details>
      )}
    </div>
  );
}

/** The hidden field that tells which draft the form is based on. */
export function DraftBase({ draft }: { draft: DraftView | null }) {
  return draft && <input type="hidden" name="draft" value={draft.savedAt} />;
}

/** The third button of a form that writes posts; it works even if the form is incomplete. */
export function SaveDraft() {
  const { t } = useI18n();
  return (
    <button type="submit" name="save" value="1" formNoValidate>
      {t('writing.draft.save')}
    </button>
  );
}
