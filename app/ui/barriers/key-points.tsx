import type { ReactNode } from 'react';
import { Gap, useI18n } from '~/ui/i18n';
import { Meta } from '~/ui/row';
import type { KeyPointLink } from './key-point-link';

interface KeyPointsProps {
  points: KeyPointLink[];
  /** The heading; by default "Key points". */
  title?: ReactNode;
}

/** The key points of a place or of a kind of barrier. */
export function KeyPoints({ points, title }: KeyPointsProps) {
  const { t } = useI18n();
  if (points.length === 0) return null;
  return (
    <section aria-labelledby="key-points">
      <h2 id="key-points">{title ?? t('keyPoints.title')}</h2>
      <ol className="rows">
        {points.map((point) => (
          <li key={point.id}>
            <h3 lang={point.language} dir="auto">
              <a href={point.path}>{point.title}</a>
            </h3>
            <Meta>
              <span>{point.people}</span>
              {point.places && <span>{point.places}</span>}
              {point.proposed && <span>{t('keyPoints.proposed')}</span>}
            </Meta>
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
      {t('keyPoints.note')}
      <Gap />
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
  text: { proposed: boolean; proposedBy: string | null; model: string | null };
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
