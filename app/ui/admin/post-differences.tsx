import type { Changes, PostDifferences } from '~/domain/import-export/blog-post/compare-posts';
import type { ConversationReport } from '~/domain/import-export/store-conversation';
import { pathTo } from '~/platform/paths';
import { MarkedText } from '~/ui/forum/revision';
import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';

/** A conversation, and what its article says otherwise by now. */
export interface DifferingPost {
  conversation: Pick<ConversationReport['conversation'], 'id' | 'title' | 'state'>;
  /** BCP 47. */
  language: string;
  differences: PostDifferences;
}

interface Difference {
  before?: string | null;
  after?: string | null;
}

/** What a changed article says otherwise than its conversation, part by part. */
export function PostDifferencesList({
  conversation,
  language,
  differences,
  lead,
}: DifferingPost & { lead?: string }) {
  const { t } = useI18n();
  const { title, introduction, questions, summaryPoints, pillars, glossary } = differences;
  const parts: [string, Difference[]][] = [
    [t('admin.conversations.field.title'), title ? [title] : []],
    [t('admin.conversations.field.questions'), written(questions, ({ text }) => text)],
    [t('admin.conversations.field.introduction'), introduction ? [introduction] : []],
    [t('admin.conversations.field.summary'), written(summaryPoints, (point) => point)],
    [
      t('admin.conversations.pillars'),
      written(pillars, ({ name, description }) => [name, description].filter(Boolean).join(': ')),
    ],
    [
      t('admin.conversations.field.glossary'),
      written(glossary, ({ term, definition }) => `${term}: ${definition}`),
    ],
  ];
  return (
    <section aria-labelledby="differs-title">
      <h2 id="differs-title">
        {t(
          conversation.state === 'draft'
            ? 'admin.conversations.differs.draft'
            : 'admin.conversations.differs',
        )}
      </h2>
      {lead && <p>{lead}</p>}
      {parts
        .filter(([, list]) => list.length > 0)
        .map(([label, list]) => (
          <div key={label}>
            <h3>{label}</h3>
            <ul>
              {list.map(({ before, after }) => (
                <li key={`${before}→${after}`} className="typed" lang={language} dir="auto">
                  {before && <MarkedText kind="removed" text={before} />}
                  {before && after && ' '}
                  {after && <MarkedText kind="added" text={after} />}
                </li>
              ))}
            </ul>
          </div>
        ))}
      <ToConversation conversation={conversation} language={language} />
    </section>
  );
}

export function ToConversation({
  conversation: { id, title },
  language,
}: Pick<DifferingPost, 'conversation' | 'language'>) {
  return (
    <LinkLine
      href={pathTo('/admin/conversations/:id', { id })}
      label={<bdi lang={language}>{title}</bdi>}
    />
  );
}

function written<Value>(
  { changed, removed, added }: Changes<Value>,
  textOf: (value: Value) => string,
): Difference[] {
  return [
    ...changed.map(({ before, after }) => ({ before: textOf(before), after: textOf(after) })),
    ...removed.map((value) => ({ before: textOf(value) })),
    ...added.map((value) => ({ after: textOf(value) })),
  ];
}
