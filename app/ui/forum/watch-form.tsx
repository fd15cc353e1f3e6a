import { pathTo } from '~/platform/paths';
import { useI18n } from '~/ui/i18n';

interface WatchButtonProps {
  threadId: string;
  action: 'watch' | 'mute' | 'neither';
  label: string;
  /** The thread's title, if the button is in a list. */
  about?: string;
  /** Redirect after submitting. */
  back: string;
}

/** A button that watches, mutes or unwatches a thread. */
export function WatchButton({ threadId, action, label, about, back }: WatchButtonProps) {
  const { t } = useI18n();
  return (
    <form method="post" action={pathTo('/reading/:id', { id: threadId })}>
      <input type="hidden" name="redirectTo" value={back} />
      <button
        className="link"
        type="submit"
        name="action"
        value={action}
        aria-label={about && t('site.pair', { of: label, what: about })}
      >
        {label}
      </button>
    </form>
  );
}

interface WatchFormProps {
  threadId: string;
  watch: 'watching' | 'muted' | null;
  back: string;
}

/** Shows whether a thread is watched or muted, with the buttons to change it. */
export function WatchForm({ threadId, watch, back }: WatchFormProps) {
  const { t } = useI18n();
  const button = (action: WatchButtonProps['action'], label: string) => (
    <WatchButton threadId={threadId} action={action} label={label} back={back} />
  );
  return (
    <div className="watch">
      {watch === 'watching' && <span>{t('reading.watch.on')}</span>}
      {watch === 'muted' && <span>{t('reading.watch.muted')}</span>}
      {watch === null && button('watch', t('reading.watch.watch'))}
      {watch === 'watching' && button('neither', t('reading.watch.stop'))}
      {watch === 'muted'
        ? button('neither', t('reading.watch.unmute'))
        : button('mute', t('reading.watch.mute'))}
    </div>
  );
}
