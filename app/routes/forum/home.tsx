import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { newestFindings } from '~/domain/digests/newest-findings';
import { openConversations, withCounts } from '~/domain/forum/conversations/conversations';
import { threadPath } from '~/domain/forum/paths';
import { newestPosts } from '~/domain/forum/posts/posts';
import { questionsOf } from '~/domain/forum/threads/threads';
import { DEFAULT_LOCALE } from '~/platform/i18n/locales';
import type { MessageKey } from '~/platform/i18n/translator';
import { pathTo } from '~/platform/paths';
import { placeName } from '~/platform/places/names';
import { childRegions, WORLD } from '~/platform/places/places';
import { keyPointRows } from '~/ui/barriers/key-point-view';
import { KeyPoints } from '~/ui/barriers/key-points';
import { NotSurvey } from '~/ui/barriers/not-survey';
import { Quote } from '~/ui/digests/digest';
import { entryView } from '~/ui/digests/view';
import { ConversationRows } from '~/ui/forum/conversation-rows';
import { Newest } from '~/ui/forum/newest';
import { PillarMark } from '~/ui/forum/pillar-mark';
import { Questions } from '~/ui/forum/questions';
import { cardIn } from '~/ui/forum/translations';
import { excerptView, threadRowView } from '~/ui/forum/view';
import { Gap, langOfMessage, linkTo, Text, useI18n } from '~/ui/i18n';
import { LinkItem, LinkLine } from '~/ui/links';
import { Row } from '~/ui/row';

/** Number of findings: they have to fit on the first screen of a phone. */
const FINDINGS = 3;
const LATEST = 6;

/** Number of conversations after the newest that show several questions: with it, ten articles do. */
const IN_FULL = 9;
/** Number of questions that they show, and all others: thirty conversations stay a light page. */
const QUESTIONS = { inFull: 5, inShort: 1 };

