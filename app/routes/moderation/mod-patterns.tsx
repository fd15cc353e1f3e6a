import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { addPattern, listPatterns, retirePattern } from '~/domain/moderation/anti-spam/patterns';
import { pathTo } from '~/platform/paths';
import { singleLine } from '~/platform/text/visible';
import { newFormKey, redirectOnce, submit } from '~/server/forms';
import { requireModerator } from '~/server/guards';
import { Choices, ErrorSummary, FormKey, Input, optionsOf, Submit } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { deskLinks } from '~/ui/moderation/desk';
import { deskCounts } from '~/ui/moderation/desk-counts';
import { DeskNav } from '~/ui/moderation/desk-nav';
import { Name, Said } from '~/ui/moderation/words';
import { Meta } from '~/ui/row';
import { Day } from '~/ui/time';

export const links = deskLinks;

const KINDS = ['word', 'link', 'expression'] as const;
const EFFECTS = ['hold', 'flag'] as const;
const HERE = pathTo('/mod/patterns');

const fields = z.discriminatedUnion(
  'action',
  [
    z.object({
      action: z.literal('add'),
      kind: z.enum(KINDS, { error: 'guard.error.kind' }),
      text: z.string('site.error.required'),
      effect: z.enum(EFFECTS, { error: 'guard.error.effect' }),
      note: z
        .string()
        .transform(singleLine)
        .refine((note) => note.length <= 200, 'moderation.error.noteLength')
        .default(''),
      key: z.string().optional(),
    }),
    z.object({ action: z.literal('retire'), id: z.string(), key: z.string().optional() }),
  ],
  { error: 'moderation.error.action' },
);

export async function loader({ context }: LoaderFunctionArgs) {
  requireModerator(context);
  return {
    head: { title: context.visit.i18n.t('guard.patterns.title'), noindex: true },
    counts: await deskCounts(context),
    patterns: await listPatterns(context.app.db.reader),
    formKey: newFormKey(),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const moderator = requireModerator(context);
  const { clock } = context.app;
  return submit({ request, context }, fields, async (input) => {
    return redirectOnce(
      context.app,
      { by: moderator.id, key: input.key, sent: input },
      async (tx) => {
        if (input.action === 'add') await addPattern(tx, clock, moderator, input);
        else await retirePattern(tx, clock, moderator, input.id);
        return HERE;
      },
    );
  });
}

export default function Patterns() {
  const { patterns, formKey, counts } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <>
      <DeskNav current="patterns" counts={counts} />
      <div className="single">
        <h1>{t('guard.patterns.title')}</h1>
        <p className="lead">{t('guard.patterns.lead')}</p>
        <ErrorSummary />
        <h2>{t('guard.patterns.now')}</h2>
        {patterns.length === 0 && <p className="quiet">{t('guard.patterns.none')}</p>}
        <ul className="rows">
          {patterns.map((pattern) => (
            <li key={pattern.id}>
              <p>
                <code dir="auto">{pattern.text}</code>
              </p>
              <Meta>
                <span>{t(`guard.patterns.kind.${pattern.kind}`)}</span>
                <span>{t(`guard.patterns.effect.${pattern.effect}`)}</span>
                <span>{t('guard.patterns.met', { count: pattern.times })}</span>
                <Name>{pattern.addedBy}</Name>
                <Day ms={pattern.createdAt} />
              </Meta>
              {pattern.note && <Said>{pattern.note}</Said>}
              <form method="post" action={HERE}>
                <input type="hidden" name="action" value="retire" />
                <input type="hidden" name="id" value={pattern.id} />
                <button
                  type="submit"
                  className="link"
                  aria-label={t('guard.patterns.retireOf', { text: pattern.text })}
                >
                  {t('guard.patterns.retire')}
                </button>
              </form>
            </li>
          ))}
        </ul>

        <h2>{t('guard.patterns.add')}</h2>
        <form method="post" action={HERE}>
          <FormKey value={formKey} />
          <input type="hidden" name="action" value="add" />
          <Choices
            name="kind"
            type="radio"
            legend={t('guard.patterns.kind')}
            chosen={['word']}
            options={KINDS.map((kind) => ({
              value: kind,
              label: (
                <>
                  <b>{t(`guard.patterns.kind.${kind}`)}</b>{' '}
                  <span className="quiet">{t(`guard.patterns.about.${kind}`)}</span>
                </>
              ),
            }))}
          />
          <Input name="text" label={t('guard.patterns.text')} dir="auto" required />
          <Choices
            name="effect"
            type="radio"
            legend={t('guard.patterns.effect')}
            chosen={['hold']}
            options={optionsOf(EFFECTS, (effect) => t(`guard.patterns.does.${effect}`))}
          />
          <Input name="note" label={t('guard.patterns.note')} dir="auto" />
          <Submit label={t('guard.patterns.save')} />
        </form>
      </div>
    </>
  );
}
