import type { signalsOn } from '~/domain/moderation/anti-spam/signals-on';
import { pathTo } from '~/platform/paths';
import { Gap, useI18n } from '~/ui/i18n';
import { Said } from '~/ui/moderation/words';
import { Meta } from '~/ui/row';
import { Minute } from '~/ui/time';

type Signal = Awaited<ReturnType<typeof signalsOn>>[number];

/** Results of automatic checks of a post: hints for the moderator, never decisions. */
export function Signals({ signals }: { signals: readonly Signal[] }) {
  const { t } = useI18n();
  if (signals.length === 0) return null;
  return (
    <section className="evidence">
      <h2>{t('guard.signals.title')}</h2>
      <ul className="rows">
        {signals.map((signal) => (
          <li key={signal.id}>
            <b>{t(`guard.signals.${signal.kind}`)}</b>
            <Gap />
            {signal.pattern && <code dir="auto">{signal.pattern}</code>}
            {signal.otherPostId && (
              <a href={pathTo('/p/:id', { id: signal.otherPostId })}>
                {t('guard.signals.otherPost')}
              </a>
            )}
            <Meta>
              <span>{t(`guard.signals.effect.${signal.effect}`)}</span>
              <Minute ms={signal.createdAt} />
            </Meta>
            {signal.matched && <Said>{t('guard.signals.matched', { text: signal.matched })}</Said>}
            {signal.note && (
              <p className="quiet" dir="auto">
                {signal.note}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
