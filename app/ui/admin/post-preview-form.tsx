import { z } from 'zod';
import type { PostPreview } from '~/domain/import-export/read-post';
import { pathTo } from '~/platform/paths';
import {
  type DifferingPost,
  PostDifferencesList,
  ToConversation,
} from '~/ui/admin/post-differences';
import { Choices, Input, Select, Submit, TextArea } from '~/ui/forms/fields';
import { useFormState } from '~/ui/forms/state';
import { useI18n } from '~/ui/i18n';

/** How many passages of a post are offered for marking its questions by hand. */
const MOST_PASSAGES = 60;
const LONGEST_PASSAGE = 400;

const MOST_PILLARS = 60;

/** What is chosen for a pillar that is to be added to the community. */
export const NEW_PILLAR = '+';

/** What sending the form does, by the conversation that the article already has. */
const SENDING = {
  new: { next: 'admin.conversations.next', send: 'admin.conversations.make' },
  draft: { next: 'admin.conversations.next.draft', send: 'admin.conversations.make.draft' },
  public: { next: 'admin.conversations.next.public', send: 'admin.conversations.make.public' },
} as const;

/** The conversation that an article already has; `differences` is null where it says nothing else. */
export type KnownPost = Omit<DifferingPost, 'differences'> & {
  differences: DifferingPost['differences'] | null;
};

/**
 * What was found in a post, each part to be checked and changed; nothing is stored yet. It says what
 * sending it does: make a draft, or change or complete the conversation that there is.
 */
export function PostPreviewForm({
  preview,
  known,
}: {
  preview: PostPreview | null;
  known: KnownPost | null;
}) {
  const { t, community } = useI18n();
  const becomes = useFormState()?.values.becomes?.[0];
  const state = preview ? known?.conversation.state : becomes;
  const { next, send } = SENDING[!state ? 'new' : state === 'draft' ? 'draft' : 'public'];
  const lines = (list: string[] = []) => list.join('\n');
  const field = (name: 'title' | 'link' | 'author' | 'date' | 'language' | 'introduction') => ({
    name,
    label: t(`admin.conversations.field.${name}`),
    value: preview?.[name] ?? '',
  });
  return (
    <form method="post" action={pathTo('/admin/conversations')}>
      <h2>{t('admin.conversations.check')}</h2>
      <p className="quiet">{t('admin.conversations.checkLead')}</p>
      {state && <p>{t(next)}</p>}
      {known?.differences ? (
        <PostDifferencesList {...known} differences={known.differences} />
      ) : (
        known && <ToConversation {...known} />
      )}
      <input type="hidden" name="action" value="make" />
      <input type="hidden" name="becomes" value={state ?? ''} />
      <Input {...field('title')} dir="auto" required />
      <Input {...field('link')} dir="ltr" />
      <Input {...field('author')} dir="auto" />
      <Input {...field('date')} type="date" />
      <Input
        {...field('language')}
        hint={t('admin.conversations.field.languageHint')}
        dir="ltr"
        required
      />
      <TextArea
        name="questions"
        label={t('admin.conversations.field.questions')}
        hint={t('admin.conversations.field.questionsHint')}
        value={lines(preview?.questions.map(({ text }) => text))}
      />
      <Passages preview={preview} />
      <TextArea {...field('introduction')} />
      <TextArea
        name="summary"
        label={t('admin.conversations.field.summary')}
        hint={t('admin.conversations.field.lines')}
        value={lines(preview?.summaryPoints)}
      />
      <Pillars preview={preview} />
      <TextArea
        name="topics"
        label={t('admin.conversations.field.topics')}
        hint={t('admin.conversations.field.topicsHint')}
        rows={3}
      />
      <TextArea
        name="glossary"
        label={t('admin.conversations.field.glossary')}
        hint={t('admin.conversations.field.glossaryHint')}
        value={lines(preview?.glossary.map((one) => `${one.term}: ${one.definition}`))}
      />
      <Choices
        name="terms"
        type="checkbox"
        legend={t('admin.conversations.terms')}
        hint={t('admin.conversations.termsHint')}
        options={[{ value: 'add', label: t('admin.conversations.termsAdd') }]}
        state={preview && null}
        chosen={community.glossary.length === 0 ? ['add'] : []}
      />
      {!state && <p className="quiet">{t(next)}</p>}
      <Submit label={t(send)} />
    </form>
  );
}

/** Where no questions were found: what was looked for, and the text, to mark them in it. */
function Passages({ preview }: { preview: PostPreview | null }) {
  const { t, list } = useI18n();
  const marked = useFormState()?.values.passage ?? [];
  const found = preview?.questions.length === 0 ? preview.passages.map(({ text }) => text) : marked;
  const short = [...new Set(found)].filter((text) => text.length <= LONGEST_PASSAGE);
  if (short.length === 0) return null;
  const headings = preview?.looked.questions.headings ?? [];
  return (
    <Choices
      name="passage"
      type="checkbox"
      legend={t('admin.conversations.mark')}
      hint={headings.length > 0 && t('admin.conversations.looked', { headings: list(headings) })}
      options={short.slice(0, MOST_PASSAGES).map((text) => ({
        value: text,
        label: <bdi>{text}</bdi>,
      }))}
      chosen={marked}
    />
  );
}

/** For each pillar that the post names: which of the community's it is, or none. */
function Pillars({ preview }: { preview: PostPreview | null }) {
  const { t, name, community } = useI18n();
  const typed = useFormState()?.values;
  const found =
    preview?.pillars.map(({ name: called, description }) => ({ name: called, description })) ??
    readFound(typed?.found?.[0]);
  // On a site without topics, those of the article are proposed as new ones.
  const otherwise = community.pillars.length === 0 ? NEW_PILLAR : '-';
  const chosen = preview?.pillars.map(({ slug }) => slug ?? otherwise) ?? typed?.pillar ?? [];
  if (found.length === 0) return null;
  const options = [
    { value: '-', label: t('admin.conversations.leaveOut') },
    { value: NEW_PILLAR, label: t('admin.conversations.newPillar') },
    ...community.pillars.map((slug) => ({ value: slug, label: name('pillar', slug) })),
  ];
  return (
    <>
      <h3>{t('admin.conversations.pillars')}</h3>
      <input type="hidden" name="found" value={JSON.stringify(found)} />
      {found.map((pillar, at) => (
        <Select
          key={pillar.name}
          name="pillar"
          id={`pillar-${at}`}
          state={null}
          label={<bdi>{pillar.name}</bdi>}
          options={options}
          value={chosen[at] ?? '-'}
        />
      ))}
    </>
  );
}

const foundPillars = z
  .array(z.object({ name: z.string(), description: z.string() }))
  .max(MOST_PILLARS);

/** Reads the pillars that this form carries as JSON; changed by hand, it may be anything. */
export function readFound(text = '[]'): z.output<typeof foundPillars> {
  try {
    return foundPillars.parse(JSON.parse(text));
  } catch {
    return [];
  }
}
