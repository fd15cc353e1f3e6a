/** @jsxImportSource hono/jsx */
import type {
  PresentedBarrier,
  PresentedDigest,
  PresentedFinding,
  PresentedQuote,
} from '~/domain/digests/present';
import { signatureText } from '~/domain/digests/signature';
import { MOST_NAMED } from '~/domain/digests/statements';
import type { Locale } from '~/platform/i18n/locales';
import type { Translator } from '~/platform/i18n/translator';
import { writeMail } from '~/platform/mail/layout';
import { Action, LinkLine, P, Quote } from '~/platform/mail/parts';
import { segmenterFor } from '~/platform/text/segmenter';

/** A digest in an email. */
export interface MailedDigest extends PresentedDigest {
  /** The editor's signed note. */
  note: { text: string; by: string } | null;
}

/** The content of a digest email. */
export interface DigestMail {
  siteName: string;
  /** The site's public URL without a trailing slash. */
  origin: string;
  /** At least one. */
  digests: MailedDigest[];
  /** Digests that were replaced by newer ones of the same topic while the email waited. */
  earlier: Pick<PresentedDigest, 'title' | 'path'>[];
  /** Places of the subscription without a digest, because too few people wrote. */
  tooFew: string[];
  /** The URLs for managing the subscription and for unsubscribing. */
  manage: string;
  leave: string;
}

/** Maximum size in bytes, because email programs cut off longer ones. */
export const LARGEST_HTML = 40 * 1024;

/** Barriers described, quotes of each, and digests: the first combination that fits is used. */
const LENGTHS = [
  { barriers: 5, quotes: 2, digests: Infinity },
  { barriers: 5, quotes: 1, digests: Infinity },
  { barriers: 3, quotes: 1, digests: Infinity },
  { barriers: 3, quotes: 0, digests: Infinity },
  { barriers: 0, quotes: 0, digests: Infinity },
  { barriers: 0, quotes: 0, digests: 10 },
] as const;

type Length = (typeof LENGTHS)[number];

/** Writes one email for all due digests: text first, no images, nothing from elsewhere. */
export function writeDigestMail(i18n: Translator, mail: DigestMail): ReturnType<typeof writeMail> {
  for (const length of LENGTHS) {
    const written = writeMail(i18n, mail, {
      subject: subjectOf(i18n, mail),
      why: i18n.t('mail.digest.why', { site: mail.siteName }),
      choices: [
        { label: i18n.t('mail.digest.manage'), url: mail.manage },
        { label: i18n.t('mail.digest.leave'), url: mail.leave },
      ],
      children: <Digests i18n={i18n} mail={mail} length={length} />,
    });
    const fits = Buffer.byteLength(written.html) <= LARGEST_HTML || length === LENGTHS.at(-1);
    if (fits) return written;
  }
  throw new Error('the shortest length always fits');
}

/** In UTF-16 units: mail programs cut longer subjects off. */
const LONGEST_SUBJECT = 110;
/** However long the place and the period are, a finding keeps about this many. */
const SHORTEST_FINDING = 30;

/**
 * "Western Africa, October 2026: Speech tools do not understand Wolof, and 3 more", or "…, and 2 more
 * digests". Where that is too long, the finding without the number; where that is too long as well, the
 * finding is shortened, and the number says that there is more.
 */
function subjectOf({ t, locale }: Translator, { digests: [first, ...others] }: DigestMail): string {
  if (!first) throw new Error('an email without a digest');
  const [finding, ...more] = foundIn(first);
  const { title } = first;
  const write = (named = finding) => {
    const values = { title, finding: named ?? '', more: others.length > 0 ? 0 : more.length };
    const one = named ? t('mail.digest.subjectOfOne', values) : title;
    return others.length > 0 ? t('mail.digest.subject', { first: one, more: others.length }) : one;
  };
  const over = write().length - LONGEST_SUBJECT;
  if (!finding || over <= 0) return write();
  const alone = t('mail.digest.subjectOfOne', { title, finding, more: 0 });
  if (alone.length <= LONGEST_SUBJECT) return alone;
  return write(shortened(finding, Math.max(SHORTEST_FINDING, finding.length - over), locale));
}

/** The first whole words of a text, in at most so many UTF-16 units where one word has fewer. */
function shortened(text: string, most: number, locale: Locale): string {
  if (text.length <= most) return text;
  const words = [...segmenterFor(locale, 'word').segment(text)].filter((one) => one.isWordLike);
  const ends = words.map(({ index, segment }) => index + segment.length);
  return `${text.slice(0, ends.findLast((end) => end < most) ?? ends[0])}…`;
}

/** What a digest reports, most people first: its key points, or else the kinds of barrier. */
function foundIn({ findings, barriers }: PresentedDigest): string[] {
  return findings.length > 0
    ? findings.map(({ title }) => title)
    : barriers.map(({ heading }) => heading);
}

interface DigestsProps {
  i18n: Translator;
  mail: DigestMail;
  length: Length;
}

function Digests({ i18n, mail, length }: DigestsProps) {
  const { t } = i18n;
  const byTitleAlone = [...mail.digests.slice(length.digests), ...mail.earlier];
  return (
    <>
      {mail.digests.slice(0, length.digests).map((digest) => (
        <Digest key={digest.path} i18n={i18n} mail={mail} digest={digest} length={length} />
      ))}
      {byTitleAlone.map(({ title, path }) => (
        <LinkLine key={path} href={mail.origin + path}>
          {title}
        </LinkLine>
      ))}
      {/* Below the minimum number of people there is no digest; contributions carry over. */}
      {mail.tooFew.length > 0 && (
        <P>{t('mail.digest.tooFew', { places: i18n.list(mail.tooFew) })}</P>
      )}
      <P small>{t('digests.method.caution')}</P>
    </>
  );
}

