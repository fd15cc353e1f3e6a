import type { Answer } from './client';

/** Returns the fields of a form as a browser would send them. */
export function fieldsOf({ $ }: Pick<Answer, '$'>, form: string): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  for (const one of $(form).find('input, textarea, select').toArray()) {
    const control = $(one);
    const name = control.attr('name');
    const isUnticked = control.is('[type=checkbox]') && control.attr('checked') === undefined;
    if (!name || isUnticked) continue;
    const chosen = control.find('option[selected]').attr('value') ?? '';
    const value = control.is('select') ? chosen : String(control.val() ?? '');
    fields[name] = [...(fields[name] ?? []), value];
  }
  return fields;
}
