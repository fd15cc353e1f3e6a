import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { findConversation, peopleIn } from '~/domain/forum/conversations/conversations';
import { articleIn } from '~/domain/forum/conversations/translations';
import { postingIn } from '~/domain/forum/conversations/window';
import { newestPosts } from '~/domain/forum/posts/posts';
import { questionsOf } from '~/domain/forum/threads/threads';
import { readerOf } from '~/domain/forum/visibility';
import { pathTo } from '~/platform/paths';
import { notFound } from '~/server/guards';
import { keyPointRowsOfConversation } from '~/ui/barriers/key-point-view';
import { KeyPoints } from '~/ui/barriers/key-points';
import { ClosedNotice } from '~/ui/forum/closed-notice';
import { Newest } from '~/ui/forum/newest';
import { PillarMark } from '~/ui/forum/pillar-mark';
import { Questions } from '~/ui/forum/questions';
import {
  inSameLanguage,
  LanguageLinks,
  languageLinks,
  wantedLanguage,
} from '~/ui/forum/translations';
import { excerptView, threadRowView, titlesIn } from '~/ui/forum/view';
import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { Meta, Row } from '~/ui/row';

const LATEST = 6;

/** Characters of the introduction that are shown; the rest is in the article. */
const LONGEST_INTRODUCTION = 1500;

/** A conversation: what the article says, its questions, and what people answered. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { i18n } = visit;
  const db = app.db.reader;
  const reader = readerOf(visit.visitor);
  const found = await findConversation(db, params.slug ?? '', reader);
  if (!found) throw notFound();
  const url = new URL(request.url);
  const wanted = wantedLanguage(url, i18n.locale);
  const titles = titlesIn(i18n, wanted);
  const titled = titles.titled('conversation', found);
  const { title } = titled;
  const { introduction, summary } = await articleIn(db, found, wanted);
  const summaryPoints = linesOf(summary.text);
  const { id, slug, link, author, date, state, closesAt, glossary } = found;
  const path = pathTo('/c/:slug', { slug });
  const feed = pathTo('/c/:slug/feed.xml', { slug });
  const questions = await questionsOf(db, id, reader);
  const { people, countries } = await peopleIn(db, id);
  const latest = await newestPosts(db, { conversationId: id, answersOnly: true, limit: LATEST });
  return {
    head: {
      title,
      description: summaryPoints[0] ?? i18n.t('conversations.description', { title }),
      canonical: path,
      feeds: [{ title: i18n.t('conversation.feed.thread', { title }), path: feed }],
      embeddable: state !== 'draft',
      noindex: state === 'draft',
    },
    ...{ slug, title, link, author, date, state, closesAt, glossary },
    language: titled.language,
    glossaryLanguage: found.language,
    languages: languageLinks(i18n, 'conversation', found, titled, path),
    ...{ people, countries, feed },
    posting: postingIn(found, app.clock.now()),
    hasWindow: found.opensAt !== null || closesAt !== null,
    introduction: { ...introduction, paragraphs: firstParagraphs(introduction.text) },
    summary: { ...summary, points: summaryPoints },
    pillars: [...new Set(found.pillars.flatMap((pillar) => pillar.slug ?? []))],
    questions: questions.map((row) => {
      const view = threadRowView(row, titles);
      return { ...view, path: inSameLanguage(url, view.path) };
    }),
    keyPoints: await keyPointRowsOfConversation(app, id, i18n),
    latest: latest.map((post) => excerptView(post, i18n)),
  };
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** Returns the paragraphs of a text up to a length, at least one. */
function firstParagraphs(text: string): string[] {
  let length = 0;
  return text
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim() !== '')
    .filter((paragraph, at) => {
      length += paragraph.length;
      return at === 0 || length <= LONGEST_INTRODUCTION;
    });
}

export default function ConversationPage() {
  const data = useLoaderData<typeof loader>();
  const { t } = useI18n();
  const { title, language, posting, questions, latest } = data;
  const { introduction, summary } = data;
  const narrowed = new URLSearchParams({ conversation: data.slug });
  return (
    <div className="page">
      <header className="page-head">
        <p className="quiet">{t('conversations.kicker')}</p>
        <h1 lang={language} dir="auto">
          {title}
        </h1>
        <Facts />
        {data.state === 'draft' && <p className="notice warning">{t('conversations.draft')}</p>}
        <ClosedNotice posting={posting} />
        {posting.takesPosts && data.closesAt !== null && (
          <p>{t('conversations.closes', { at: new Date(data.closesAt - 1) })}</p>
        )}
      </header>
      <div className="page-main">
        {introduction.paragraphs.length > 0 && (
          <div lang={introduction.language} dir="auto">
            {introduction.paragraphs.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </div>
        )}
        {summary.points.length > 0 && (
          <ul lang={summary.language} dir="auto">
            {summary.points.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
        )}
        <LanguageLinks links={data.languages} />
        <section aria-labelledby="questions">
          <h2 id="questions">{t('conversations.questions', { n: questions.length })}</h2>
          <Questions questions={questions} />
        </section>
        <KeyPoints points={data.keyPoints} />
        {latest.length > 0 && (
          <section aria-labelledby="latest">
            <h2 id="latest">{t('conversation.home.latest')}</h2>
            <Newest excerpts={latest} />
            <LinkLine href={pathTo(`/threads?${narrowed}`)} label={t('conversations.threads')} />
            <LinkLine href={pathTo(`/barriers?${narrowed}`)} label={t('conversations.barriers')} />
          </section>
        )}
      </div>
      <Margin />
    </div>
  );
}

/** Author and date of the article, a link to it, and how many people answered. */
function Facts() {
  const { link, author, date, people, countries } = useLoaderData<typeof loader>();
  const { t, day } = useI18n();
  return (
    <Meta>
      {author && <bdi>{author}</bdi>}
      {date !== null && <time dateTime={date}>{day(Date.parse(date))}</time>}
      {link && <a href={link}>{t('conversations.article')}</a>}
      {people > 0 && <span>{t('conversation.peopleIn', { people, countries })}</span>}
    </Meta>
  );
}

function Margin() {
  const { pillars, glossary, glossaryLanguage, feed, hasWindow, slug } =
    useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <aside className="page-aside" aria-label={t('conversations.about')}>
      {pillars.length > 0 && (
        <Row className="pillars">
          {pillars.map((pillar) => (
            <PillarMark key={pillar} pillar={pillar} />
          ))}
        </Row>
      )}
      {glossary.length > 0 && (
        <section aria-labelledby="terms">
          <h2 id="terms">{t('conversations.terms')}</h2>
          <dl lang={glossaryLanguage} dir="auto">
            {glossary.map(({ term, definition }) => (
              <div key={term}>
                <dt>{term}</dt>
                <dd>{definition}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <LinkLine href={feed} label={t('conversation.thread.feed')} />
      {hasWindow && (
        <LinkLine
          href={pathTo('/c/:slug/calendar.ics', { slug })}
          label={t('conversations.calendar')}
        />
      )}
    </aside>
  );
}
