import type { ComponentProps, HTMLAttributes, ReactNode } from 'react';
import type { FormState } from '~/platform/form-state';
import { useI18n } from '~/ui/i18n';
import { useFormState } from './state';

interface Common {
  name: string;
  /** By default the name; another where a page has two fields of this name. */
  id?: string;
  label: ReactNode;
  hint?: ReactNode;
  /** The values typed and the errors, if not those of the page's form; null for none. */
  state?: FormState | null | undefined;
  required?: boolean;
}

interface LabelledProps {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  children: ReactNode;
}

/** A field's label, hint and error above its control, which refers to them by `aria`. */
export function Labelled({ name, label, hint, error, children }: LabelledProps) {
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label> <Hint name={name} hint={hint} />
      <FieldError name={name} error={error} />
      {children}
    </div>
  );
}

export function Hint({ name, hint }: { name: string; hint?: ReactNode }) {
  return hint ? (
    <p className="hint" id={`${name}-hint`}>
      {hint}
    </p>
  ) : null;
}

export function FieldError({ name, error }: { name: string; error: string | undefined }) {
  return error ? (
    <p className="field-error" id={`${name}-error`}>
      {error}
    </p>
  ) : null;
}

function describedBy(name: string, hint: ReactNode, error: string | undefined) {
  const ids = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

/** What was typed into a field, its error, and the attributes that refer to hint and error. */
export function useField({
  name,
  id = name,
  hint,
  state,
}: Pick<Common, 'name' | 'id' | 'hint' | 'state'>) {
  const sent = useFormState();
  const form = state === undefined ? sent : state;
  const error = form?.errors[name];
  const aria = {
    'aria-invalid': error ? true : undefined,
    'aria-describedby': describedBy(id, hint, error),
  };
  return { form, typed: form?.values[name], error, aria };
}

interface InputProps extends Common {
  type?: 'text' | 'email' | 'password' | 'search' | 'number' | 'date';
  value?: string;
  autoComplete?: string;
  inputMode?: HTMLAttributes<HTMLInputElement>['inputMode'];
  maxLength?: number;
  dir?: 'auto' | 'ltr';
  /** The language of what is typed, if not that of the page. */
  lang?: string;
  /** Between the error and the field. */
  children?: ReactNode;
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
  children,
  ...rest
}: InputProps) {
  const { typed, error, aria } = useField({ name, id, hint, state });
  return (
    <Labelled name={id} label={label} hint={hint} error={error}>
      {children}
      <input
        id={id}
        name={name}
        type={type}
        defaultValue={typed?.[0] ?? value}
        {...aria}
        {...rest}
      />
    </Labelled>
  );
}

/** A field for a file, in a form of the type `multipart/form-data`. */
export function FileInput({ name, label, hint, accept }: Common & { accept: string }) {
  const { error, aria } = useField({ name, hint });
  return (
    <Labelled name={name} label={label} hint={hint} error={error}>
      <input id={name} name={name} type="file" accept={accept} {...aria} required />
    </Labelled>
  );
}

interface TextAreaProps extends Common {
  value?: string;
  rows?: number;
  maxLength?: number;
  /** See `InputProps`. */
  lang?: string;
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
  const { typed, error, aria } = useField({ name, id, hint, state });
  return (
    <Labelled name={id} label={label} hint={hint} error={error}>
      <textarea
        id={id}
        name={name}
        rows={rows}
        dir="auto"
        // The HTML parser would drop a leading line break.
        defaultValue={typed?.[0] ?? value}
        {...aria}
        {...rest}
      />
    </Labelled>
  );
}

export interface Option {
  value: string;
  label: string;
}

/** Returns the values of a list as options. */
export function optionsOf<Value extends string>(
  values: readonly Value[],
  label: (value: Value) => string,
): Option[] {
  return values.map((value) => ({ value, label: label(value) }));
}

export function Options({ of }: { of: readonly Option[] }) {
  return of.map(({ value, label }) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));
}

interface SelectProps extends Common {
  options: Option[];
  /** The label of the empty choice; without it there is no empty choice. */
  empty?: string;
  value?: string;
}

export function Select({
  name,
  id = name,
  label,
  hint,
  state,
  options,
  empty,
  value,
  ...rest
}: SelectProps) {
  const { typed, error, aria } = useField({ name, id, hint, state });
  return (
    <Labelled name={id} label={label} hint={hint} error={error}>
      <select id={id} name={name} defaultValue={typed?.[0] ?? value ?? ''} {...aria} {...rest}>
        {empty !== undefined && <option value="">{empty}</option>}
        <Options of={options} />
      </select>
    </Labelled>
  );
}

interface ChoicesProps extends Omit<Common, 'label' | 'required'> {
  legend: ReactNode;
  type: 'checkbox' | 'radio';
  options: { value: string; label: ReactNode }[];
  /** The values selected in a new form. */
  chosen?: readonly string[];
  /** Below the options. */
  children?: ReactNode;
}

/** A group of checkboxes or radio buttons. */
export function Choices({
  name,
  legend,
  hint,
  type,
  options,
  state,
  chosen = [],
  children,
}: ChoicesProps) {
  const { form, typed, error } = useField({ name, hint, state });
  const ticked = typed ?? (form && Object.keys(form.values).length ? [] : chosen);
  return (
    <fieldset id={name} className="field choices" aria-describedby={describedBy(name, hint, error)}>
      <legend>{legend}</legend>
      <Hint name={name} hint={hint} />
      <FieldError name={name} error={error} />
      {options.map((option) => (
        <Choice
          key={option.value}
          type={type}
          name={name}
          {...option}
          chosen={ticked.includes(option.value)}
        />
      ))}
      {children}
    </fieldset>
  );
}

interface ChoiceProps {
  type: 'checkbox' | 'radio';
  name: string;
  value: string;
  label: ReactNode;
  chosen?: boolean;
}

/** One of several choices, on a line of its own also in text browsers. */
export function Choice({ type, name, value, label, chosen }: ChoiceProps) {
  return (
    <div>
      <label className="choice">
        <input type={type} name={name} value={value} defaultChecked={chosen} /> <span>{label}</span>
      </label>
    </div>
  );
}

interface SubmitProps extends ComponentProps<'button'> {
  label: ReactNode;
  look?: 'primary' | 'danger' | 'link';
}

/** The button that sends a form. */
export function Submit({ label, look = 'primary', ...rest }: SubmitProps) {
  return (
    <button className={look} type="submit" {...rest}>
      {label}
    </button>
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

/** Above a form: that the last one was processed. */
export function Status({ children }: { children: ReactNode }) {
  return (
    <p className="notice" role="status">
      {children}
    </p>
  );
}

/** Above a form that came back: its errors, with links to the fields. */
export function ErrorSummary({ state: given }: { state?: FormState }) {
  const sent = useFormState();
  const state = given ?? sent;
  const { t } = useI18n();
  const entries = Object.entries(state?.errors ?? {});
  if (entries.length === 0) return null;
  return (
    <div className="error-summary" role="alert" aria-labelledby="error-summary-title">
      <h2 id="error-summary-title">{t('site.error.summary')}</h2>
      <ul>
        {entries.map(([field, message]) => (
          <li key={field}>
            {field === 'form' && !state?.links?.form ? (
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
