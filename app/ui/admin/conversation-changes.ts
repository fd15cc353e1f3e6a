import type { ListedConversationChange } from '~/domain/administration/change-conversation';
import { daysOf } from '~/domain/administration/change-conversation';
import type { SiteTranslator } from '~/platform/community/site-translator';
import type { MessageKey } from '~/platform/i18n/translator';
import type { RecordedChangeView } from './recorded-changes';

type Values = ListedConversationChange['before'];

/** The parts of a conversation that a change names, in order. */
const PARTS = {
  title: 'admin.conversations.field.title',
  link: 'admin.conversations.field.link',
  author: 'admin.conversations.field.author',
  date: 'admin.conversations.field.date',
  language: 'admin.conversations.field.language',
  introduction: 'admin.conversations.field.introduction',
  summaryPoints: 'admin.conversations.field.summary',
  pillars: 'admin.conversations.pillars',
  glossary: 'admin.conversations.field.glossary',
  opensAt: 'admin.conversations.opens',
  closesAt: 'admin.conversations.closes',
} as const satisfies Record<string, MessageKey>;

/** The view of a change of a conversation: what was there before and after it, part by part. */
export function conversationChangeView(
  { before, after, questions, ...change }: ListedConversationChange,
  { t }: SiteTranslator,
): RecordedChangeView {
  const stateIn = (values: Values) => {
    if (values.deletedAt) {
      // A new one has not been deleted; only undoing brings one back.
      return change.isUndo || values === after ? t('admin.conversations.state.deleted') : '–';
    }
    return t(`admin.conversations.state.${(values.state ?? 'draft') as 'draft'}`);
  };
  const parts = (Object.keys(PARTS) as (keyof typeof PARTS)[]).filter((name) => name in after);
  return {
    ...change,
    values: [
      ...('state' in after || 'deletedAt' in after
        ? [
            {
              label: t('admin.conversations.state'),
              before: stateIn(before),
              after: stateIn(after),
            },
          ]
        : []),
      ...parts.map((name) => ({
        label: t(PARTS[name]),
        before: written(name, before[name]),
        after: written(name, after[name]),
      })),
      ...questions.map((question) => ({
        label: t('admin.conversations.field.questions'),
        before: question.before ?? '–',
        after: question.after ?? '–',
      })),
    ],
  };
}

function written(name: keyof typeof PARTS, value: unknown): string {
  if (name === 'opensAt') return daysOf({ opensAt: dayIn(value), closesAt: null }).opens || '–';
  if (name === 'closesAt') return daysOf({ opensAt: null, closesAt: dayIn(value) }).closes || '–';
  if (!Array.isArray(value)) return String(value || '–');
  const texts = value.map((one: string | { name?: string; term?: string }) =>
    typeof one === 'string' ? one : (one.name ?? one.term ?? ''),
  );
  return texts.join(' · ') || '–';
}

function dayIn(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
