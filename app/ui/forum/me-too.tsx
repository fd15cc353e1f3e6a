import { useI18n } from '~/ui/i18n';
import type { PostView } from './view';

/** "I face this too": a button for whoever may say so, the plain count for everybody else. */
export function Faces({
  post,
}: {
  post: Pick<PostView, 'path' | 'faces' | 'mayFace' | 'mayFaceLater'>;
}) {
  const { t } = useI18n();
  const { people, countries, own } = post.faces;
  if (!post.mayFace) {
    if (post.mayFaceLater) {
      return (
        <span className="faces">
          <a href={`${post.path}/face`} rel="nofollow">
            {t('conversation.faces.button')}
          </a>
          {people > 0 && <span> · {t('conversation.peopleIn', { people, countries })}</span>}
        </span>
      );
    }
    if (people === 0) return null;
    return <span className="faces">{t('conversation.faces.count', { people, countries })}</span>;
  }
  return (
    <form className="faces" method="post" action={`${post.path}/face`}>
      {own && <strong>{t('conversation.faces.on')}</strong>}
      {!own && (
        <button className="link" type="submit" name="on" value="1">
          {t('conversation.faces.button')}
        </button>
      )}
      {people > 0 && <span>· {t('conversation.peopleIn', { people, countries })}</span>}
      {own && (
        <button className="link" type="submit" name="on" value="0">
          {t('conversation.faces.off')}
        </button>
      )}
    </form>
  );
}
