import { asOneLine } from '~/domain/barriers/quoting/spans';
import { changesSince, pointsInWordsOf } from '~/domain/digests/changes';
import { type DigestContent, quotesOf } from '~/domain/digests/content';
import type { QuotedSentence } from '~/domain/digests/content-parts';
import type { ReadableDigest } from '~/domain/digests/digests';
import type { DigestAt, FlaggedQuote, Kept } from '~/domain/digests/disclosure';
import type { Proposal } from '~/domain/digests/machine/proposals';
import { digestTitle, editionOf, findingText, presentDigest } from '~/domain/digests/present';
import { sayEdits, sayErrata } from '~/domain/digests/present-edition';
import { type Flag, type PressAction, pressId } from '~/domain/digests/presses';
import { quoteAnchor, refOf } from '~/domain/digests/quote-slots';
import { type Shown, signatureOf, signatureText } from '~/domain/digests/signature';
import type { AppContext } from '~/platform/app-context';
import type { SiteTranslator } from '~/platform/community/site-translator';
import { LOCALES } from '~/platform/i18n/locales';
import { pathTo } from '~/platform/paths';

/** A quote as shown to moderators. */
export interface DeskQuote {
  ref: string;
  text: string;
  lang: string;
  /** Author, place and date. */
  by: string;
  path: string;
}

/** Another digest at which it was decided. */
interface Elsewhere {
  path: string;
  title: string;
}

/** A press that can be undone: what was done, and at which words. */
interface DeskPress {
  /** By `pressId`. */
  id: string;
  action: PressAction;
  text: string;
  lang: string;
  /** Set if it was decided at another digest and holds here too. */
  from: Elsewhere | null;
}

/** Who decided that a quote stays as it is, and at which other digest, if not at this one. */
interface KeptView {
  by: string | null;
  at: Elsewhere | null;
}

/** What can be done at a quote of the draft. */
export interface QuoteTool {
  anchor: string;
  /** True if there is a quote above it in its list. */
  raise: boolean;
  flags: Exclude<Flag, { kind: 'held' }>[];
  /** What another digest does not tell of its author, and this one does. */
  held: { how: 'coarsen-place' | 'coarsen-work'; at: Elsewhere }[];
  kept: KeptView | null;
  actions: PressAction[];
}

/** What moderators can do with a digest's draft. */
export interface DraftView {
  id: string;
  /** True if it is still a draft and may be changed. */
  open: boolean;
  /** The hash of what is shown, so that nobody changes a version they have not seen. */
  seen: string;
  title: string;
  note: { text: string; by: string } | null;
  /** The handle of the moderator, used to sign a note. */
  editor: string;
  edits: string[];
  dropped: DeskQuote[];
  added: DeskQuote[];
  /** Key points that are named in the words of a quote that was left out. */
  titles: { title: string; lang: string; path: string }[];
  /** Sources that were withdrawn since the draft was made. */
  gone: string[];
  /** Number of contributions that became public since the draft was made. */
  late: number;
  /** Number of its key points that were made or changed since. */
  keyPoints: number;
  /** By `refOf`; empty if it is published. */
  tools: Record<string, QuoteTool>;
  /** The kinds of barrier that can be moved up, with their headings. */
  raisable: Record<string, string>;
  presses: DeskPress[];
  /** The flagged quotes about which no moderator decided. */
  undecided: FlaggedWords[];
  /** Those about which one decided at another digest. */
  keptElsewhere: (FlaggedWords & { kept: KeptView })[];
  swap: { ref: string; offered: DeskQuote[] } | null;
  machine: MachineView | null;
}

interface FlaggedWords {
  anchor: string;
  text: string;
  lang: string;
}

/** A language model's proposals; null if no model is configured and there are no proposals. */
interface MachineView {
  /** Null if no model is configured any more. */
  model: string | null;
  languages: { value: string; label: string }[];
  /** The moderator's language. */
  language: string;
  proposals: Proposal[];
  unfaithful: number;
}

