import type { LikeliestKinds } from '~/domain/barriers/ranking/likeliest-kinds';
import { NO_BARRIER } from '~/domain/forum/posts/post-fields';
import { Choices, optionsOf, Select, useField } from '~/ui/forms/fields';
import { langOfTerm, useI18n } from '~/ui/i18n';

interface KindsFieldProps extends LikeliestKinds {
  legend: string;
  hint?: string;
}

/** The likeliest kinds; nothing is ticked in advance, and any other is one choice from a list. */
export function KindsField({ kinds, noBarrier, legend, hint }: KindsFieldProps) {
  const { t, name, describe, community } = useI18n();
  const { typed = [] } = useField({ name: 'barrier' });
  const others = community.kinds.filter((slug) => !kinds.includes(slug));
  const none = { value: NO_BARRIER, label: t('keyPoints.notBarrier') };
  const likely = kinds.map((slug) => ({ value: slug, label: <DescribedKind slug={slug} /> }));
  return (
    <Choices
      name="barrier"
      type="checkbox"
      legend={legend}
      hint={hint}
      options={noBarrier ? [none, ...likely] : [...likely, none]}
    >
      <Select
        name="barrier"
        id="barrier-else"
        label={t('asking.kinds.else')}
        empty={t('asking.kinds.choose')}
        options={optionsOf(
          others,
          (slug) => `${name('barrier', slug)} – ${describe('barrier', slug)}`,
        )}
        value={others.find((slug) => typed.includes(slug)) ?? ''}
        state={null}
      />
    </Choices>
  );
}

/** A kind with its one-line description, as a choice names it. */
export function DescribedKind({ slug }: { slug: string }) {
  const i18n = useI18n();
  const { name, describe } = i18n;
  return (
    <>
      <strong>{name('barrier', slug)}</strong>
      {' – '}
      <span className="hint" {...langOfTerm(i18n, 'barrier', slug)}>
        {describe('barrier', slug)}
      </span>
    </>
  );
}
