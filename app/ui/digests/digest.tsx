import { createContext, type ReactNode, useContext } from 'react';
import { LICENCE } from '~/domain/community/licence';
import { COVERAGE_SOURCE } from '~/domain/digests/coverage';
import type {
  PresentedBarrier,
  PresentedDigest,
  PresentedFinding,
  PresentedQuote,
  PresentedSection,
  PresentedSentence,
  PresentedSource,
  PresentedTranslation,
  PresentedWords,
} from '~/domain/digests/present';
import { type Signature, signedValues } from '~/domain/digests/signature';
import { pathTo } from '~/platform/paths';
import { NotSurvey } from '~/ui/barriers/not-survey';
import { placePath } from '~/ui/barriers/place-path';
import { Gap, linkTo, Text, TextLine, useI18n } from '~/ui/i18n';
import { LinkItem } from '~/ui/links';
import { Meta, Row } from '~/ui/row';
import { SubscribeForm } from '~/ui/subscriptions/subscribe-form';
import { Bar } from './bar';
import type { SourceView } from './view';

/** Number of sources shown beside a sentence with many; the list at the end has the others. */
const SOURCES_SHOWN = 3;

interface DigestProps {
  digest: PresentedDigest;
  scope: string;
  sources: SourceView[];
  /** True for a draft: there is nothing to cite, download or subscribe to. */
  draft?: boolean;
  /** Information about the version, shown after the sources. */
  children?: ReactNode;
}

/** What moderators can do at the parts of a draft; readers get none. */
export interface DeskTools {
  quote(ref: string): ReactNode;
  barrier(kind: string): ReactNode;
}

const Tools = createContext<DeskTools | null>(null);

/** Who wrote the listed sources, and where, by number: shown in the margin beside a sentence. */
const Writers = createContext<ReadonlyMap<number, string>>(new Map());

const NO_WRITERS: ReadonlyMap<number, string> = new Map();

export const DeskToolsProvider = Tools.Provider;

/** A whole digest, from the lead to the sources. */
export function Digest(props: DigestProps) {
  const { t } = useI18n();
  const writers = props.sources.map(
    ({ number, name, place }) =>
      [
        number,
        t('digests.page.writer', { name, placed: place ? 'yes' : 'no', place: place ?? '' }),
      ] as const,
  );
  return (
    <Writers.Provider value={new Map(writers)}>
      <Body {...props} />
    </Writers.Provider>
  );
}

