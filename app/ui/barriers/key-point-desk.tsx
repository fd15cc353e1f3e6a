import { LONGEST_TITLE } from '~/domain/barriers/key-points/limits';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { pathTo } from '~/platform/paths';
import { Choice, Submit } from '~/ui/forms/fields';
import { Byline } from '~/ui/forum/byline';
import type { ExcerptView } from '~/ui/forum/view';
import { Gap, useI18n } from '~/ui/i18n';
import { Meta, Row } from '~/ui/row';
import type { ActView } from './key-point-acts';
import type { KeyPointLink } from './key-point-link';

/** A key point or a report that may be the same barrier. */
export interface MateView {
  /** The value of its choice: `point:ID` or `post:ID`. */
  choice: string;
  text: string;
  language: string;
  isPoint: boolean;
  people: number;
}

export interface UnsortedView {
  post: ExcerptView;
  /** Its author and those who face it too. */
  people: number;
  /** Kinds to offer first. */
  kinds: BarrierKind[];
  /** Kinds that were named for it. */
  named: BarrierKind[];
  noBarrier: boolean;
  /** What its author says is the same barrier. */
  proposed: MateView | null;
  mates: MateView[];
}

interface SortingProps {
  unsorted: UnsortedView[];
  region: string;
}

/** The reports of a region that are in no key point, with one choice for each. */
export function SortingForm({ unsorted, region }: SortingProps) {
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
          {/* Enter in a title saves the choices and presses none of the buttons beside a report. */}
          <button className="visually-hidden" type="submit" tabIndex={-1} aria-hidden="true" />
          {unsorted.map((one) => (
            <Report key={one.post.id} {...one} />
          ))}
          <Row className="actions save-bar">
            <Submit label={t('keyPoints.desk.save')} />
          </Row>
        </form>
      )}
    </section>
  );
}

