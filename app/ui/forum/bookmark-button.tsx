import { useI18n } from '~/ui/i18n';

interface BookmarkButtonProps {
  /** The post's URL. */
  path: string;
  on: boolean;
  /** The post's author, for screen readers, where the button is heard without its context. */
  name: string;
  /** Redirect after submitting; the post by default. */
  back?: string;
}

/** Adds or removes a bookmark. */
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