export async function loader({ context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { i18n } = visit;
  const { newest, questions, earlier, latest } = await app.db.kept('home', async (db) => {
    const [newest = null, ...earlier] = await openConversations(db);
    return {
      newest,
      questions: newest ? await questionsOf(db, newest.id) : [],
      earlier: await withCounts(db, earlier),
      latest: await newestPosts(db, { answersOnly: true, limit: LATEST }),
    };
  });
  const digest = await newestFindings(app, i18n, FINDINGS);
  return {
    head: {
      title: i18n.t('site.home.title'),
      description: i18n.t('conversation.home.lead'),
      canonical: '/',
      feeds: [{ title: i18n.t('conversation.feed.all'), path: pathTo('/feed.xml') }],
      card: digest && cardIn(`${digest.path}/card.png`, i18n.locale, DEFAULT_LOCALE),
    },
    digest: digest && { path: digest.path, title: digest.title },
    keyPoints: digest
      ? digest.findings.map(({ said, ...finding }) => ({
          ...finding,
          people: said,
          places: '',
          proposed: false,
        }))
      : await keyPointRows(app, { limit: FINDINGS }, i18n),
    quote: digest?.quote ?? null,
    others: (digest?.others ?? []).map((one) => entryView(one, i18n)),
    // With one conversation the page needs no name for it.
    newest: newest && earlier.length > 0 ? i18n.titled('conversation', newest) : null,
    earlier: earlier.map(({ questions: asked, ...one }, at) => ({
      ...i18n.titled('conversation', one),
      questions: asked.length,
      asked: asked.slice(0, at < IN_FULL ? QUESTIONS.inFull : QUESTIONS.inShort).map((row) => {
        const { id, slug, title, language } = i18n.titled('thread', row);
        return { id, title, language, path: threadPath({ id, slug }) };
      }),
    })),
    questions: questions.map((row) => threadRowView(row, i18n)),
    latest: latest.map((post) => excerptView(post, i18n)),
    regions: childRegions(WORLD).map((code) => ({ code, name: placeName(code, i18n.locale) })),
  };
}

export default function Home() {
  const { keyPoints, quote, questions, latest, digest, regions, others, newest, earlier } =
    useLoaderData<typeof loader>();
  const i18n = useI18n();
  const { t } = i18n;
  return (
    <div className="page home">
      <header className="page-head">
        <h1 {...langOfMessage(i18n, 'site.home.title')}>{t('site.home.title')}</h1>
        <p className="lead">{t('conversation.home.lead')}</p>
        {/* Before the findings: the narrowest phone shows it first in every language. */}
        <Row className="actions">
          <a className="button primary" href={pathTo('/barriers/new')}>
            {t('conversation.home.report')}
          </a>
        </Row>
      </header>
      <div className="page-main">
        <KeyPoints
          points={keyPoints}
          title={
            digest ? (
              <Text
                k="conversation.home.digest"
                values={{ title: digest.title, link: linkTo(digest.path) }}
              />
            ) : (
              t('conversation.home.findings')
            )
          }
        />
        {latest.length > 0 && (
          <p className="quiet">
            <NotSurvey />
            <Gap />
            <a href={pathTo('/barriers')}>{t('conversation.home.all')}</a>
          </p>
        )}
        {quote && <Quote quote={quote} />}
        {questions.length > 0 && (
          <section id="questions" aria-labelledby="questions-title">
            {newest ? (
              <>
                <h2 id="questions-title" lang={newest.language} dir="auto">
                  <a href={pathTo('/c/:slug', { slug: newest.slug })}>{newest.title}</a>
                </h2>
                <p className="quiet">{t('conversations.questions', { n: questions.length })}</p>
              </>
            ) : (
              <h2 id="questions-title">{t('conversations.questions', { n: questions.length })}</h2>
            )}
            <Questions questions={questions} />
          </section>
        )}
        {earlier.length > 0 && (
          <section aria-labelledby="conversations">
            <h2 id="conversations">{t('conversations.others')}</h2>
            <ConversationRows conversations={earlier} />
          </section>
        )}
        {latest.length > 0 && (
          <section aria-labelledby="latest">
            <h2 id="latest">{t('conversation.home.latest')}</h2>
            <Newest excerpts={latest} />
            <LinkLine href={pathTo('/threads')} label={t('conversation.home.allThreads')} />
          </section>
        )}
      </div>
      {latest.length > 0 && <Ways regions={regions} digests={others} />}
    </div>
  );
}

/** How to take part, and the pillars and regions; left out while nobody has written. */
function Ways({
  regions,
  digests,
}: {
  regions: { code: string; name: string }[];
  digests: { id: string; path: string; title: string }[];
}) {
  const { t, community } = useI18n();
  return (
    <aside className="page-aside">
      <section aria-labelledby="part">
        <h2 id="part">{t('conversation.home.part')}</h2>
        <ul>
          <Part k="conversation.home.partAnswer" href="#questions" />
          <Part k="conversation.home.partBarrier" href={pathTo('/barriers/new')} />
          <Part k="conversation.home.partThread" href={pathTo('/threads/new')} />
          <Part k="conversation.home.partDigest" href={pathTo('/subscribe')} />
        </ul>
      </section>
      {digests.length > 0 && (
        <section aria-labelledby="digests">
          <h2 id="digests">{t('digests.list.title')}</h2>
          <ul>
            {digests.map(({ id, path, title }) => (
              <LinkItem key={id} href={path} label={title} />
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="by-pillar">
        <h2 id="by-pillar">{t('conversation.pillars')}</h2>
        <ul>
          {community.pillars.map((pillar) => (
            <li key={pillar}>
              <PillarMark pillar={pillar} />
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="by-region">
        <h2 id="by-region">{t('conversation.home.places')}</h2>
        <ul>
          {regions.map(({ code, name }) => (
            <LinkItem key={code} href={pathTo('/regions/:m49', { m49: code })} label={name} />
          ))}
        </ul>
      </section>
    </aside>
  );
}

function Part({ k, href }: { k: MessageKey; href: string }) {
  return (
    <li>
      {/* Without it the link is the only element of its item, and would be a block of its own. */}
      <span>
        <Text k={k} values={{ link: linkTo(href) }} />
      </span>
    </li>
  );
}
