import type { ReactNode } from 'react';
import { type BarrierKind, isBarrierKind, type Pillar } from '~/domain/community/vocabularies';
import { pathTo } from '~/platform/paths';
import { Byline } from '~/ui/forum/byline';
import type { ExcerptView } from '~/ui/forum/view';
import { useI18n } from '~/ui/i18n';
import type { GroupLink } from './group-link';

interface ProposalView {
  key: string;
  region: string;
  contributions: ExcerptView[];
  known: string[];
}

interface ProposalsProps {
  proposals: ProposalView[];
  region: string;
}

/** Contributions that may report the same barrier; one click groups them. */
export function Proposals({ proposals, region }: ProposalsProps) {
  const { t } = useI18n();
  return (
    <section aria-labelledby="proposed">
      <h2 id="proposed">{t('barriers.groups.proposed')}</h2>
      {proposals.length === 0 ? (
        <p className="empty">{t('barriers.groups.none')}</p>
      ) : (
        <p className="quiet">{t('barriers.groups.proposedHint')}</p>
      )}
      {proposals.map(({ key, contributions, known }) => (
        <form key={key} className="decide" method="post" action={pathTo('/mod/barriers')}>
          <input type="hidden" name="region" value={region} />
          {contributions.map((post) => (
            <Choice key={post.id} post={post} name="post" value={post.id}>
              {known.includes(post.id) && (
                <span className="quiet">{t('barriers.groups.inGroup')}</span>
              )}
            </Choice>
          ))}
          {contributions.map(({ id }) => (
            <input key={id} type="hidden" name="all" value={id} />
          ))}
          <p className="actions">
            <button className="primary" type="submit" name="act" value="confirm">
              {t('barriers.groups.confirm')}
            </button>
            <button type="submit" name="act" value="aside">
              {t('barriers.groups.aside')}
            </button>
          </p>
        </form>
      ))}
    </section>
  );
}

interface ChoiceProps {
  post: ExcerptView;
  name: string;
  value: string;
  children?: ReactNode;
}

function Choice({ post, name, value, children }: ChoiceProps) {
  return (
    <div className="choice">
      <input
        type="checkbox"
        name={name}
        value={value}
        defaultChecked
        aria-labelledby={`x-${post.id}`}
      />
      <div>
        <Byline {...post} />
        <p className="excerpt" id={`x-${post.id}`} lang={post.language} dir="auto">
          {post.excerpt}
        </p>
        {children}
      </div>
    </div>
  );
}

interface SuggestionsProps {
  suggestions: {
    post: ExcerptView;
    suggested: { barriers: BarrierKind[]; pillars: Pillar[] };
  }[];
  here: string;
}

/** Contributions without barrier kinds, with the kinds that their words suggest. */
export function Suggestions({ suggestions, here }: SuggestionsProps) {
  const { t } = useI18n();
  return (
    <section aria-labelledby="unsaid">
      <h2 id="unsaid">{t('barriers.accept.title')}</h2>
      {suggestions.length === 0 ? (
        <p className="empty">{t('barriers.accept.noneLeft')}</p>
      ) : (
        <p className="quiet">{t('barriers.accept.hint')}</p>
      )}
      {suggestions.map(({ post, suggested }) => (
        <form key={post.id} className="decide" method="post" action={`${post.path}/kinds`}>
          <input type="hidden" name="redirectTo" value={here} />
          <Byline {...post} />
          <p className="excerpt" lang={post.language} dir="auto">
            {post.excerpt}
          </p>
          <p className="actions">
            {suggested.barriers.map((kind) => (
              <label key={kind} className="choice">
                <input type="checkbox" name="barrier" value={kind} />
                {t(`vocabulary.barrier.${kind}.name`)}
              </label>
            ))}
            {suggested.pillars.map((pillar) => (
              <label key={pillar} className="choice">
                <input type="checkbox" name="pillar" value={pillar} />
                {t(`vocabulary.pillar.${pillar}.name`)}
              </label>
            ))}
          </p>
          <p className="actions">
            <button className="primary" type="submit" name="act" value="accept">
              {t('barriers.accept.button')}
            </button>
            <button type="submit" name="act" value="aside">
              {t('barriers.accept.aside')}
            </button>
          </p>
        </form>
      ))}
    </section>
  );
}

