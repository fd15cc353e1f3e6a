import {
  type ActionFunctionArgs,
  type AppLoadContext,
  type LoaderFunctionArgs,
  redirect,
} from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import {
  answerKinds,
  answerMate,
  answerPlace,
  findAskedPost,
  type MateAnswer,
  type OfferedMate,
  offeredKinds,
  offeredMates,
  offeredPlaces,
} from '~/domain/barriers/key-points/asking';
import { keyPointText } from '~/domain/barriers/key-points/key-points';
import { postAnchor, postPath } from '~/domain/forum/paths';
import { placeField, postForm } from '~/domain/forum/posts/post-fields';
import { findPost, locatePost } from '~/domain/forum/posts/posts';
import { keyPointField } from '~/domain/forum/posts/submission-fields';
import { readerOf } from '~/domain/forum/visibility';
import type { MessageKey } from '~/platform/i18n/translator';
import { pathTo } from '~/platform/paths';
import { placeInSentence, placeName } from '~/platform/places/names';
import { submit } from '~/server/forms';
import { notFound, requirePerson } from '~/server/guards';
import { peopleText } from '~/ui/barriers/key-point-view';
import { DescribedKind, KindsField } from '~/ui/barriers/kinds-field';
import { Choice, Choices, ErrorSummary, Hint, Submit } from '~/ui/forms/fields';
import { Excerpt } from '~/ui/forum/newest';
import { PlaceField } from '~/ui/forum/place-field';
import { authorView, postView } from '~/ui/forum/view';
import { explainWaiting } from '~/ui/forum/waiting';
import { Gap, useI18n } from '~/ui/i18n';
import { Row } from '~/ui/row';

/**
 * Asks the author for the kinds first, or for those of `?named=` that were left out; with `?next=mates`, or once
 * they are known, for the same barrier. Others, to whom the URL may have been passed on, are taken to the post.
 */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const id = params.id ?? '';
  const failed = visit.method === 'POST';
  const asked = await findAskedPost(app.db.reader, visit.visitor, id);
  const reader = readerOf(visit.visitor);
  const found = asked && (await findPost(app.db.reader, id, reader));
  if (!asked || !found) throw failed ? notFound() : redirect(postPath(id), 303);
  const { post, kinds } = asked;
  const { searchParams } = new URL(request.url);
  const next = searchParams.get('next') === 'mates';
  const answered = kinds.length > 0 || post.notBarrier !== null;
  const places = next ? null : offeredPlaces(post);
  const offered = answered || next ? null : await offeredKinds(app, post);
  const missing = next || offered || post.notBarrier ? [] : searchParams.getAll('named');
  const leftOut = app.community.kinds.filter(
    (kind) => missing.includes(kind) && !kinds.includes(kind),
  );
  const asks = offered || places || leftOut.length > 0;
  const mates = asks ? [] : await offeredMates(app, visit.visitor, asked);
  if (!asks && mates.length === 0 && !failed) {
    throw redirect((await locatePost(app.db.reader, id, reader)) ?? postPath(id), 303);
  }
  const view = postView(found.post, visit.visitor, visit.i18n);
  await explainWaiting(context, [view]);
  const { t } = visit.i18n;
  return {
    head: { title: t(titleOf({ offered, places, leftOut })), noindex: true },
    post: {
      id,
      anchor: postAnchor(id),
      path: postPath(id),
      language: post.language,
      excerpt: found.post.excerpt,
      waits: view.state === 'held' ? (view.waits ?? t('conversation.post.held')) : null,
    },
    offered,
    kinds,
    leftOut,
    places: places?.map((code) => ({ code, name: placeName(code, visit.i18n.locale) })) ?? null,
    region: post.region && placeInSentence(post.region, visit.i18n.locale),
    mates: mates.map((mate) => mateView(mate, context)),
  };
}

interface Asked {
  offered: unknown;
  places: unknown;
  leftOut: readonly unknown[];
}

function titleOf({ offered, places, leftOut }: Asked): MessageKey {
  if (offered) return 'asking.kinds.title';
  if (leftOut.length > 0) return 'asking.leftOut.title';
  return places ? 'asking.place.title' : 'asking.mates.title';
}

const POST_PREFIX = 'post/';

function mateView(mate: OfferedMate, { visit }: AppLoadContext) {
  const { locale } = visit.i18n;
  if ('keyPoint' in mate) {
    const { title, sentence, language } = keyPointText(mate.keyPoint, visit.i18n);
    return {
      value: mate.keyPoint.id,
      language,
      title,
      text: sentence,
      by: peopleText(mate.keyPoint, visit.i18n),
      place: null,
    };
  }
  const { post } = mate;
  const { label } = authorView(post.author, locale);
  const value = POST_PREFIX + post.id;
  const place = post.country ?? post.region;
  return {
    value,
    language: post.language,
    title: null,
    text: post.excerpt,
    by: label,
    place: place && placeName(place, locale),
  };
}

/** The post's other fields are not asked here, so only its place and kinds are read. */
const answerForm = postForm('reply', { keyPoint: keyPointField, happened: placeField });

