import { Submit } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import type { PostView } from './view';

/** "I face this too": a button for people who may use it, the plain count for everyone else. */
export function MeToo({
  post,
}: {
  post: Pick<PostView, 'path' | 'meToos' | 'maySayMeToo' | 'maySayMeTooLater'>;
}) {
  const { t } = useI18n();
  const { people, own } = post.meToos;
  const others = own ? people - 1 : people;
  if (!post.maySayMeToo) {
    if (post.maySayMeTooLater) {
      return (
        <span className="me-too">
          <a href={`${post.path}/face`} rel="nofollow">
            {t('conversation.meToo.button')}
          </a>
          {people > 0 && <span> · {t('conversation.meToo.others', { people })}</span>}
        </span>
      );
    }
    if (people === 0) return null;
    return <span className="me-too">{t('conversation.meToo.count', { people })}</span>;
  }
  return (
    <form className="me-too" method="post" action={`${post.path}/face`}>
      {own && <strong>{t('conversation.meToo.on')}</strong>}
      {!own && <Submit look="link" name="on" value="1" label={t('conversation.meToo.button')} />}
      {others > 0 && <span>· {t('conversation.meToo.others', { people: others })}</span>}
      {own && <Submit look="link" name="on" value="0" label={t('conversation.meToo.off')} />}
    </form>
  );
}
