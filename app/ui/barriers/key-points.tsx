import { useI18n } from '~/ui/i18n';
import type { KeyPointLink } from './key-point-link';

/** The key points of a place. */
export function KeyPoints({ points }: { points: KeyPointLink[] }) {
  const { t } = useI18n();
  if (points.length === 0) return null;
  return (
    <section aria-labelledby="key-points">
      <h2 id="key-points">{t('keyPoints.title')}</h2>
      <ol className="rows">
        {points.map((point) => (
          <li key={point.id}>
            <p>
              <a href={point.path} lang={point.language} dir="auto">
                {point.title}
              </a>
            </p>
            <p className="quiet">
              {[point.people, point.places].filter(Boolean).join(' · ')}
              {point.proposed && ` · ${t('keyPoints.proposed')}`}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The key point that a report belongs to, beside the report. */
export function KeyPointNote({ point }: { point: KeyPointLink }) {
  const { t } = useI18n();
  return (
    <p className="quiet">
      {t('keyPoints.note')}{' '}
      <a href={point.path} lang={point.language} dir="auto">
        {point.title}
      </a>
    </p>
  );
}

/** Says that nobody has accepted a title yet, and where it comes from. */
export function ProposedMark({
  text,
}: {
  text: { proposed: boolean; proposedBy: string; model: string | null };
}) {
  const { t } = useI18n();
  if (!text.proposed) return null;
  return (
    <p className="quiet">
      {text.proposedBy === 'model'
        ? t('keyPoints.proposedByModel', { model: text.model ?? '' })
        : t('keyPoints.proposedFromReport')}
    </p>
  );
}
