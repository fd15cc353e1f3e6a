import type { ReactNode } from 'react';
import { pathTo } from '~/platform/paths';
import { Choice, Submit, TextArea } from '~/ui/forms/fields';
import { useFormState } from '~/ui/forms/state';
import { Gap, useI18n } from '~/ui/i18n';
import { Meta, Row } from '~/ui/row';
import type { DeskQuote, DraftView, QuoteTool } from './desk-view';
import { DeskToolsProvider } from './digest';
import type { EntryView } from './view';

/** The list of drafts on one side, the open draft on the other. */
export function DigestDesk({
  drafts,
  current,
  children,
}: {
  drafts: EntryView[];
  current: string;
  children: ReactNode;
}) {
  const { t, day, number } = useI18n();
  return (
    <div className="desk">
      <div className="desk-main">{children}</div>
      <nav className="desk-queue" aria-labelledby="drafts-title">
        <h2 id="drafts-title">
          {t('digests.desk.drafts')} <span className="quiet">{number(drafts.length)}</span>
        </h2>
        {drafts.length === 0 && <p className="quiet">{t('digests.desk.noDrafts')}</p>}
        <ol className="queue rows">
          {drafts.map(({ id, title, builtAt, version }) => (
            <li key={id}>
              <a
                href={pathTo('/mod/digests/:id', { id })}
                aria-current={id === current ? 'page' : undefined}
              >
                {title}
              </a>
              <Meta>
                <span>{t('digests.desk.built', { day: day(builtAt) })}</span>
                {version > 1 && <span>{t('digests.list.version', { version })}</span>}
              </Meta>
            </li>
          ))}
        </ol>
      </nav>
    </div>
  );
}

interface DraftProps {
  draft: DraftView;
  formKey: string;
}

/** The hidden fields of every form on the page. */
export function Seen({ draft, formKey }: DraftProps) {
  return (
    <>
      <input type="hidden" name="seen" value={draft.seen} />
      <input type="hidden" name="key" value={formKey} />
    </>
  );
}

