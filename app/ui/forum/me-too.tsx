import { Submit } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { Meta } from '~/ui/row';
import type { PostView } from './view';

type Faced = Pick<PostView, 'path' | 'meToos' | 'maySayMeToo' | 'maySayMeTooLater'>;

/** True if there is anything to show: a button for this reader, or a number. */
export function hasMeToo({ meToos, maySayMeToo, maySayMeTooLater }: Faced): boolean {
  return maySayMeToo || maySayMeTooLater || meToos.people > 0;
}

/** "I face this too": a button for people who may use it, the plain count for everyone else. */
export function MeToo({ post }: { post: Faced }) {
  const { t } = useI18n();
  const { people, own } = post.meToos;
  const others = own ? people - 1 : people;
  if (!post.maySayMeToo) {
    if (post.maySayMeTooLater) {
      return (
        <span className="me-too">
          <a href={`${post.path}/face`}>{t('conversation.meToo.button')}</a>
          {people > 0 && `\u00a0· ${t('conversation.meToo.others', { people })}`}
        </span>
      );
    }
    if (people === 0) return null;
    return <span className="me-too">{t('conversation.meToo.count', { people })}</span>;
  }
  return (
    <Meta as="form" className="me-too" method="post" action={`${post.path}/face`}>
      {own && <strong>{t('conversation.meToo.on')}</strong>}
      {!own && <Submit look="link" name="on" value="1" label={t('conversation.meToo.button')} />}
      {others > 0 && <span>{t('conversation.meToo.others', { people: others })}</span>}
      {own && <Submit look="link" name="on" value="0" label={t('conversation.meToo.off')} />}
    </Meta>
  );
}
