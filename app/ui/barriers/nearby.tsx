import type { PostInThread } from '~/domain/forum/posts/posts';
import type { SiteTranslator } from '~/platform/community/site-translator';
import { Byline } from '~/ui/forum/byline';
import { Excerpt } from '~/ui/forum/newest';
import { type ExcerptView, excerptView } from '~/ui/forum/view';
import { useI18n } from '~/ui/i18n';
import { Row } from '~/ui/row';
import type { KeyPointLink } from './key-point-link';
import { KeyPointNote } from './key-points';

/** Another person's report, with the button to say "I face this too". */
export interface NearbyView extends ExcerptView {
  meToos: { people: number; own: boolean };
  keyPoint: KeyPointLink | null;
}

export function nearbyView(
  post: PostInThread,
  keyPoint: KeyPointLink | undefined,
  i18n: SiteTranslator,
): NearbyView {
  return { ...excerptView(post, i18n), meToos: post.meToos, keyPoint: keyPoint ?? null };
}

interface NearbyProps {
  reports: NearbyView[] | undefined;
  /** The place as typed in the form; the country that it names is stored with the me-too. */
  place: string;
}

/** Similar reports from the same place: say "I face this too", or continue with a report. */
export function Nearby({ reports = [], place }: NearbyProps) {
  const { t } = useI18n();
  if (reports.length === 0) return null;
  return (
    <section className="preview" aria-labelledby="nearby">
      <h3 id="nearby">{t('barriers.nearby.title')}</h3>
      <p>{t('barriers.nearby.text')}</p>
      <ol className="rows newest">
        {reports.map((report) => (
          <li key={report.id}>
            <Byline {...report} />
            <Excerpt of={report} />
            {report.keyPoint && <KeyPointNote point={report.keyPoint} />}
            <Join report={report} place={place} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Join({ report, place }: { report: NearbyView; place: string }) {
  const { t } = useI18n();
  const { people, own } = report.meToos;
  return (
    <Row as="form" className="actions me-too" method="post" action={`${report.path}/face`}>
      <input type="hidden" name="country" value={place} />
      {own ? (
        <strong>{t('conversation.meToo.on')}</strong>
      ) : (
        <button type="submit" name="on" value="1">
          {t('conversation.meToo.button')}
        </button>
      )}
      {people > 0 && <span className="quiet">{t('conversation.meToo.count', { people })}</span>}
    </Row>
  );
}
