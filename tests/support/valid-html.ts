import { HtmlValidate } from 'html-validate';

const validator = new HtmlValidate({
  extends: ['html-validate:standard', 'html-validate:a11y'],
  // A group may also be named by `aria-labelledby`; axe finds those without a name.
  rules: { 'wcag/h71': 'off' },
});

/** Returns what html-validate finds in a page, one line for each place. */
export function invalidHtml(html: string): string[] {
  const { results } = validator.validateStringSync(html);
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} (${selector})`),
  );
}