/** Returns what moderators see of a digest. */
export function draftView(
  app: AppContext,
  digest: ReadableDigest,
  i18n: SiteTranslator,
  more: {
    editor: string;
    late: number;
    keyPoints: number;
    swap: { ref: string; offered: QuotedSentence[] } | null;
    machine: { proposals: Proposal[]; unfaithful: number } | null;
    /** The authors of all quotes, also of those that are offered or were left out. */
    signers: Shown;
    /** What the disclosure check found. */
    flagged: FlaggedQuote[];
    /** Other digests at which something was decided that matters here. */
    elsewhere: ReadonlyMap<string, DigestAt>;
  },
): DraftView {
  const { content, drafted, visible } = digest;
  const said = presentDigest(content, visible, i18n, editionOf(app, digest));
  const at = (id: string | undefined) => {
    const found = more.elsewhere.get(id ?? '');
    return found ? elsewhereView(found, i18n) : null;
  };
  const show = (quote: QuotedSentence) => deskQuote(quote, more.signers, i18n);
  const changes = changesSince(drafted, content);
  return {
    id: digest.id,
    open: digest.state === 'draft',
    seen: digest.contentHash,
    title: said.title,
    note: digest.note,
    editor: more.editor,
    edits: sayEdits(digest, i18n),
    dropped: (changes?.dropped ?? []).map(show),
    added: (changes?.added ?? []).map(show),
    titles: pointsInWordsOf(content, changes?.dropped ?? []).map((point) => {
      const { title, language: lang } = findingText(point, visible, i18n);
      return { title, lang, path: pathTo('/mod/key-points/:id', { id: point.keyPoint }) };
    }),
    gone: sayErrata(digest.errata, i18n),
    late: more.late,
    keyPoints: more.keyPoints,
    tools: digest.state === 'draft' ? toolsOf(digest.content, more.flagged, at, i18n) : {},
    raisable: Object.fromEntries(
      said.barriers.slice(1).map(({ kind, heading }) => [kind, heading]),
    ),
    presses: digest.presses.map((press) => ({
      id: pressId(press),
      action: press.action,
      ...words(press.quote),
      from: at(press.from),
    })),
    undecided: more.flagged.filter(({ kept }) => !kept).map(flaggedWords),
    keptElsewhere: more.flagged.flatMap((one) =>
      one.kept?.at ? { ...flaggedWords(one), kept: keptView(one.kept, i18n) } : [],
    ),
    swap: more.swap && { ref: more.swap.ref, offered: more.swap.offered.map(show) },
    machine: more.machine && {
      ...more.machine,
      model: app.config.llm?.model ?? null,
      languages: Object.entries(LOCALES).map(([value, { name }]) => ({ value, label: name })),
      language: i18n.locale,
    },
  };
}

/** The words of a quote in a list of the desk. */
function words({ text, language }: QuotedSentence) {
  return { text: asOneLine(text), lang: language };
}

function flaggedWords({ ref, quote }: FlaggedQuote): FlaggedWords {
  return { anchor: quoteAnchor(ref), ...words(quote) };
}

function keptView({ by, at }: Kept, i18n: SiteTranslator): KeptView {
  return { by, at: at && elsewhereView(at, i18n) };
}

function elsewhereView({ id, scope, period }: DigestAt, i18n: SiteTranslator): Elsewhere {
  return {
    path: pathTo('/mod/digests/:id', { id }),
    title: digestTitle(i18n, scope, period.id),
  };
}

function toolsOf(
  content: DigestContent,
  flagged: FlaggedQuote[],
  elsewhere: (id: string) => Elsewhere | null,
  i18n: SiteTranslator,
): Record<string, QuoteTool> {
  const known = new Map(flagged.map((one) => [one.ref, one]));
  const raisable = new Set(
    [...content.findings, ...content.barriers].flatMap(({ quotes }) => quotes.slice(1).map(refOf)),
  );
  return Object.fromEntries(
    quotesOf(content).map((quote): [string, QuoteTool] => {
      const ref = refOf(quote);
      const { flags = [], kept, actions = [] } = known.get(ref) ?? {};
      const held = flags.flatMap((flag) => {
        const at = flag.kind === 'held' ? elsewhere(flag.digest) : null;
        return flag.kind === 'held' && at ? { how: flag.how, at } : [];
      });
      const own = flags.filter((flag) => flag.kind !== 'held');
      const tool = { anchor: quoteAnchor(ref), raise: raisable.has(ref), flags: own, actions };
      return [ref, { ...tool, held, kept: kept ? keptView(kept, i18n) : null }];
    }),
  );
}

function deskQuote(quote: QuotedSentence, signers: Shown, i18n: SiteTranslator): DeskQuote {
  const { createdAt, postId } = quote;
  const signature = signatureOf(quote, signers.get(postId), i18n);
  return {
    ref: refOf(quote),
    text: asOneLine(quote.text),
    lang: quote.language,
    by: signatureText(i18n, { ...signature, date: i18n.day(createdAt) }),
    path: pathTo('/p/:id', { id: postId }),
  };
}
