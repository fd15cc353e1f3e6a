import type { BarrierKind } from '~/domain/community/vocabularies';
import { BARRIER_KINDS } from '~/domain/community/vocabularies';
import { pathTo } from '~/platform/paths';
import { Byline } from '~/ui/forum/byline';
import type { ExcerptView } from '~/ui/forum/view';
import { useI18n } from '~/ui/i18n';
import { Meta, Row } from '~/ui/row';
import type { KeyPointLink } from './key-point-link';

export interface UnsortedView {
  post: ExcerptView;
  /** Its author and those who face it too. */
  people: number;
  /** Kinds to offer first. */
  kinds: BarrierKind[];
  /** Kinds that were named for it. */
  named: BarrierKind[];
  noBarrier: boolean;
  mates: { choice: string; text: string; language: string; isPoint: boolean }[];
}

/** The reports of a region that are in no key point, with one choice for each. */
export function SortingForm({ unsorted, region }: { unsorted: UnsortedView[]; region: string }) {
  const { t } = useI18n();
  return (
    <section aria-labelledby="unsorted">
      <h2 id="unsorted">{t('keyPoints.desk.unsorted')}</h2>
      {unsorted.length === 0 ? (
        <p className="empty">{t('keyPoints.desk.done')}</p>
      ) : (
        <form method="post" action={pathTo('/mod/key-points')}>
          <input type="hidden" name="act" value="sort" />
          <input type="hidden" name="region" value={region} />
          {unsorted.map((one) => (
            <Report key={one.post.id} {...one} />
          ))}
          <Row className="actions">
            <button className="primary" type="submit">
              {t('keyPoints.desk.save')}
            </button>
          </Row>
        </form>
      )}
    </section>
  );
}

function Report({ post, people, kinds, named, noBarrier, mates }: UnsortedView) {
  const { t, list } = useI18n();
  const name = `choice.${post.id}`;
  const kindId = `kind.${post.id}`;
  const others = BARRIER_KINDS.filter((kind) => !kinds.includes(kind));
  return (
    <fieldset className="decide choices">
      <legend>
        <Byline {...post} />
      </legend>
      <p className="excerpt" lang={post.language} dir="auto">
        <a href={post.path}>{post.excerpt}</a>
      </p>
      <p className="quiet">
        {t('keyPoints.stance.people', { people })}
        {named.length > 0 &&
          ` · ${list(named.map((kind) => t(`vocabulary.barrier.${kind}.name`)))}`}
        {noBarrier && ` · ${t('keyPoints.desk.maybeNone')}`}
      </p>
      {mates.map(({ choice, text, language, isPoint }) => (
        <label key={choice} className="choice">
          <input type="radio" name={name} value={choice} />{' '}
          <span>
            {t(isPoint ? 'keyPoints.desk.same' : 'keyPoints.desk.sameReport')}{' '}
            <span lang={language} dir="auto">
              {text}
            </span>
          </span>
        </label>
      ))}
      <label className="choice">
        <input type="radio" name={name} value="new" /> <span>{t('keyPoints.desk.new')}</span>
      </label>
      <label className="choice">
        <input type="radio" name={name} value="none" /> <span>{t('keyPoints.desk.none')}</span>
      </label>
      <label className="choice">
        <input type="radio" name={name} value="" defaultChecked />{' '}
        <span>{t('keyPoints.desk.later')}</span>
      </label>{' '}
      <label htmlFor={kindId}>{t('keyPoints.desk.kind')}</label>
      <select id={kindId} name={kindId} defaultValue={kinds[0]}>
        {[...kinds, ...others].map((kind) => (
          <option key={kind} value={kind}>
            {t(`vocabulary.barrier.${kind}.name`)}
          </option>
        ))}
      </select>
    </fieldset>
  );
}

interface LastActsProps {
  acts: { id: string; act: string; by: string; at: number; keyPointId: string | null }[];
  /** The page that undoes an act. */
  action: string;
  region: string;
}

/** The latest changes, each with a button that undoes it. */
export function LastActs({ acts, action, region }: LastActsProps) {
  const { t, day } = useI18n();
  if (acts.length === 0) return null;
  return (
    <section aria-labelledby="acts">
      <h2 id="acts">{t('keyPoints.desk.acts')}</h2>
      <ul>
        {acts.map(({ id, act, by, at, keyPointId }) => {
          const line = t('keyPoints.desk.act', {
            act: t(`keyPoints.act.${act as 'make'}`),
            name: by,
            day: day(at),
          });
          return (
            <li key={id}>
              <Meta as="form" method="post" action={action}>
                <input type="hidden" name="act" value="undo" />
                <input type="hidden" name="region" value={region} />
                {keyPointId ? (
                  <a href={pathTo('/mod/key-points/:id', { id: keyPointId })}>{line}</a>
                ) : (
                  <span>{line}</span>
                )}
                <button className="link" type="submit" name="undo" value={id}>
                  {t('keyPoints.desk.undo')}
                </button>
              </Meta>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The key points of a region, to be renamed, merged or split. */
export function KeyPointList({ points }: { points: KeyPointLink[] }) {
  const { t } = useI18n();
  if (points.length === 0) return null;
  return (
    <section aria-labelledby="points">
      <h2 id="points">{t('keyPoints.title')}</h2>
      <ul>
        {points.map((point) => (
          <li key={point.id}>
            <a
              href={pathTo('/mod/key-points/:id', { id: point.id })}
              lang={point.language}
              dir="auto"
            >
              {point.title}
            </a>{' '}
            <span className="quiet">
              {point.people}
              {point.proposed && ` · ${t('keyPoints.proposed')}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
