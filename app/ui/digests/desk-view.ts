import { changesSince } from '~/domain/digests/changes';
import type { DigestContent } from '~/domain/digests/content';
import type { QuotedSentence } from '~/domain/digests/content-parts';
import type { ReadableDigest } from '~/domain/digests/digests';
import type { Proposal } from '~/domain/digests/machine/proposals';
import { editionOf, presentDigest } from '~/domain/digests/present';
import { sayEdits, sayErrata } from '~/domain/digests/present-edition';
import { refOf } from '~/domain/digests/quote-slots';
import { sectionsOf } from '~/domain/digests/sections/sections';
import type { AppContext } from '~/platform/app-context';
import { LOCALES } from '~/platform/i18n/locales';
import type { Translator } from '~/platform/i18n/translator';
import { pathTo } from '~/platform/paths';
import { placeName } from '~/platform/places/names';

/** A quote as the desk shows it. */
export interface DeskQuote {
  ref: string;
  /** The id of its place in the page. */
  anchor: string;
  text: string;
  lang: string;
  /** Who said it, where and when. */
  by: string;
  path: string;
  /** It may not be shown any more. */
  withdrawn: boolean;
}

interface DeskSection {
  id: string;
  /** Of a barrier, which can be moved. */
  kind: string | null;
  title: string;
  count: string | null;
  sentences: string;
  quotes: DeskQuote[];
}

/** A digest in parts that can be changed. */
export interface DraftView {
  id: string;
  /** It is a draft, and may be changed. */
  open: boolean;
  /** The hash of what is shown: nobody changes what they have not seen. */
  seen: string;
  title: string;
  note: { text: string; by: string } | null;
  /** The handle that a note would be signed with. */
  editor: string;
  edits: string[];
  dropped: DeskQuote[];
  added: DeskQuote[];
  /** What became of sources since it was built. */
  gone: string[];
  /** Contributions that became public since it was built. */
  late: number;
  sections: DeskSection[];
  swap: { ref: string; offered: DeskQuote[] } | null;
  machine: MachineView | null;
}

/** What a language model proposes; null where none is set up and nothing was proposed. */
interface MachineView {
  /** Null where none is set up any more. */
  model: string | null;
  languages: { value: string; label: string }[];
  /** The moderator's own. */
  language: string;
  proposals: Proposal[];
  unfaithful: number;
}

/** What the desk shows of a digest. */
export function draftView(
  app: AppContext,
  digest: ReadableDigest,
  i18n: Translator,
  more: {
    editor: string;
    late: number;
    swap: { ref: string; offered: QuotedSentence[] } | null;
    machine: { proposals: Proposal[]; unfaithful: number } | null;
  },
): DraftView {
  const { content, drafted, visible } = digest;
  const said = presentDigest(content, visible, i18n, editionOf(app, digest));
  const show = (quote: QuotedSentence) => deskQuote(quote, visible, i18n);
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
  visible: ReadonlySet<string>,
  i18n: Translator,
): DeskQuote {
  const { author, country, region, createdAt, postId, start } = quote;
  const place = country ?? region;
  const date = i18n.day(createdAt);
  return {
    ref: refOf(quote),
    anchor: `q-${postId}-${start}`,
    text: quote.text.replace(/\s+/g, ' '),
    lang: quote.language,
    by: place
      ? i18n.t('digests.page.quoteFrom', { author, place: placeName(place, i18n.locale), date })
      : i18n.t('digests.page.quoteBy', { author, date }),
    path: pathTo('/p/:id', { id: postId }),
    withdrawn: !visible.has(postId),
  };
}
