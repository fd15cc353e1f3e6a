import { useI18n } from '~/ui/i18n';

interface BookmarkButtonProps {
  /** The post's own address. */
  path: string;
  on: boolean;
  /** Whose post it is, for those who hear the button alone. */
  name: string;
  /** Where to go on; the post when it is not said. */
  back?: string;
}

/** Keeps a post to find it again, or lets it go. */
export function BookmarkButton({ path, on, name, back }: BookmarkButtonProps) {
  const { t } = useI18n();
  return (
    <form method="post" action={`${path}/bookmark`}>
      {back && <input type="hidden" name="redirectTo" value={back} />}
      <button
        className="link"
        type="submit"
        name="on"
        value={on ? '0' : '1'}
        aria-label={t(on ? 'reading.bookmark.removeOf' : 'reading.bookmark.addOf', { name })}
      >
        {t(on ? 'reading.bookmark.remove' : 'reading.bookmark.add')}
      </button>
    </form>
  );
}
