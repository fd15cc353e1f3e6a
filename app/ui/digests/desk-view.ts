import { changesSince } from '~/domain/digests/changes';
import type { DigestContent } from '~/domain/digests/content';
import type { QuotedSentence } from '~/domain/digests/content-parts';
import type { ReadableDigest } from '~/domain/digests/digests';
import type { Proposal } from '~/domain/digests/machine/proposals';
import { editionOf, presentDigest } from '~/domain/digests/present';
import { sayEdits, sayErrata } from '~/domain/digests/present-edition';
import { refOf } from '~/domain/digests/quote-slots';
import { sectionsOf } from '~/domain/digests/sections/sections';
import { type Shown, signatureOf, signatureText } from '~/domain/digests/signature';
import type { AppContext } from '~/platform/app-context';
import { LOCALES } from '~/platform/i18n/locales';
import type { Translator } from '~/platform/i18n/translator';
import { pathTo } from '~/platform/paths';

/** A quote as shown to moderators. */
export interface DeskQuote {
  ref: string;
  /** The id of its place on the page. */
  anchor: string;
  text: string;
  lang: string;
  /** Author, place and date. */
  by: string;
  path: string;
  /** True if its source may no longer be shown. */
  withdrawn: boolean;
}

interface DeskSection {
  id: string;
  /** The kind of a barrier, whose section can be moved; null for other sections. */
  kind: string | null;
  title: string;
  count: string | null;
  sentences: string;
  quotes: DeskQuote[];
}

/** A digest draft in parts that can be changed. */
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
  /** Sources that were withdrawn since the draft was made. */
  gone: string[];
  /** Number of contributions that became public since the draft was made. */
  late: number;
  sections: DeskSection[];
  swap: { ref: string; offered: DeskQuote[] } | null;
  machine: MachineView | null;
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
  i18n: Translator,
  more: {
    editor: string;
    late: number;
    swap: { ref: string; offered: QuotedSentence[] } | null;
    machine: { proposals: Proposal[]; unfaithful: number } | null;
    /** The authors of all quotes, also of those that are offered or were left out. */
    signers: Shown;
  },
): DraftView {
  const { content, drafted, visible } = digest;
  const said = presentDigest(content, visible, i18n, editionOf(app, digest));
  const show = (quote: QuotedSentence) => deskQuote(quote, visible, more.signers, i18n);
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
    gone: sayErrata(digest.errata, i18n),
    late: more.late,
    sections: [
      ...content.barriers.map((barrier, at) => ({
        id: barrier.kind,
        kind: barrier.kind,
        title: said.barriers[at]?.heading ?? barrier.kind,
        count: said.barriers[at]?.count ?? null,
        sentences: (said.barriers[at]?.sentences ?? []).map(({ text }) => text).join(' '),
        quotes: barrier.quotes.map(show),
      })),
      ...besides(content, i18n, show),
    ],
    swap: more.swap && { ref: more.swap.ref, offered: more.swap.offered.map(show) },
    machine: more.machine && {
      ...more.machine,
      model: app.config.llm?.model ?? null,
      languages: Object.entries(LOCALES).map(([value, { name }]) => ({ value, label: name })),
      language: i18n.locale,
    },
  };
}

function besides(
  content: DigestContent,
  { t }: Translator,
  show: (quote: QuotedSentence) => DeskQuote,
): DeskSection[] {
  return sectionsOf(content)
    .filter(({ section }) => section.onDesk)
    .map(({ key, section, stored }) => ({
      id: key,
      kind: null,
      title: t(section.title),
      count: null,
      sentences: '',
      quotes: section.voices(stored).map(({ quote }) => show(quote)),
    }))
    .filter(({ quotes }) => quotes.length > 0);
}

function deskQuote(
  quote: QuotedSentence,
  visible: Shown,
  signers: Shown,
  i18n: Translator,
): DeskQuote {
  const { createdAt, postId, start } = quote;
  const signature = signatureOf(quote, signers.get(postId), i18n);
  return {
    ref: refOf(quote),
    anchor: `q-${postId}-${start}`,
    text: quote.text.replace(/\s+/g, ' '),
    lang: quote.language,
    by: signatureText(i18n, { ...signature, date: i18n.day(createdAt) }),
    path: pathTo('/p/:id', { id: postId }),
    withdrawn: !visible.has(postId),
  };
}