function Report({ post, people, kinds, named, noBarrier, proposed, mates }: UnsortedView) {
  const { t, list, community, name } = useI18n();
  const { id } = post;
  const choice = `choice.${id}`;
  const others = community.kinds.filter((kind) => !kinds.includes(kind));
  return (
    <fieldset className="decide choices sorting" aria-labelledby={`x-${id}`}>
      <Byline {...post} />
      <p className="excerpt" id={`x-${id}`} lang={post.language} dir="auto">
        {post.excerpt}
      </p>
      <Meta>
        <span>{t('keyPoints.stance.people', { people })}</span>
        {named.length > 0 && <span>{list(named.map((kind) => name('barrier', kind)))}</span>}
        {noBarrier && <span>{t('keyPoints.desk.maybeNone')}</span>}
      </Meta>
      {proposed && <Proposal postId={id} proposed={proposed} />}
      {mates.map((mate) => (
        <Choice
          key={mate.choice}
          type="radio"
          name={choice}
          value={mate.choice}
          label={<Mate {...mate} />}
        />
      ))}
      <Choice type="radio" name={choice} value="new" label={t('keyPoints.desk.new')} />
      <div className="fields new-point">
        <div className="field">
          <label htmlFor={`kind.${id}`}>{t('keyPoints.desk.kind')}</label>{' '}
          <select id={`kind.${id}`} name={`kind.${id}`} defaultValue={kinds[0]}>
            {[...kinds, ...others].map((kind) => (
              <option key={kind} value={kind}>
                {name('barrier', kind)}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor={`title.${id}`}>{t('keyPoints.desk.newTitle')}</label>
          <Gap />
          <input id={`title.${id}`} name={`title.${id}`} maxLength={LONGEST_TITLE} dir="auto" />
        </div>
      </div>
      <Choice type="radio" name={choice} value="none" label={t('keyPoints.desk.none')} />
      <Choice type="radio" name={choice} value="" chosen label={t('keyPoints.desk.later')} />
    </fieldset>
  );
}

function Mate({ text, language, isPoint, people }: MateView) {
  const { t } = useI18n();
  return (
    <span>
      {t(isPoint ? 'keyPoints.desk.same' : 'keyPoints.desk.sameReport')}
      <Gap />
      <span className="excerpt" lang={language} dir="auto">
        {text}
      </span>{' '}
      <span className="hint">{t('keyPoints.stance.people', { people })}</span>
    </span>
  );
}

/** What the author says is the same barrier; one press confirms or dismisses it. */
function Proposal({ postId, proposed }: { postId: string; proposed: MateView }) {
  const { t } = useI18n();
  const { choice, text, language } = proposed;
  return (
    <div className="notice">
      <p>
        <strong>{t('keyPoints.desk.authorSays')}</strong>
        <Gap />
        <span className="excerpt" lang={language} dir="auto">
          {text}
        </span>
      </p>
      <Row className="actions">
        <button type="submit" name="press" value={`${postId} ${choice}`}>
          {t('keyPoints.desk.confirmSame')}
        </button>
        <Submit
          look="link"
          name="press"
          value={`${postId} not-same`}
          label={t('keyPoints.desk.notSame')}
        />
      </Row>
    </div>
  );
}

interface LastActsProps {
  acts: ActView[];
  /** True to show them unfolded. */
  open?: boolean;
  /** The page that undoes an act. */
  action: string;
  region: string;
}

/** The latest changes, each with a button that undoes it. */
export function LastActs({ acts, action, region, open = false }: LastActsProps) {
  const { t, day } = useI18n();
  if (acts.length === 0) return null;
  return (
    <details className="decide" id="acts" open={open}>
      <summary>{t('keyPoints.desk.acts')}</summary>
      <form method="post" action={action}>
        <input type="hidden" name="act" value="undo" />
        <input type="hidden" name="region" value={region} />
        <ol className="rows">
          {acts.map(({ id, act, by, at, undone, point, report }) => (
            <li key={id}>
              <Meta id={`act-${id}`}>
                <strong>{t(`keyPoints.act.${act}`)}</strong>
                <span>{t('keyPoints.desk.by', { name: by, day: day(at) })}</span>
                {undone && <span>{t('keyPoints.desk.undone')}</span>}
              </Meta>
              {report && (
                <p className="excerpt">
                  <a href={report.path} lang={report.language} dir="auto">
                    {report.excerpt}
                  </a>
                </p>
              )}
              {point && (
                <p>
                  {t('keyPoints.note')}
                  <Gap />
                  <a
                    href={pathTo('/mod/key-points/:id', { id: point.id })}
                    lang={point.language}
                    dir="auto"
                  >
                    {point.title}
                  </a>
                </p>
              )}
              {!undone && (
                <Submit
                  look="link"
                  name="undo"
                  value={id}
                  aria-describedby={`act-${id}`}
                  label={t('keyPoints.desk.undo')}
                />
              )}
            </li>
          ))}
        </ol>
      </form>
    </details>
  );
}

interface KeyPointListProps {
  /** Those that nothing names come first, then those whose title nobody has accepted. */
  points: (KeyPointLink & { unnamed: boolean })[];
  region: string;
}

/** The key points of a region, to be named, merged or split. */
export function KeyPointList({ points, region }: KeyPointListProps) {
  const { t } = useI18n();
  if (points.length === 0) return null;
  return (
    <section aria-labelledby="points">
      <h2 id="points">{t('keyPoints.title')}</h2>
      <ol className="rows">
        {points.map(({ id, title, language, people, proposed, unnamed }) => (
          <li key={id}>
            <h3 lang={language} dir="auto">
              <a href={pathTo('/mod/key-points/:id', { id })}>{title}</a>
            </h3>
            <Meta>
              <span>{people}</span>
              {proposed && <span>{t('keyPoints.proposed')}</span>}
              {unnamed && <span>{t('keyPoints.desk.unnamed')}</span>}
            </Meta>
            {proposed && (
              <Row as="form" className="actions" method="post" action={pathTo('/mod/key-points')}>
                <input type="hidden" name="act" value="accept" />
                <input type="hidden" name="region" value={region} />
                <input type="hidden" name="language" value={language} />
                <button
                  type="submit"
                  name="point"
                  value={id}
                  aria-label={t('keyPoints.desk.acceptTitle', { title })}
                >
                  {t('keyPoints.desk.accept')}
                </button>
                <a href={pathTo('/mod/key-points/:id', { id })}>{t('keyPoints.desk.writeTitle')}</a>
              </Row>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
