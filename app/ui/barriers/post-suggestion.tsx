import type { PostView } from '~/ui/forum/view';
import { useI18n } from '~/ui/i18n';

/**
 * The suggested kinds of a post; only its author and moderators see them, until one accepts them.
 */
export function PostSuggestion({ post }: { post: PostView }) {
  const { t, list } = useI18n();
  const { suggested } = post;
  if (!suggested) return null;
  const names = [
    ...suggested.barriers.map((kind) => t(`vocabulary.barrier.${kind}.name`)),
    ...suggested.pillars.map((pillar) => t(`vocabulary.pillar.${pillar}.name`)),
  ];
  return (
    <form className="meta" method="post" action={`${post.path}/kinds`}>
      <span>{t('barriers.accept.mark', { kinds: list(names) })}</span>
      {suggested.barriers.map((kind) => (
        <input key={kind} type="hidden" name="barrier" value={kind} />
      ))}
      {suggested.pillars.map((pillar) => (
        <input key={pillar} type="hidden" name="pillar" value={pillar} />
      ))}
      <button className="link" type="submit" name="act" value="accept">
        {t('barriers.accept.button')}
      </button>
    </form>
  );
}
