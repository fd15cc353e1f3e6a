import type { OpenDispute } from '~/domain/digests/disputes';
import { pathTo } from '~/platform/paths';
import { useI18n } from '~/ui/i18n';
import { Said } from '~/ui/moderation/words';
import { Meta, Row } from '~/ui/row';

/** Authors' objections to how they are quoted, each with the two possible answers. */
export function Disputes({ disputes, formKey }: { disputes: OpenDispute[]; formKey: string }) {
  const { t, minute } = useI18n();
  return disputes.map(({ id, digestId, author, body, createdAt }) => (
    <section key={id} className="notice" aria-labelledby={`dispute-${id}`}>
      <h2 id={`dispute-${id}`}>{t('editions.dispute.title', { author })}</h2>
      <Meta>{minute(createdAt)}</Meta>
      <Said>{body}</Said>
      <form method="post" action={pathTo('/mod/digests/:id', { id: digestId })}>
        <input type="hidden" name="key" value={`${formKey}-${id}`} />
        <input type="hidden" name="dispute" value={id} />
        <div className="field">
          <label htmlFor={`answer-${id}`}>{t('editions.dispute.answer')}</label>{' '}
          <textarea id={`answer-${id}`} name="answer" rows={3} dir="auto" />
        </div>
        <Row className="actions">
          <button type="submit" name="action" value="accept">
            {t('editions.dispute.accept')}
          </button>
          <button type="submit" name="action" value="decline">
            {t('editions.dispute.decline')}
          </button>
        </Row>
      </form>
    </section>
  ));
}
