import type { BarrierKind, Pillar } from '~/domain/community/vocabularies';
import { useI18n } from '~/ui/i18n';

/** The kinds and pillars that the words suggest, with one button to accept them. */
export function Suggested({
  barriers = [],
  pillars = [],
}: {
  barriers?: BarrierKind[];
  pillars?: Pillar[];
}) {
  const { t, list } = useI18n();
  if (barriers.length + pillars.length === 0) return null;
  const names = [
    ...barriers.map((kind) => t(`vocabulary.barrier.${kind}.name`)),
    ...pillars.map((pillar) => t(`vocabulary.pillar.${pillar}.name`)),
  ];
  return (
    <section className="suggested" aria-labelledby="suggested">
      <h3 id="suggested">{t('barriers.suggest.title')}</h3>
      <p>{t('barriers.suggest.text', { kinds: list(names) })}</p>
      <p>
        <button type="submit" name="preview" value="accept">
          {t('barriers.suggest.accept')}
        </button>
      </p>
    </section>
  );
}
