import { LOCALE_TAGS, LOCALES, type Locale } from '~/platform/i18n/locales';
import { Choices, Input, optionsOf, Select } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';

/** The name of a site. */
export function SiteNameField({ value }: { value: string }) {
  const { t } = useI18n();
  return (
    <Input
      name="siteName"
      label={t('admin.settings.siteName')}
      hint={t('admin.settings.hint.siteName')}
      value={value}
      dir="auto"
      required
    />
  );
}

interface LanguageFieldsProps {
  languages: readonly Locale[];
  defaultLanguage: Locale;
}

/** The languages that a site offers, and its own. */
export function LanguageFields({ languages, defaultLanguage }: LanguageFieldsProps) {
  const { t } = useI18n();
  const options = optionsOf(LOCALE_TAGS, (tag) => LOCALES[tag].name);
  return (
    <>
      <Choices
        name="languages"
        type="checkbox"
        legend={t('admin.settings.offered')}
        hint={t('admin.settings.hint.languages')}
        options={options}
        chosen={languages}
      />
      <Select
        name="defaultLanguage"
        label={t('admin.settings.defaultLanguage')}
        hint={t('admin.settings.hint.defaultLanguage')}
        options={options}
        value={defaultLanguage}
      />
    </>
  );
}
