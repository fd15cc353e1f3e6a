import type { LikeliestKinds } from '~/domain/barriers/ranking/likeliest-kinds';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { NO_BARRIER } from '~/domain/forum/posts/post-fields';
import { Choice, FieldError, Hint, optionsOf, Select, useField } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';

interface KindsFieldProps extends LikeliestKinds {
  legend: string;
  hint?: string;
}

/** The likeliest kinds; nothing is ticked in advance, and any other is one choice from a list. */
export function KindsField({ kinds, noBarrier, legend, hint }: KindsFieldProps) {
  const { t, name, describe, community } = useI18n();
  const { typed = [], error, aria } = useField({ name: 'barrier', hint });
  const others = community.kinds.filter((slug) => !kinds.includes(slug));
  const none = (
    <Choice
      type="checkbox"
      name="barrier"
      value={NO_BARRIER}
      label={t('keyPoints.notBarrier')}
      chosen={typed.includes(NO_BARRIER)}
    />
  );
  const kind = (slug: BarrierKind) => (
    <Choice
      key={slug}
      type="checkbox"
      name="barrier"
      value={slug}
      chosen={typed.includes(slug)}
      label={
        <>
          <strong>{name('barrier', slug)}</strong>
          {' – '}
          <span className="hint">{describe('barrier', slug)}</span>
        </>
      }
    />
  );
  return (
    <fieldset id="barrier" className="field choices" aria-describedby={aria['aria-describedby']}>
      <legend>{legend}</legend>
      <Hint name="barrier" hint={hint} />
      <FieldError name="barrier" error={error} />
      {noBarrier && none}
      {kinds.map(kind)}
      {!noBarrier && none}
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
    </fieldset>
  );
}
