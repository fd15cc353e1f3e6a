import type { Proposal } from '~/domain/digests/machine/proposals';
import { LOCALES } from '~/platform/i18n/locales';
import { pathTo } from '~/platform/paths';
import { Select } from '~/ui/forms/fields';
import { TextLine, useI18n } from '~/ui/i18n';
import { Meta, Row } from '~/ui/row';
import { Seen } from './desk';
import type { DraftView } from './desk-view';

interface MachineProps {
  draft: DraftView;
  formKey: string;
}

/** A language model's proposals for a draft; a moderator decides on each. */
export function MachineDesk({ draft, formKey }: MachineProps) {
  const { t } = useI18n();
  const { machine } = draft;
  if (!machine || !draft.open) return null;
  const { model, languages, language, proposals, unfaithful } = machine;
  if (!model && proposals.length === 0) return null;
  return (
    <section id="machine" className="barrier" aria-labelledby="machine-title">
      <h2 id="machine-title">{t('editions.machine.title')}</h2>
      {model && (
        <>
          <TextLine
            className="hint"
            k="editions.machine.hint"
            values={{ model: <bdi>{model}</bdi> }}
          />
          <Row
            as="form"
            className="actions"
            method="post"
            action={pathTo('/mod/digests/:id', { id: draft.id })}
          >
            <Seen draft={draft} formKey={formKey} />
            <Select
              name="language"
              label={t('editions.machine.language')}
              options={languages}
              value={language}
            />
            <button type="submit" name="action" value="ask-model">
              {t('editions.machine.ask')}
            </button>
          </Row>
        </>
      )}
      {unfaithful > 0 && (
        <p className="quiet">{t('editions.machine.unfaithful', { n: unfaithful })}</p>
      )}
      {proposals.length === 0 && <p className="quiet">{t('editions.machine.none')}</p>}
      {proposals.map((proposal) => (
        <ProposalForm key={proposal.id} proposal={proposal} draft={draft} formKey={formKey} />
      ))}
    </section>
  );
}

function ProposalForm({
  proposal: { id, quote, language, from, original, text, model, state },
  draft,
  formKey,
}: MachineProps & { proposal: Proposal }) {
  const { t } = useI18n();
  const approved = state === 'approved';
  return (
    <div className="quoted" id={`m-${id}`}>
      <Meta>
        <span>{t(quote === null ? 'editions.machine.sentence' : 'editions.machine.quote')}</span>
        <span>{LOCALES[language].name}</span>
        <bdi>{model}</bdi>
        {approved && <b>{t('editions.machine.approved')}</b>}
      </Meta>
      <div className="beside">
        <p className="said" lang={from} dir="auto">
          {original}
        </p>
        <p className="said" lang={language} dir={LOCALES[language].dir}>
          {text}
        </p>
      </div>
      <Row
        as="form"
        className="actions"
        method="post"
        action={pathTo('/mod/digests/:id', { id: draft.id })}
      >
        <Seen draft={draft} formKey={formKey} />
        <input type="hidden" name="proposal" value={id} />
        {!approved && (
          <button type="submit" name="action" value="approve-words">
            {t('editions.machine.approve')}
          </button>
        )}
        <button type="submit" name="action" value="reject-words">
          {t(approved ? 'editions.machine.takeBack' : 'editions.machine.reject')}
        </button>
      </Row>
    </div>
  );
}