export async function action(args: ActionFunctionArgs) {
  const { app, visit } = args.context;
  const id = args.params.id ?? '';
  requirePerson(args.context, args.request, pathTo('/p/:id/about', { id }));
  if (!(await findAskedPost(app.db.reader, visit.visitor, id))) throw notFound();
  return submit(
    args,
    answerForm,
    async ({ keyPoint, happened, details }, { values }) => {
      const place = details.region
        ? { country: details.country ?? null, region: details.region }
        : happened;
      if (place.region) await answerPlace(app, visit.visitor, id, place);
      const { barriers = [], notBarrier = null } = details;
      if (barriers.length > 0 || notBarrier) {
        await answerKinds(app, visit.visitor, id, { barriers, notBarrier });
      }
      if (values.keyPoint || notBarrier) {
        await answerMate(app, visit.visitor, id, mateAnswer(keyPoint ?? ''));
        const post = await locatePost(app.db.reader, id, readerOf(visit.visitor));
        return redirect(post ?? postPath(id), 303);
      }
      return redirect(`${pathTo('/p/:id/about', { id })}?next=mates`, 303);
    },
    ['barrier', 'pillar'],
  );
}

/** Reads the choice: a key point, a post, or `similar` or `none`. */
function mateAnswer(choice: string): MateAnswer {
  if (choice.startsWith(POST_PREFIX)) return { postId: choice.slice(POST_PREFIX.length) };
  return ['', 'similar', 'none'].includes(choice) ? null : { keyPointId: choice };
}

export default function PostAbout() {
  const { head, post, offered, kinds, leftOut, places, region, mates } =
    useLoaderData<typeof loader>();
  const { t } = useI18n();
  const skipsTo =
    offered || places || leftOut.length > 0 ? `${post.path}/about?next=mates` : post.path;
  return (
    <div className="single">
      <ErrorSummary />
      <h1>{head.title}</h1>
      <article className="post" id={post.anchor}>
        {post.waits && <p className="notice warning">{post.waits}</p>}
        <Excerpt of={post} />
      </article>
      <p>{t('asking.saved')}</p>
      <form method="post" action={`${post.path}/about`}>
        {places && <Places places={places} />}
        {offered && <KindsField {...offered} legend={t('asking.kinds.legend')} />}
        {leftOut.length > 0 && <LeftOut kinds={kinds} leftOut={leftOut} />}
        {mates.length > 0 && <Mates mates={mates} region={region} />}
        <Row className="actions">
          <Submit label={t('asking.save')} />
          <a href={skipsTo}>{t('asking.skip')}</a>
        </Row>
      </form>
    </div>
  );
}

/** Where it happened: the places that the text names, the author's, or one that is typed. */
function Places({ places }: { places: { code: string; name: string }[] }) {
  const { t } = useI18n();
  return (
    <>
      <fieldset id="happened" className="field choices" aria-describedby="happened-hint">
        <legend>{t('asking.place.legend')}</legend>
        <Hint name="happened" hint={t('asking.place.hint')} />
        {places.map(({ code, name }) => (
          <Choice key={code} type="radio" name="happened" value={code} label={name} />
        ))}
      </fieldset>
      <PlaceField value={null} />
    </>
  );
}

/** Kinds that the author named and the text denies, to be named again beside those that it has. */
function LeftOut({ kinds, leftOut }: { kinds: string[]; leftOut: string[] }) {
  const { t } = useI18n();
  return (
    <>
      {kinds.map((slug) => (
        <input key={slug} type="hidden" name="barrier" value={slug} />
      ))}
      <Choices
        name="barrier"
        type="checkbox"
        legend={t('asking.leftOut.legend')}
        options={leftOut.map((slug) => ({ value: slug, label: <DescribedKind slug={slug} /> }))}
      />
    </>
  );
}

interface MatesProps {
  mates: ReturnType<typeof mateView>[];
  region: string | null;
}

/** Earlier reports of the region; one answer, none chosen in advance. */
function Mates({ mates, region }: MatesProps) {
  const { t } = useI18n();
  return (
    <fieldset id="keyPoint" className="field choices">
      <legend>{t('asking.mates.legend', { region: region ?? '' })}</legend>
      {mates.map(({ value, language, title, text, by, place }) => (
        <Choice
          key={value}
          type="radio"
          name="keyPoint"
          value={value}
          label={
            <>
              {t('asking.mates.same')}
              <Gap />
              {title && (
                <strong lang={language} dir="auto">
                  {title}
                </strong>
              )}{' '}
              <span lang={language} dir="auto">
                {text}
              </span>{' '}
              <span className="hint">
                <bdi>{by}</bdi>
                {place && ` · ${place}`}
              </span>
            </>
          }
        />
      ))}
      <Choice type="radio" name="keyPoint" value="similar" label={t('asking.mates.similar')} />
      <Choice type="radio" name="keyPoint" value="none" label={t('asking.mates.none')} />
    </fieldset>
  );
}
