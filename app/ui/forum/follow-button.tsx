import { pathTo } from '~/platform/paths';
import { useI18n } from '~/ui/i18n';

interface FollowButtonProps {
  kind: 'pillar' | 'region';
  code: string;
  /** The name of the pillar or region, for screen readers. */
  name: string;
  followed: boolean;
  /** Redirect after submitting. */
  back: string;
}

/** Follows or unfollows a pillar or region. */
export function FollowButton({ kind, code, name, followed, back }: FollowButtonProps) {
  const { t } = useI18n();
  return (
    <form method="post" action={pathTo('/following')}>
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="code" value={code} />
      <input type="hidden" name="redirectTo" value={back} />
      <button
        className="link"
        type="submit"
        name="action"
        value={followed ? 'unfollow' : 'follow'}
        aria-label={t(followed ? 'reading.follow.stopOf' : 'reading.follow.startOf', { name })}
      >
        {t(followed ? 'reading.follow.stop' : 'reading.follow.start')}
      </button>
    </form>
  );
}
