import type { Posting } from '~/domain/forum/conversations/window';
import { useI18n } from '~/ui/i18n';

/** Says since when a conversation takes no posts, or from when on it takes some. */
export function ClosedNotice({ posting }: { posting: Posting }) {
  const { t } = useI18n();
  if (posting.takesPosts) return null;
  return <p>{t(`conversations.${posting.why}`, { at: new Date(posting.at) })}</p>;
}