interface ConfirmedProps {
  groups: (GroupLink & {
    id: string;
    by: { handle: string; at: number } | null;
    contributions: ExcerptView[];
  })[];
  region: string;
}

/** Existing groups, with moderator and date; one click ungroups them. */
export function Confirmed({ groups, region }: ConfirmedProps) {
  const { t, day } = useI18n();
  if (groups.length === 0) return null;
  return (
    <section aria-labelledby="confirmed">
      <h2 id="confirmed">{t('barriers.groups.confirmed')}</h2>
      <ol className="rows">
        {groups.map(({ id, path, line, by, contributions }) => (
          <li key={id}>
            <p>
              <a href={path}>{line}</a>
            </p>
            {by && (
              <p className="meta">
                <span>{t('barriers.groups.by', { name: by.handle, day: day(by.at) })}</span>
              </p>
            )}
            <Excerpts contributions={contributions} />
            <form method="post" action={pathTo('/mod/barriers')}>
              <input type="hidden" name="region" value={region} />
              <input type="hidden" name="group" value={id} />
              <button type="submit" name="act" value="undo">
                {t('barriers.groups.undo')}
              </button>
            </form>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Excerpts({ contributions }: { contributions: ExcerptView[] }) {
  return (
    <ul>
      {contributions.map((post) => (
        <li key={post.id}>
          <a href={post.path} lang={post.language} dir="auto">
            {post.excerpt}
          </a>
        </li>
      ))}
    </ul>
  );
}

interface AcceptedProps {
  accepted: { postId: string; kinds: string[]; at: number; handle: string; post: ExcerptView }[];
  here: string;
}

/** Recently accepted suggestions, which can be undone. */
export function Accepted({ accepted, here }: AcceptedProps) {
  const { t, day, list } = useI18n();
  if (accepted.length === 0) return null;
  return (
    <section aria-labelledby="accepted">
      <h2 id="accepted">{t('barriers.accept.last')}</h2>
      <ol className="rows">
        {accepted.map(({ postId, kinds, at, handle, post }) => (
          <li key={postId}>
            <Excerpts contributions={[post]} />
            <form className="meta" method="post" action={`${post.path}/kinds`}>
              <input type="hidden" name="redirectTo" value={here} />
              <span>
                {list(
                  kinds.filter(isBarrierKind).map((kind) => t(`vocabulary.barrier.${kind}.name`)),
                )}
              </span>
              <span>{t('barriers.groups.by', { name: handle, day: day(at) })}</span>
              <button className="link" type="submit" name="act" value="take-back">
                {t('barriers.accept.takeBack')}
              </button>
            </form>
          </li>
        ))}
      </ol>
    </section>
  );
}

interface AsideProps {
  aside: { key: string; contributions: ExcerptView[]; createdAt: number }[];
  region: string;
}

/** Dismissed proposals, which can be restored. */
export function Aside({ aside, region }: AsideProps) {
  const { t } = useI18n();
  if (aside.length === 0) return null;
  return (
    <section aria-labelledby="aside">
      <h2 id="aside">{t('barriers.groups.setAside')}</h2>
      <ol className="rows">
        {aside.map(({ key, contributions }) => (
          <li key={key}>
            <Excerpts contributions={contributions} />
            <form method="post" action={pathTo('/mod/barriers')}>
              <input type="hidden" name="region" value={region} />
              <input type="hidden" name="aside" value={key} />
              <button className="link" type="submit" name="act" value="again">
                {t('barriers.groups.again')}
              </button>
            </form>
          </li>
        ))}
      </ol>
    </section>
  );
}