function Body({ digest, scope, sources, draft = false, children }: DigestProps) {
  const { t } = useI18n();
  const { lead, findings, changes, places, missing } = digest;
  // What eases is a finding; the other sections are voices beside them.
  const eased = digest.sections.filter(({ id }) => id === 'eased');
  const beside = digest.sections.filter(({ id }) => id !== 'eased');
  return (
    <div className="page-main">
      {digest.unfinished && <p className="notice">{digest.unfinished}</p>}
      <p className="quiet">
        {digest.wrote}
        <Gap />
        <NotSurvey method="#method" />
      </p>
      <p className="lead">
        {lead.map((sentence, at) => (
          <Spaced key={sentence.text} first={at === 0}>
            <Sentence sentence={sentence} />
            {/* On a wide screen its letter, which stands at its sources in the margin, too. */}
            <sup className="claim" aria-hidden="true" />
          </Spaced>
        ))}
      </p>
      <div className="lead-quotes">
        {digest.leadQuotes.map((quote) => (
          <Quote key={quote.ref} quote={quote} />
        ))}
      </div>
      {!draft && <SubscribeForm id="next" topic={scope} />}
      {digest.withdrawn && <p className="notice warning">{digest.withdrawn}</p>}
      {findings.map((finding, at) => (
        <Finding key={finding.id} finding={finding} id={`finding-${at + 1}`} />
      ))}
      {changes.length > 0 && (
        <section aria-labelledby="changes">
          <h2 id="changes">{t('digests.page.changes')}</h2>
          <ul className="prose">
            {changes.map((sentence) => (
              <li key={sentence.text}>
                <Sentence sentence={sentence} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {eased.map((section) => (
        <Section key={section.id} section={section} />
      ))}
      <Voices digest={digest} />
      {beside.map((section) => (
        <Section key={section.id} section={section} />
      ))}
      <Figures digest={digest} />
      {places && <Places places={places} />}
      {digest.alsoFrom && <p className="quiet">{digest.alsoFrom}</p>}
      {missing.length > 0 && (
        <section aria-labelledby="missing">
          <h2 id="missing">{t('digests.page.missing')}</h2>
          <p className="prose">
            <Sentences sentences={missing} />
          </p>
          {digest.missingPlaces && (
            <details className="quiet">
              <summary>{t('digests.page.missingPlaces', { n: digest.missingPlaces.n })}</summary>
              <p>{digest.missingPlaces.list}</p>
            </details>
          )}
          <p className="quiet">
            {t('digests.page.missingSource', {
              source: COVERAGE_SOURCE.source,
              year: String(COVERAGE_SOURCE.year),
            })}
          </p>
        </section>
      )}
      <section aria-labelledby="method">
        <h2 id="method">{t('digests.method.title')}</h2>
        <div className="prose method">
          {digest.method.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </div>
      </section>
      {digest.citation && <Downloads edition={digest.edition} scope={scope} />}
      {digest.citation && (
        <section aria-labelledby="cite">
          <h2 id="cite">{t('digests.page.cite')}</h2>
          <p className="prose citation">{digest.citation}</p>
          <TextLine
            className="quiet"
            k="digests.page.licence"
            values={{ link: linkTo(LICENCE, 'license') }}
          />
          <div className="files">
            <Meta>
              <a href={`${digest.edition}.cff`}>CFF</a>
              <a href={`${digest.edition}.bib`}>BibTeX</a>
            </Meta>
          </div>
        </section>
      )}
      <Sources sources={sources} total={digest.sources.length} />
      {!draft && <SubscribeForm id="next-again" topic={scope} again />}
      {children}
    </div>
  );
}

/** The files with the same content, and the feed of the next ones. */
function Downloads({ edition, scope }: { edition: string; scope: string }) {
  const { t } = useI18n();
  return (
    <section className="files" aria-labelledby="as-data">
      <h2 id="as-data">{t('digests.page.data')}</h2>
      <ul>
        <LinkItem href={`${edition}.json`} label={t('digests.page.json')} />
        <LinkItem href={`${edition}.csv`} label={t('digests.page.csv')} />
        <LinkItem
          href={pathTo('/digests/:scope/feed.xml', { scope })}
          label={t('digests.page.feed')}
        />
      </ul>
    </section>
  );
}

/** A key point: what stands in the way, how many people say so, and one of them. */
function Finding({ finding, id }: { finding: PresentedFinding; id: string }) {
  const { t, number } = useI18n();
  const { rank } = finding;
  return (
    <section className="barrier finding" aria-labelledby={id}>
      <h2 id={id}>
        {rank !== null && (
          <>
            <span className="rank">{t('digests.page.rank', { rank: number(rank) })}</span>{' '}
          </>
        )}
        <a href={finding.path} lang={finding.lang} dir="auto">
          {finding.title}
        </a>
      </h2>
      <Meta>
        <a href={`#${finding.kind}`}>{finding.kindName}</a>
        {finding.sentences.map((sentence, at) => (
          <span
            key={sentence.text}
            className={sameSources(sentence, finding.sentences[at - 1]) ? 'again' : undefined}
          >
            <Sentence sentence={sentence} />
          </span>
        ))}
      </Meta>
      {finding.quotes.map((quote) => (
        <Quote key={quote.path} quote={quote} />
      ))}
    </section>
  );
}

function sameSources(a: PresentedSentence, b: PresentedSentence | undefined): boolean {
  const numbers = (of: PresentedSentence) => of.sources.map((source) => source.number).join();
  return b !== undefined && numbers(a) === numbers(b);
}

/**
 * Whether a barrier has a section of its own. Its number is in the table: without words there is
 * nothing to add.
 */
function hasSection({ toldInSentences }: PresentedDigest, { quotes, withdrawn }: PresentedBarrier) {
  return toldInSentences || quotes.length > 0 || withdrawn !== null;
}

/** What people say about each kind of barrier. */
function Voices({ digest }: { digest: PresentedDigest }) {
  const { t } = useI18n();
  const { toldInSentences } = digest;
  const told = digest.barriers.filter((one) => hasSection(digest, one));
  if (told.length === 0) return null;
  return (
    <section aria-labelledby="voices">
      <h2 id="voices">{t(toldInSentences ? 'barriers.kinds.title' : 'digests.page.voices')}</h2>
      {told.map((barrier) => (
        <Barrier key={barrier.kind} barrier={barrier} told={toldInSentences} />
      ))}
    </section>
  );
}

/** The figures of the kinds of barrier, and who named the kinds. */
function Figures({ digest }: { digest: PresentedDigest }) {
  const { t } = useI18n();
  const counted = digest.barriers.filter(({ people }) => people !== null);
  if (counted.length === 0) return null;
  return (
    <section aria-labelledby="kinds">
      <h2 id="kinds">{t('digests.kinds.title')}</h2>
      {/* The sources of a table do not stand in the margin. */}
      <Writers.Provider value={NO_WRITERS}>
        <Ranking digest={digest} counted={counted} />
      </Writers.Provider>
      {digest.named && <p className="quiet">{digest.named}</p>}
    </section>
  );
}

function Barrier({ barrier, told }: { barrier: PresentedBarrier; told: boolean }) {
  const tools = useContext(Tools);
  return (
    <section id={barrier.kind} className="barrier" aria-labelledby={`${barrier.kind}-title`}>
      <h3 id={`${barrier.kind}-title`}>{barrier.heading}</h3>
      {told && (
        <p className="prose">
          <Sentences sentences={barrier.sentences} />
        </p>
      )}
      {barrier.quotes.map((quote) => (
        <Quote key={quote.text} quote={quote} />
      ))}
      {barrier.withdrawn && <p className="notice warning">{barrier.withdrawn}</p>}
      {tools?.barrier(barrier.kind)}
    </section>
  );
}

/** A quote with who wrote it. */
export function Quote({ quote }: { quote: PresentedQuote }) {
  const { t } = useI18n();
  const { context, machine, paragraph, translation } = quote;
  const tools = useContext(Tools);
  return (
    <figure>
      <blockquote className="prose" lang={quote.lang} dir="auto">
        {quote.text}
      </blockquote>
      {translation?.text && <TranslatedWords {...translation} text={translation.text} />}
      {machine && (
        <p className="quiet machine">
          <MachineWords k="digests.machine.quote" words={machine} />
        </p>
      )}
      <figcaption>
        <p className="quiet signed">
          <a href={quote.path}>
            <Signed {...quote} />
          </a>
        </p>
        {translation && !translation.text && (
          <p className="quiet">
            <a href={translation.path} rel="nofollow">
              {t('translations.read')}
            </a>
          </p>
        )}
        {paragraph && (
          <details className="quiet">
            <summary>{t('digests.page.paragraph')}</summary>
            <p lang={quote.lang} dir="auto">
              {paragraph}
            </p>
          </details>
        )}
        {context.length > 0 && (
          <p className="quiet context">
            <Sentences sentences={context} />
          </p>
        )}
        {tools?.quote(quote.ref)}
      </figcaption>
    </figure>
  );
}

/** What a quote says in a person's translation, and who made it when. */
function TranslatedWords({
  text,
  language,
  by,
  date,
  path,
}: PresentedTranslation & { text: string }) {
  return (
    <div className="translated">
      <p className="prose" lang={language} dir="auto">
        {text}
      </p>
      <TextLine
        className="quiet"
        k="translations.by"
        values={{ name: <bdi>{by}</bdi>, date, link: linkTo(path, 'nofollow') }}
      />
    </div>
  );
}

/** Who wrote something: name, work, place and date. */
function Signed({ name, handle, work, place, date }: Signature & { date: string }) {
  return (
    <Text
      k="digests.page.signed"
      values={{
        name: <SignedName name={name} handle={handle} />,
        date,
        ...signedValues({ work, place }),
      }}
    />
  );
}

function SignedName({ name, handle }: Pick<Signature, 'name' | 'handle'>) {
  return (
    <>
      <bdi>{name}</bdi>
      {handle !== null && (
        <>
          {' '}
          <bdi className="handle">@{handle}</bdi>
        </>
      )}
    </>
  );
}

/** Text by a language model, labelled as such. */
function MachineWords({
  k,
  words: { text, model },
}: {
  k: 'digests.machine.sentence' | 'digests.machine.quote';
  words: PresentedWords;
}) {
  return (
    <>
      <Text k={k} values={{ model: <bdi>{model}</bdi> }} /> <i>{text}</i>
    </>
  );
}

/** Quotes outside the barriers, each under a heading. */
function Section({ section }: { section: PresentedSection }) {
  const { id, title, intro, sentences, voices } = section;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {intro && <p className="quiet">{intro}</p>}
      {sentences.length > 0 && (
        <p className="prose">
          <Sentences sentences={sentences} />
        </p>
      )}
      {voices.map(({ about, quote }) =>
        about === null ? (
          <Quote key={quote.path} quote={quote} />
        ) : (
          <div key={quote.path}>
            <h3>{about}</h3>
            <Quote quote={quote} />
          </div>
        ),
      )}
    </section>
  );
}

/** The figures of the barriers, with bars on one scale: the previous number is a line above each. */
function Ranking({ digest, counted }: { digest: PresentedDigest; counted: PresentedBarrier[] }) {
  const { t, number } = useI18n();
  const longest = Math.max(
    ...counted.flatMap(({ people, previousPeople }) => [people ?? 0, previousPeople ?? 0]),
  );
  const before = counted.some(({ previousPeople }) => (previousPeople ?? 0) > 0);
  const shares = counted.some(({ share }) => share !== null);
  return (
    <table className="place-table ranking">
      <caption className="quiet">{t('digests.page.ranking', { before: before ? 1 : 0 })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('digests.page.barrier')}</th>
          <Head label={t('digests.places.people')} />
          {shares && <Head label={t('digests.page.share')} className="num share" />}
          {before && <Head label={digest.previousPeriod} />}
        </tr>
      </thead>
      <tbody>
        {counted.map((barrier) => {
          const { kind, heading, people, previousPeople, share } = barrier;
          const section = hasSection(digest, barrier);
          return (
            <tr key={kind} id={section ? undefined : kind}>
              <th scope="row">
                {section ? <a href={`#${kind}`}>{heading}</a> : heading}
                {barrier.sentences.slice(0, 1).map((sentence) => (
                  <SourceLinks key={kind} of={sentence} />
                ))}
                <Bar share={(people ?? 0) / longest} before={(previousPeople ?? 0) / longest} />
              </th>
              <td className="num">{number(people ?? 0)}</td>
              {shares && (
                <td className="num share">
                  {share !== null && t('digests.page.percent', { share })}
                </td>
              )}
              {before && (
                <td className="num">{previousPeople !== null && number(previousPeople)}</td>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Head({ label, className = 'num' }: { label: string; className?: string }) {
  return (
    <th scope="col" className={className}>
      {label}
    </th>
  );
}

function Sentences({ sentences }: { sentences: PresentedSentence[] }) {
  return sentences.map((sentence, at) => (
    <Spaced key={sentence.text} first={at === 0}>
      <Sentence sentence={sentence} />
    </Spaced>
  ));
}

function Spaced({ first, children }: { first: boolean; children: ReactNode }) {
  return (
    <>
      {!first && <Gap />}
      {children}
    </>
  );
}

/** A sentence, with the numbers of its sources in small type. */
function Sentence({ sentence }: { sentence: PresentedSentence }) {
  const { machine } = sentence;
  if (!machine) return <Computed sentence={sentence} />;
  return (
    <>
      <Computed sentence={sentence} />
      <Gap />
      <small className="quiet machine">
        (<MachineWords k="digests.machine.sentence" words={machine} />)
      </small>
    </>
  );
}

function Computed({ sentence }: { sentence: PresentedSentence }) {
  return (
    <>
      {sentence.text}
      <SourceLinks of={sentence} />
    </>
  );
}

/** The numbers of the first sources of a sentence, and how many more there are. */
function SourceLinks({ of: { sources, unlisted } }: { of: PresentedSentence }) {
  const { t, number } = useI18n();
  if (sources.length === 0) return null;
  const rest = sources.length - SOURCES_SHOWN + unlisted;
  return (
    <Row as="sup" className="sources">
      {/* Keeps the first number apart from the last word in copied text, and on its line. */}{' '}
      {sources.slice(0, SOURCES_SHOWN).map((source) => (
        <Source key={source.postId} source={source} />
      ))}
      {rest > 0 && (
        <a href="#sources" aria-label={t('digests.page.allSources', { n: rest })}>
          {t('digests.page.moreSources', { n: number(rest) })}
        </a>
      )}
    </Row>
  );
}

function Source({ source }: { source: PresentedSource }) {
  const { t, number } = useI18n();
  const writers = useContext(Writers);
  return (
    <a
      href={source.path}
      aria-label={t('digests.page.source', { number: source.number })}
      data-by={writers.get(source.number)}
    >
      {number(source.number)}
    </a>
  );
}

function Places({ places: { rows, note } }: { places: NonNullable<PresentedDigest['places']> }) {
  const { t } = useI18n();
  const ofRegions = rows.some(({ code }) => code !== null && /^\d/.test(code));
  return (
    <section aria-labelledby="places">
      <h2 id="places">{t('digests.places.title')}</h2>
      <table className="place-table">
        <thead>
          <tr>
            <th scope="col">{t('digests.places.place')}</th>
            <Head label={t('digests.places.people')} />
            <Head label={t('digests.places.contributions')} />
            {ofRegions && <Head label={t('digests.places.countries')} />}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ code, name, people, contributions, countries, share }) => (
            <tr key={code ?? ''}>
              <th scope="row">
                {code ? <a href={placePath(code)}>{name}</a> : name}
                {share !== null && <Bar share={share} />}
              </th>
              <td className="num">{people}</td>
              <td className="num">{contributions}</td>
              {ofRegions && <td className="num">{countries}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {note && <p className="quiet">{note}</p>}
    </section>
  );
}

function Sources({ sources, total }: { sources: SourceView[]; total: number }) {
  const { t } = useI18n();
  const [{ origin } = {}] = sources;
  return (
    <section aria-labelledby="sources">
      <h2 id="sources">{t('digests.page.sources')}</h2>
      <p className="quiet">{t('digests.page.sourcesText')}</p>
      <ol className="quiet source-list" data-origin={origin}>
        {sources.map(({ number, path, origin: _origin, ...by }, at) => (
          <li key={path} value={number === at + 1 ? undefined : number}>
            <a href={path}>
              <Signed {...by} work={null} />
            </a>
          </li>
        ))}
      </ol>
      {total > sources.length && (
        <p className="quiet">{t('digests.page.sourcesMore', { n: total })}</p>
      )}
    </section>
  );
}
