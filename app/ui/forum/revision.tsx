import type { Revision } from '~/domain/forum/posts/revisions';
import type { Change } from '~/domain/forum/posts/text-diff';
import { Options, optionsOf } from '~/ui/forms/fields';
import { Gap, useI18n } from '~/ui/i18n';
import { Meta, Row } from '~/ui/row';
import { Minute } from '~/ui/time';

interface RevisionProps {
  revision: Revision;
  /** BCP 47 tag of the post's language. */
  language: string;
  /** The URL of the post. */
  path: string;
  moderates: boolean;
}

/** A version of a post: date, reason, and the differences from the previous version. */
export function RevisionEntry({ revision, language, path, moderates }: RevisionProps) {
  const { t, name } = useI18n();
  const { version, current, createdAt, reason, withheld, body } = revision;
  return (
    <li>
      <h2>{t('writing.revisions.version', { number: version })}</h2>
      <Meta>
        <Minute ms={createdAt} />
        {current && <span>{t('writing.revisions.current')}</span>}
      </Meta>
      {reason && <p dir="auto">{t('writing.revisions.reason', { reason })}</p>}
      {withheld && (
        <p className="notice">
          {t('writing.revisions.withheld', {
            rule: name('rule', withheld),
          })}
        </p>
      )}
      {body !== null && <Wording {...revision} body={body} language={language} />}
      {moderates && !current && <Withhold revision={revision} path={path} />}
    </li>
  );
}

/** The text: as differences from the previous version if it is available, otherwise complete. */
function Wording({
  version,
  changes,
  comparable,
  body,
  language,
}: Revision & { body: string; language: string }) {
  const { t } = useI18n();
  if (changes) {
    return (
      <p className="typed" lang={language} dir="auto">
        {changes.map((change, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one comparison never move
          <Piece key={at} change={change} />
        ))}
      </p>
    );
  }
  const why = version === 1 ? 'first' : comparable ? 'different' : 'alone';
  return (
    <>
      <p className="quiet">{t(`writing.revisions.${why}`)}</p>
      <p className="typed" lang={language} dir="auto">
        {body}
      </p>
    </>
  );
}

function Piece({ change: { kind, text } }: { change: Change }) {
  const { t } = useI18n();
  if (kind === 'same') return text;
  if (kind === 'gap') return <span className="quiet"> {t('writing.revisions.gap')} </span>;
  return <MarkedText kind={kind} text={text} />;
}

/** Marked with an element and in words, never by colour alone. */
export function MarkedText({ kind, text }: { kind: 'added' | 'removed'; text: string }) {
  const { t } = useI18n();
  const Mark = kind === 'added' ? 'ins' : 'del';
  return (
    <Mark>
      <span className="visually-hidden">
        <Gap />
        {t(`writing.revisions.${kind}`)}
        <Gap />
      </span>
      {text}
      <span className="visually-hidden">
        <Gap />
        {t('writing.revisions.end')}
        <Gap />
      </span>
    </Mark>
  );
}

function Withhold({ revision, path }: { revision: Revision; path: string }) {
  const { t, community, name } = useI18n();
  const id = `rule-${revision.number}`;
  return (
    <Row as="form" method="post" action={`${path}/revisions`} className="actions">
      <input type="hidden" name="number" value={revision.number} />
      {revision.withheld ? (
        <button type="submit">{t('writing.revisions.show')}</button>
      ) : (
        <>
          <label htmlFor={id}>{t('writing.revisions.rule')}</label>{' '}
          <select id={id} name="reason" required defaultValue={community.rules[0]}>
            <Options of={optionsOf(community.rules, (rule) => name('rule', rule))} />
          </select>
          <button type="submit">{t('writing.revisions.withhold')}</button>
        </>
      )}
    </Row>
  );
}
