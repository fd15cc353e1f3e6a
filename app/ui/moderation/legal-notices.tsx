import type { noticesOn } from '~/domain/moderation/dsa/notice';
import { useI18n } from '~/ui/i18n';
import { Name, Said } from '~/ui/moderation/words';
import { Meta } from '~/ui/row';
import { Minute } from '~/ui/time';

type Notice = Awaited<ReturnType<typeof noticesOn>>[number];

/** Notices of illegal content about the post of a case. */
export function LegalNotices({ notices }: { notices: readonly Notice[] }) {
  const { t } = useI18n();
  if (notices.length === 0) return null;
  return (
    <section className="evidence">
      <h2>{t('guard.report.inCase')}</h2>
      <ul className="rows">
        {notices.map((notice) => (
          <li key={notice.id}>
            <Meta>
              {notice.name && <Name>{notice.name}</Name>}
              {notice.email && <Name>{notice.email}</Name>}
              <Minute ms={notice.createdAt} />
              {notice.decidedAt !== null && <span>{t('guard.report.told')}</span>}
            </Meta>
            <Said>{notice.explanation}</Said>
          </li>
        ))}
      </ul>
    </section>
  );
}
