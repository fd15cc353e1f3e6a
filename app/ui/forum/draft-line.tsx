import type { Draft } from '~/domain/forum/drafts/drafts';
import type { FormState } from '~/platform/form-state';
import { pathTo } from '~/platform/paths';
import { useI18n } from '~/ui/i18n';

/** A draft as the page of its form shows it. */
export interface DraftView extends Draft {
  /** Whole minutes since it was saved. */
  minutes: number;
}

export function draftView(draft: Draft | null, now: number): DraftView | null {
  return draft && { ...draft, minutes: Math.max(0, Math.floor((now - draft.savedAt) / 60_000)) };
}

/** What the form holds: what was just sent or, when it is opened again, the draft. */
export function typedOrDraft<S extends FormState>(
  state: S | undefined,
  draft: DraftView | null,
): S | FormState | undefined {
  return state ?? (draft ? { values: draft.fields, errors: {} } : undefined);
}

/** The same with a quotation at its end, unless it is there already. */
export function withQuote<S extends FormState>(
  state: S | undefined,
  quoted: string | null,
): S | FormState | undefined {
  const body = state?.values.body?.[0] ?? '';
  if (!quoted || body.includes(quoted.trim())) return state;
  const joined = body.trim() ? `${body.trimEnd()}\n\n${quoted}` : quoted;
  return { errors: {}, ...state, values: { ...state?.values, body: [joined] } };
}

/** Above a form: that its text is kept, since when, and what another tab wrote over. */
export function DraftLine({ draft, back }: { draft: DraftView | null; back: string }) {
  const { t, minute } = useI18n();
  if (!draft) return null;
  const { place, minutes, savedAt, earlier } = draft;
  return (
    <div className="draft-line">
      <form method="post" action={pathTo('/drafts')} className="actions quiet">
        <input type="hidden" name="place" value={place} />
        <input type="hidden" name="redirectTo" value={back} />
        <span>
          {minutes < 60
            ? t('writing.draft.saved', { minutes })
            : t('writing.draft.savedAt', { when: minute(savedAt) })}
        </span>
        <button className="link" type="submit">
          {t('writing.draft.discard')}
        </button>
        <a href={pathTo('/drafts')}>{t('writing.draft.all')}</a>
      </form>
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

/** Says from which draft a form was made. */
export function DraftBase({ draft }: { draft: DraftView | null }) {
  return draft && <input type="hidden" name="draft" value={draft.savedAt} />;
}

/** The third button of a form that writes posts; nothing needs to be complete for it. */
export function SaveDraft() {
  const { t } = useI18n();
  return (
    <button type="submit" name="save" value="1" formNoValidate>
      {t('writing.draft.save')}
    </button>
  );
}
