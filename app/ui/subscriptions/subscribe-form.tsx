import { pathTo } from '~/platform/paths';
import { Input } from '~/ui/forms/fields';
import { Honeypot } from '~/ui/forms/honeypot';
import { useI18n } from '~/ui/i18n';

interface SubscribeFormProps {
  /** What the digests are about: a place, or a place and a pillar (`011~education`). */
  topic: string;
  /** Different for each form of a page. */
  id: string;
  /** True if another form of the page gave the hint. */
  again?: boolean;
}

/** One field that subscribes to digests of a place; all choices come later, by the emailed link. */
export function SubscribeForm({ topic, id, again = false }: SubscribeFormProps) {
  const { t } = useI18n();
  const [scope, pillar] = topic.split('~');
  return (
    <form className="subscribe" method="post" action={pathTo('/subscribe')}>
      <Honeypot />
      <input type="hidden" name="scope" value={scope} />
      {pillar && <input type="hidden" name="pillar" value={pillar} />}
      <Input
        id={id}
        name="email"
        type="email"
        label={t('subscriptions.next')}
        hint={!again && t('subscriptions.next.hint')}
        autoComplete="email"
        dir="ltr"
        required
      />
      <button type="submit">{t('subscriptions.submit')}</button>
    </form>
  );
}
