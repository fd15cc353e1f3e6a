import { pathTo } from '~/platform/paths';
import { Submit } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';

interface MarkReadProps {
  threadId: string;
  /** The last contribution on the page; empty on the last page, for the whole thread. */
  through: string;
  /** Time at which the page was made, in UTC ms: newer posts stay unread. */
  seen: number;
  /** Redirect after submitting: the next page, if there is one. */
  next: string;
}

/** The button at the end of a page that marks it as read; viewing alone does not. */
export function MarkRead({ threadId, through, seen, next }: MarkReadProps) {
  const { t } = useI18n();
  return (
    <form className="mark-read" method="post" action={pathTo('/reading/:id', { id: threadId })}>
      <input type="hidden" name="through" value={through} />
      <input type="hidden" name="seen" value={seen} />
      <input type="hidden" name="redirectTo" value={next} />
      <button type="submit" name="action" value="read">
        {t(through ? 'reading.mark.page' : 'reading.mark.thread')}
      </button>
    </form>
  );
}

/** The button above a list of threads that marks everything as read. */
export function MarkAllRead({ seen, back }: { seen: number; back: string }) {
  const { t } = useI18n();
  return (
    <form className="mark-all" method="post" action={pathTo('/following')}>
      <input type="hidden" name="seen" value={seen} />
      <input type="hidden" name="redirectTo" value={back} />
      <Submit look="link" name="action" value="all-read" label={t('reading.mark.all')} />
    </form>
  );
}
