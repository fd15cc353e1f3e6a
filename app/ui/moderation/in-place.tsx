import { pathTo } from '~/platform/paths';
import { Options, optionsOf } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { Row } from '~/ui/row';

interface InPlaceProps {
  post: { id: string; path: string; state: string; author: { label: string } };
}

/** The most frequent actions, at the post itself, with a link to the others. For moderators. */
export function InPlace({ post }: InPlaceProps) {
  const { t, community, name } = useI18n();
  const desk = pathTo('/mod/posts/:id', { id: post.id });
  const reason = `reason-${post.id}`;
  const note = `note-${post.id}`;
  const shown = post.state === 'visible';
  return (
    <details className="in-place">
      <summary aria-label={t('moderation.inPlaceOf', { name: post.author.label })}>
        {t('moderation.inPlace')}
      </summary>
      <form method="post" action={desk}>
        <input type="hidden" name="back" value={post.path} />
        {shown && (
          <div className="fields">
            <div className="field">
              <label htmlFor={reason}>{t('moderation.inPlace.rule')}</label>{' '}
              <select id={reason} name="reason">
                <Options of={optionsOf(community.rules, (rule) => name('rule', rule))} />
              </select>
            </div>
            <div className="field">
              <label htmlFor={note}>{t('moderation.inPlace.note')}</label>{' '}
              <input id={note} name="note" dir="auto" maxLength={1000} />
            </div>
          </div>
        )}
        <Row className="actions">
          {(shown ? SHOWN : post.state === 'held' ? HELD : HIDDEN).map((action) => (
            <button key={action} type="submit" name="action" value={action}>
              {t(`moderation.action.${action}.name`)}
            </button>
          ))}
          <a href={desk}>{t('moderation.inPlace.all')}</a>
        </Row>
      </form>
    </details>
  );
}

const SHOWN = ['hide', 'warn', 'spam-clean'] as const;
const HELD = ['approve'] as const;
const HIDDEN = ['restore'] as const;
