import type { HTMLAttributes, ReactNode } from 'react';
import type { FormState } from '~/platform/form-state';
import { useI18n } from '~/ui/i18n';

interface Common {
  name: string;
  /** By default the name; another where a page has two fields of this name. */
  id?: string;
  label: ReactNode;
  hint?: ReactNode;
  /** The values typed and the errors, if the form came back. */
  state?: FormState | undefined;
  required?: boolean;
}

function describedBy(name: string, hint: ReactNode, error: string | undefined) {
  const ids = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

function Hint({ name, hint }: { name: string; hint: ReactNode }) {
  return hint ? (
    <p className="hint" id={`${name}-hint`}>
      {hint}
    </p>
  ) : null;
}

function FieldError({ name, error }: { name: string; error: string | undefined }) {
  return error ? (
    <p className="field-error" id={`${name}-error`}>
      {error}
    </p>
  ) : null;
}

interface InputProps extends Common {
  type?: 'text' | 'email' | 'password' | 'search' | 'number' | 'date';
  value?: string;
  autoComplete?: string;
  inputMode?: HTMLAttributes<HTMLInputElement>['inputMode'];
  maxLength?: number;
  dir?: 'auto' | 'ltr';
}

/** A one-line text field with label, hint and error. */
export function Input({
  name,
  id = name,
  label,
  hint,
  state,
  value,
  type = 'text',
  ...rest
}: InputProps) {
  const error = state?.errors[name];
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Hint name={id} hint={hint} />
      <FieldError name={id} error={error} />
      <input
        id={id}
        name={name}
        type={type}
        defaultValue={state?.values[name]?.[0] ?? value}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, hint, error)}
        {...rest}
      />
    </div>
  );
}

interface TextAreaProps extends Common {
  value?: string;
  rows?: number;
  maxLength?: number;
}

/** A text field of several lines; its direction follows the text. */
export function TextArea({
  name,
  id = name,
  label,
  hint,
  state,
  value,
  rows = 8,
  ...rest
}: TextAreaProps) {
  const error = state?.errors[name];
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Hint name={id} hint={hint} />
      <FieldError name={id} error={error} />
      <textarea
        id={id}
        name={name}
        rows={rows}
        dir="auto"
        // The HTML parser would drop a leading line break.
        defaultValue={state?.values[name]?.[0] ?? value}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, hint, error)}
        {...rest}
      />
    </div>
  );
}

export interface Option {
  value: string;
  label: string;
}

interface SelectProps extends Common {
  options: Option[];
  /** The label of the empty choice; without it there is no empty choice. */
  empty?: string;
  value?: string;
}

export function Select({ name, label, hint, state, options, empty, value, ...rest }: SelectProps) {
  const error = state?.errors[name];
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <Hint name={name} hint={hint} />
      <FieldError name={name} error={error} />
      <select
        id={name}
        name={name}
        defaultValue={state?.values[name]?.[0] ?? value ?? ''}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(name, hint, error)}
        {...rest}
      >
        {empty !== undefined && <option value="">{empty}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

interface ChoicesProps extends Omit<Common, 'label' | 'required'> {
  legend: ReactNode;
  type: 'checkbox' | 'radio';
  options: { value: string; label: ReactNode }[];
  /** The values selected in a new form. */
  chosen?: readonly string[];
}

/** A group of checkboxes or radio buttons. */
export function Choices({ name, legend, hint, type, options, state, chosen = [] }: ChoicesProps) {
  const error = state?.errors[name];
  const ticked = state?.values[name] ?? (state && Object.keys(state.values).length ? [] : chosen);
  return (
    <fieldset id={name} className="field choices" aria-describedby={describedBy(name, hint, error)}>
      <legend>{legend}</legend>
      <Hint name={name} hint={hint} />
      <FieldError name={name} error={error} />
      {options.map((option) => (
        <label key={option.value} className="choice">
          <input
            type={type}
            name={name}
            value={option.value}
            defaultChecked={ticked.includes(option.value)}
          />{' '}
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** The hidden key: a form that is sent twice with the same key counts once. */
export function FormKey({ value }: { value: string }) {
  return <input type="hidden" name="key" value={value} />;
}

/** A hidden field for forms with a single button: lynx sends a form without fields as a GET. */
export function Pressed() {
  return <input type="hidden" name="pressed" value="1" />;
}

/** Above a form that came back: its errors, with links to the fields. */
export function ErrorSummary({ state }: { state: FormState | undefined }) {
  const { t } = useI18n();
  const entries = Object.entries(state?.errors ?? {});
  if (entries.length === 0) return null;
  return (
    <div className="error-summary" role="alert" aria-labelledby="error-summary-title">
      <h2 id="error-summary-title">{t('site.error.summary')}</h2>
      <ul>
        {entries.map(([field, message]) => (
          <li key={field}>
            {field === 'form' ? (
              message
            ) : (
              <a href={state?.links?.[field] ?? `#${field}`}>{message}</a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