/** Changes since the draft was made: by editors, and because of withdrawn sources. */
export function ChangesSince({ draft }: { draft: DraftView }) {
  const { t } = useI18n();
  const { edits, dropped, added, titles, gone, late, keyPoints } = draft;
  if (edits.length + gone.length + late + keyPoints === 0) return null;
  return (
    <section className="notice" aria-labelledby="changes-since">
      <h2 id="changes-since">{t('editions.desk.changes')}</h2>
      <ul>
        {gone.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
        {late > 0 && <li>{t('editions.desk.late', { n: late })}</li>}
        {keyPoints > 0 && <li>{t('editions.desk.keyPoints', { n: keyPoints })}</li>}
        {edits.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
        {titles.map(({ title, lang, path }) => (
          <li key={path}>
            {t('editions.desk.titleWords')}
            <Gap />
            <a href={path}>
              <bdi lang={lang}>{title}</bdi>
            </a>
          </li>
        ))}
      </ul>
      {dropped.length + added.length > 0 && (
        <details>
          <summary>{t('editions.desk.compare')}</summary>
          {dropped.map((quote) => (
            <del key={quote.ref} className="said">
              <Words quote={quote} />
            </del>
          ))}
          {added.map((quote) => (
            <ins key={quote.ref} className="said">
              <Words quote={quote} />
            </ins>
          ))}
        </details>
      )}
    </section>
  );
}

/** The editor's signed note. */
export function NoteForm({ draft, formKey }: DraftProps) {
  const state = useFormState();
  const { t } = useI18n();
  return (
    <details className="decide" open={draft.note !== null || state?.values.text !== undefined}>
      <summary>{t('editions.desk.note')}</summary>
      <form method="post" action={pathTo('/mod/digests/:id', { id: draft.id })}>
        <Seen draft={draft} formKey={formKey} />
        <TextArea
          name="text"
          label={t('editions.desk.noteText')}
          hint={t('editions.desk.noteHint', { editor: draft.editor })}
          value={draft.note?.text ?? ''}
          rows={4}
        />
        <button type="submit" name="action" value="note">
          {t('editions.desk.noteSave')}
        </button>
      </form>
    </details>
  );
}

/** The draft as readers will see it, with what can be done at each quote. */
export function DraftDesk({ children, ...props }: DraftProps & { children: ReactNode }) {
  const { t } = useI18n();
  const { draft } = props;
  const at = pathTo('/mod/digests/:id', { id: draft.id });
  if (!draft.open) return children;
  return (
    <DeskToolsProvider
      value={{
        quote: (ref) => <QuoteTools reference={ref} {...props} />,
        barrier: (kind) =>
          draft.raisable[kind] && (
            <form method="post" action={at}>
              <Seen {...props} />
              <input type="hidden" name="kind" value={kind} />
              <button type="submit" name="action" value="raise-barrier">
                {t('editions.desk.raiseBarrier', { title: draft.raisable[kind] })}
              </button>
            </form>
          ),
      }}
    >
      {children}
    </DeskToolsProvider>
  );
}

function QuoteTools({ reference: ref, draft, formKey }: DraftProps & { reference: string }) {
  const { t } = useI18n();
  const tool = draft.tools[ref];
  if (!tool) return null;
  const swapping = draft.swap?.ref === ref;
  const back = pathTo('/mod/digests/:id', { id: draft.id });
  return (
    <div className="tools" id={tool.anchor}>
      {tool.kept ? (
        <p className="hint">
          <KeptBy {...tool.kept} />
        </p>
      ) : (
        <Flags {...tool} />
      )}
      <Row as="form" className="actions" method="post" action={back}>
        <Seen draft={draft} formKey={formKey} />
        <input type="hidden" name="quote" value={ref} />
        {tool.raise && (
          <button type="submit" name="action" value="raise-quote">
            {t('editions.desk.raise')}
          </button>
        )}
        {tool.actions.map((how) => (
          <button key={how} type="submit" name="action" value={`protect:${how}`}>
            {t(`digests.check.${how}`)}
          </button>
        ))}
        {tool.actions.length === 0 && (
          <button type="submit" name="action" value="drop-quote">
            {t('editions.desk.drop')}
          </button>
        )}
        {!swapping && (
          <a href={`${back}?swap=${encodeURIComponent(ref)}#${tool.anchor}`}>
            {t('editions.desk.swap')}
          </a>
        )}
      </Row>
      {swapping && draft.swap && (
        <Swap draft={draft} formKey={formKey} offered={draft.swap.offered} from={ref} />
      )}
    </div>
  );
}

/** Who decided that a quote stays as it is, and where. */
function KeptBy({ by, at }: NonNullable<QuoteTool['kept']>) {
  const { t } = useI18n();
  if (!at) return by ? t('digests.check.keptBy', { name: by }) : t('digests.check.kept');
  return (
    <>
      {by ? t('digests.check.keptElsewhereBy', { name: by }) : t('digests.check.keptElsewhere')}
      <Gap />
      <a href={at.path}>{at.title}</a>
    </>
  );
}

/** What the disclosure check found at a quote: details first, then how rare the combination is. */
function Flags({ flags, held, actions }: Pick<QuoteTool, 'flags' | 'held' | 'actions'>) {
  const { t } = useI18n();
  const details = flags.filter((flag) => flag.kind !== 'rare');
  return (
    <>
      {held.map(({ how, at }) => (
        <p key={how} className="notice warning flags">
          {t(`digests.check.held.${how}`)}
          <Gap />
          <a href={at.path}>{at.title}</a>
        </p>
      ))}
      {details.length > 0 && (
        <div className="notice warning flags">
          <p>{t('digests.check.title')}</p>
          <ul>
            {details.map((flag) => (
              <li key={flag.kind}>
                {t(`digests.check.${flag.kind}`)}
                <Gap />
                <bdi>{flag.found}</bdi>{' '}
                {flag.kind !== 'place' && flag.beside && t('digests.check.beside')}
              </li>
            ))}
          </ul>
        </div>
      )}
      {flags.map(
        (flag) =>
          flag.kind === 'rare' && (
            <p key="rare" className="hint flags">
              {t('digests.check.rare', { people: flag.people })}
            </p>
          ),
      )}
      {details.length > 0 && !actions.includes('shorten') && (
        <p className="hint">{t('digests.check.nothingShorter')}</p>
      )}
    </>
  );
}

/** The quotes to decide about, and what was decided, each with an undo. */
export function DisclosureCheck({ draft, formKey }: DraftProps) {
  const { t } = useI18n();
  if (!draft.open) return null;
  return (
    <section aria-labelledby="check">
      <h2 id="check">{t('digests.check.heading')}</h2>
      <p>{t('digests.check.found', { n: draft.undecided.length })}</p>
      {draft.undecided.length > 0 && (
        <>
          <ul>
            {draft.undecided.map(({ anchor, text, lang }) => (
              <li key={anchor}>
                <a href={`#${anchor}`}>
                  <bdi lang={lang}>{text}</bdi>
                </a>
              </li>
            ))}
          </ul>
          <p className="hint">{t('digests.check.hint')}</p>
        </>
      )}
      {draft.keptElsewhere.length > 0 && (
        <ul className="presses">
          {draft.keptElsewhere.map(({ anchor, text, lang, kept }) => (
            <li key={anchor}>
              <a href={`#${anchor}`}>
                <bdi lang={lang}>{text}</bdi>
              </a>
              <p className="hint">
                <KeptBy {...kept} />
              </p>
            </li>
          ))}
        </ul>
      )}
      {draft.presses.length > 0 && (
        <ul className="presses">
          {draft.presses.map(({ id, action, text, lang, from }) => (
            <li key={id}>
              <form method="post" action={pathTo('/mod/digests/:id', { id: draft.id })}>
                <Seen draft={draft} formKey={formKey} />
                <input type="hidden" name="press" value={id} />
                {t(`digests.check.done.${action}`)}
                <Gap />
                <bdi lang={lang}>{text}</bdi>{' '}
                <button type="submit" name="action" value="unprotect">
                  {t(from ? 'digests.check.ask' : 'digests.check.undo')}
                </button>
                {from && (
                  <p className="hint">
                    {t('digests.check.fromElsewhere')}
                    <Gap />
                    <a href={from.path}>{from.title}</a>
                  </p>
                )}
              </form>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Swap({
  draft,
  formKey,
  offered,
  from,
}: DraftProps & { offered: DeskQuote[]; from: string }) {
  const { t } = useI18n();
  const error = useFormState()?.errors.by;
  if (offered.length === 0) return <p className="quiet">{t('editions.desk.nothingElse')}</p>;
  return (
    <form className="swap" method="post" action={pathTo('/mod/digests/:id', { id: draft.id })}>
      <Seen draft={draft} formKey={formKey} />
      <input type="hidden" name="quote" value={from} />
      <fieldset className="field choices">
        <legend>{t('editions.desk.instead')}</legend>
        {error && <p className="field-error">{error}</p>}
        {offered.map((quote, at) => (
          <Choice
            key={quote.ref}
            type="radio"
            name="by"
            value={quote.ref}
            chosen={at === 0}
            label={
              <span className="said">
                <Words quote={quote} />
              </span>
            }
          />
        ))}
      </fieldset>
      <Row className="actions">
        <Submit name="action" value="swap-quote" label={t('editions.desk.use')} />
        <a href={pathTo('/mod/digests/:id', { id: draft.id })}>{t('editions.desk.keep')}</a>
      </Row>
    </form>
  );
}

/** A quote with its author, place and date. */
function Words({ quote: { text, lang, by, path } }: { quote: DeskQuote }) {
  return (
    <>
      <bdi lang={lang}>{text}</bdi>{' '}
      <a className="quiet" href={path}>
        {by}
      </a>
    </>
  );
}
