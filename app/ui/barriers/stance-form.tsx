import { pathTo } from '~/platform/paths';
import { Submit } from '~/ui/forms/fields';
import { useFormState } from '~/ui/forms/state';
import { VisitorEmail } from '~/ui/forum/composer';
import { PlaceField } from '~/ui/forum/place-field';
import { useI18n } from '~/ui/i18n';

export type StanceName = 'me-too' | 'not-here' | 'no-longer';

export interface StanceCount {
  stance: StanceName;
  people: number;
  /** "Nigeria: at least 5", only countries with enough people. */
  places: string[];
}

interface StanceFormProps {
  id: string;
  counts: StanceCount[];
  /** When countries were counted, UTC milliseconds; needed where `counts` name some. */
  countedAt?: number | null;
  /** The visitor's own stance. */
  own: StanceName | null;
  /** True if the visitor may take a stance, now or after giving an email address. */
  asks: boolean;
  /** The country to begin with, where it is asked for; null for members whose country is known. */
  country: string | null;
  /** True for a visitor without an account. */
  isVisitor: boolean;
}

/** "Does this affect you?": a button for each stance, with the number of people who took it. */
export function StanceForm({
  id,
  counts,
  countedAt = null,
  own,
  asks,
  country,
  isVisitor,
}: StanceFormProps) {
  const { t, utc } = useI18n();
  const chosen = useFormState()?.values.stance?.[0];
  const placed = counts.some(({ places }) => places.length > 0);
  return (
    <section aria-labelledby="stances">
      <h2 id="stances">{t('keyPoints.stance.title')}</h2>
      <form method="post" action={pathTo('/key-points/:id/stance', { id })}>
        {asks && country !== null && (
          <div className="fields">
            <PlaceField value={country} />
            {isVisitor && <VisitorEmail />}
          </div>
        )}
        <ul className="stances">
          {counts.map(({ stance, people, places: shown }) => (
            <li key={stance}>
              {asks && own !== stance ? (
                <button type="submit" name="stance" value={stance}>
                  {t(`keyPoints.stance.${stance}`)}
                </button>
              ) : (
                <strong>{t(`keyPoints.stance.${stance}`)}</strong>
              )}{' '}
              {people > 0 && (
                <span className="quiet">
                  {[t('keyPoints.stance.people', { people }), ...shown].join(' · ')}
                </span>
              )}{' '}
              {asks && own === stance && (
                <Submit look="link" name="stance" value="none" label={t('keyPoints.stance.none')} />
              )}
            </li>
          ))}
        </ul>
        {/* For a button that sends a place: the stance that was chosen before. */}
        {chosen && <input type="hidden" name="stance" value={chosen} />}
        {placed && countedAt !== null && (
          <p className="quiet">{t('keyPoints.stance.counted', { day: utc.day(countedAt) })}</p>
        )}
      </form>
    </section>
  );
}