function Digest({ i18n, mail, digest, length }: DigestsProps & { digest: MailedDigest }) {
  const { t } = i18n;
  const { note, withdrawn } = digest;
  // A kind without a quote has nothing but its number to tell.
  const described = digest.barriers
    .filter(({ quotes }) => digest.toldInSentences || quotes.length > 0)
    .slice(0, length.barriers);
  // Where key points were told, all kinds: who reported the key points is among them.
  const hasPoints = digest.findings.length > 0;
  const rest = digest.barriers.filter((barrier) => hasPoints || !described.includes(barrier));
  // The lead names the first key points, also where none is described.
  const named = Math.min(digest.lead.length, MOST_NAMED);
  const more = digest.findings.length - Math.max(length.barriers, named);
  const kinds = i18n.list(rest.map(({ heading, count }) => `${heading} (${count})`));
  return (
    <>
      <h1>{digest.title}</h1>
      <P>{joined(i18n, digest.lead)}</P>
      {digest.wrote && <P small>{digest.wrote}</P>}
      {note && (
        <Quote words={note.text}>
          <P small>{t('mail.digest.note', { editor: note.by })}</P>
        </Quote>
      )}
      {digest.leadQuotes.slice(0, length.quotes).map((quote) => (
        <Voice key={quote.path} i18n={i18n} mail={mail} quote={quote} />
      ))}
      {withdrawn && <P>{withdrawn}</P>}
      {digest.findings.slice(0, length.barriers).map((finding) => (
        <Finding key={finding.id} i18n={i18n} mail={mail} finding={finding} length={length} />
      ))}
      {more > 0 && (
        <LinkLine href={mail.origin + digest.path}>{t('mail.digest.more', { n: more })}</LinkLine>
      )}
      {length.barriers > 0 && digest.changes.length > 0 && (
        <>
          <h2>{t('digests.page.changes')}</h2>
          <P>{joined(i18n, digest.changes)}</P>
        </>
      )}
      {digest.sections
        .filter(({ id }) => id === 'eased' && length.quotes > 0)
        .map(({ id, title, voices }) => (
          <>
            <h2 key={id}>{title}</h2>
            {voices.map(({ about, quote }) => (
              <>
                {about && <P>{about}</P>}
                <Voice key={quote.path} i18n={i18n} mail={mail} quote={quote} />
              </>
            ))}
          </>
        ))}
      {described.map((barrier) => (
        <Barrier
          key={barrier.kind}
          i18n={i18n}
          mail={mail}
          barrier={barrier}
          told={digest.toldInSentences}
          length={length}
        />
      ))}
      {rest.length > 0 && (
        <P>{t(hasPoints ? 'mail.digest.kinds' : 'mail.digest.also', { kinds })}</P>
      )}
      {digest.named && <P small>{digest.named}</P>}
      <Action href={mail.origin + digest.path}>{t('mail.digest.read')}</Action>
    </>
  );
}

type PartProps = Pick<DigestsProps, 'i18n' | 'mail' | 'length'>;

/** A key point with one quote. */
function Finding({ i18n, mail, finding, length }: PartProps & { finding: PresentedFinding }) {
  return (
    <>
      <h2>
        {finding.rank !== null && `${i18n.number(finding.rank)}. `}
        <bdi lang={finding.lang}>{finding.title}</bdi>
      </h2>
      <P>{finding.sentences.map(({ text }) => text).join(' · ')}</P>
      {finding.quotes.slice(0, length.quotes).map((quote) => (
        <Voice key={quote.path} i18n={i18n} mail={mail} quote={quote} />
      ))}
    </>
  );
}

function Barrier({
  i18n,
  mail,
  barrier,
  told,
  length,
}: PartProps & { barrier: PresentedBarrier; told: boolean }) {
  return (
    <>
      <h2>{barrier.heading}</h2>
      {told ? <P>{joined(i18n, barrier.sentences)}</P> : <P>{barrier.count}</P>}
      {barrier.quotes.slice(0, length.quotes).map((quote) => (
        <Voice key={quote.path} i18n={i18n} mail={mail} quote={quote} />
      ))}
    </>
  );
}

function Voice({ i18n, mail, quote }: Omit<PartProps, 'length'> & { quote: PresentedQuote }) {
  return (
    <>
      <Quote words={quote.text} language={quote.lang}>
        <LinkLine href={mail.origin + quote.path} small>
          {signatureText(i18n, quote)}
        </LinkLine>
        {quote.translation?.text && (
          <>
            <P small>
              <bdi lang={quote.translation.language}>{quote.translation.text}</bdi>
            </P>
            <LinkLine href={mail.origin + quote.translation.path} small>
              {i18n.t('translations.byOn', {
                name: quote.translation.by,
                date: quote.translation.date,
              })}
            </LinkLine>
          </>
        )}
        {quote.machine && (
          <P small>
            {i18n.t('digests.machine.quote', { model: quote.machine.model })}
            {i18n.gap}
            {quote.machine.text}
          </P>
        )}
      </Quote>
      {quote.context.length > 0 && <P small>{joined(i18n, quote.context)}</P>}
    </>
  );
}

function joined({ gap }: Translator, sentences: readonly { text: string }[]): string {
  return sentences.map(({ text }) => text).join(gap);
}
