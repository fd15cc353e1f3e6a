import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { alternativesTo } from '~/domain/digests/alternatives';
import { countUntold, mailableFrom } from '~/domain/digests/announce';
import { quotesOf } from '~/domain/digests/content';
import {
  announceDraft,
  buildDigest,
  listDrafts,
  publishDigest,
  readableDigest,
} from '~/domain/digests/digests';
import { checkDisclosure, decidedAt } from '~/domain/digests/disclosure';
import { answerDispute, DISPUTE_LENGTH, openDisputes } from '~/domain/digests/disputes';
import { type DraftEdit, editDraft, NOTE_LENGTH, readForEdit } from '~/domain/digests/edit-draft';
import { openErrata } from '~/domain/digests/errata';
import { countChangedKeyPoints, countLate } from '~/domain/digests/late-contributions';
import { askForProposals, decideProposal, proposalsOf } from '~/domain/digests/machine/proposals';
import { editionOf, mailingOf, presentDigest, whyNotEmailed } from '~/domain/digests/present';
import { PRESS_ACTIONS, type PressAction } from '~/domain/digests/presses';
import { quoteAnchor } from '~/domain/digests/quote-slots';
import { readSigners } from '~/domain/digests/verify';
import { LOCALE_TAGS } from '~/platform/i18n/locales';
import { pathTo } from '~/platform/paths';
import { visibleText } from '~/platform/text/visible';
import { listedSources } from '~/routes/digests/digest-views';
import { newFormKey, redirectOnce, submit } from '~/server/forms';
import { notFound, requireModerator } from '~/server/guards';
import {
  ChangesSince,
  DigestDesk,
  DisclosureCheck,
  DraftDesk,
  NoteForm,
  Seen,
} from '~/ui/digests/desk';
import { draftView } from '~/ui/digests/desk-view';
import { Digest } from '~/ui/digests/digest';
import { Disputes } from '~/ui/digests/disputes';
import { EditorsNote } from '~/ui/digests/edition';
import { MachineDesk } from '~/ui/digests/machine-desk';
import { entryView } from '~/ui/digests/view';
import { ErrorSummary, Submit } from '~/ui/forms/fields';
import { Gap, useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { deskLinks } from '~/ui/moderation/desk';
import { Meta, Row } from '~/ui/row';

export const links = deskLinks;

/** A draft whose parts can be moved, dropped and replaced; `?swap=` lists other quotes. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const moderator = requireModerator(context);
  const { app, visit } = context;
  const { i18n } = visit;
  const db = app.db.reader;
  const digest = await readableDigest(db, params.id ?? '');
  if (!digest) throw notFound();
  const open = digest.state === 'draft';
  const ref = open ? new URL(request.url).searchParams.get('swap') : null;
  const offered = ref === null ? [] : await alternativesTo(app, digest, ref);
  const quotes = [digest.content, digest.drafted].flatMap(quotesOf).concat(offered);
  const drafts = await listDrafts(db);
  const edition = editionOf(app, digest);
  const said = presentDigest(digest.content, digest.visible, i18n, edition);
  const emailed = whyNotEmailed(digest.content, edition) === null;
  const flagged = open ? await checkDisclosure(app, digest) : [];
  return {
    head: { title: entryView(digest, i18n).title, noindex: true },
    formKey: newFormKey(),
    drafts: drafts.map((one) => entryView(one, i18n)),
    entry: { ...entryView(digest, i18n), scope: digest.scope },
    said,
    mailing: open ? mailingOf(digest.content, i18n, edition) : null,
    sources: await listedSources(app, digest, said, i18n),
    disputes: await openDisputes(db, { digestId: digest.id }),
    announced: {
      at: digest.announcedAt,
      mailedFrom: emailed ? mailableFrom(app, digest.announcedAt) : null,
      hours: emailed ? app.config.digestObjectionHours : 0,
      untold: open ? await countUntold(db, digest.content) : 0,
    },
    gone: openErrata(digest.errata).length,
    draft: draftView(app, digest, i18n, {
      editor: moderator.handle,
      late: open ? await countLate(db, digest) : 0,
      keyPoints: open ? await countChangedKeyPoints(db, app.community, digest) : 0,
      flagged,
      elsewhere: await decidedAt(db, digest.presses, flagged),
      swap: ref === null ? null : { ref, offered },
      signers: await readSigners(
        db,
        quotes.map(({ postId }) => postId),
      ),
      machine: open ? await proposalsOf(app, digest) : null,
    }),
  };
}

const about = {
  seen: z.string().max(64).default(''),
  key: z.string().optional(),
};
const quote = z.string().max(200);
const answer = {
  dispute: z.string().max(64),
  answer: z
    .string()
    .transform(visibleText)
    .pipe(z.string().max(DISPUTE_LENGTH, 'editions.dispute.length'))
    .default(''),
  key: z.string().optional(),
};

const fields = z.discriminatedUnion('action', [
  z.object({ action: z.literal('publish'), ...about }),
  z.object({ action: z.literal('announce'), ...about }),
  z.object({ action: z.literal('build'), ...about }),
  z.object({
    action: z.literal(PRESS_ACTIONS.map((how) => `protect:${how}` as const)),
    quote,
    ...about,
  }),
  z.object({ action: z.literal('unprotect'), press: z.string().max(200), ...about }),
  z.object({ action: z.literal('raise-barrier'), kind: z.string(), ...about }),
  z.object({ action: z.literal('raise-quote'), quote, ...about }),
  z.object({ action: z.literal('drop-quote'), quote, ...about }),
  z.object({
    action: z.literal('swap-quote'),
    quote,
    by: z.string('editions.error.notOffered').max(200),
    ...about,
  }),
  z.object({
    action: z.literal('note'),
    text: z
      .string()
      .transform(visibleText)
      .pipe(z.string().max(NOTE_LENGTH, 'editions.error.noteLength'))
      .default(''),
    ...about,
  }),
  z.object({ action: z.literal('ask-model'), language: z.enum(LOCALE_TAGS), ...about }),
  z.object({ action: z.literal('approve-words'), proposal: z.string().max(64), ...about }),
  z.object({ action: z.literal('reject-words'), proposal: z.string().max(64), ...about }),
  z.object({ action: z.literal('accept'), ...answer }),
  z.object({ action: z.literal('decline'), ...answer }),
]);

export async function action(args: ActionFunctionArgs) {
  const { params, context } = args;
  const moderator = requireModerator(context);
  const { app } = context;
  const digest = await readableDigest(app.db.reader, params.id ?? '');
  if (!digest) throw notFound();
  const { id } = digest;
  const page = pathTo('/mod/digests/:id', { id });
  return submit(args, fields, async (input) => {
    if (input.action === 'publish') {
      await publishDigest(app, id, moderator.id, input);
      return redirect(page, 303);
    }
    if (input.action === 'announce') {
      const { seen } = input;
      await app.db.write((tx) => announceDraft(tx, app, id, seen));
      return redirect(page, 303);
    }
    if (input.action === 'build') {
      const built = await buildDigest(app, digest.scope, digest.period.id);
      return redirect(pathTo('/mod/digests/:id', { id: built.id }), 303);
    }
    if (input.action === 'accept' || input.action === 'decline') {
      const { dispute, answer, key } = input;
      const accept = input.action === 'accept';
      return redirectOnce(app, { by: moderator.id, key, sent: input }, async (tx) => {
        await answerDispute(tx, app, moderator.id, dispute, { accept, answer });
        return page;
      });
    }
    if (input.action === 'ask-model') {
      await askForProposals(app, id, input.language);
      return redirect(`${page}#machine`, 303);
    }
    if (input.action === 'approve-words' || input.action === 'reject-words') {
      const { seen, key, proposal } = input;
      const approve = input.action === 'approve-words';
      const editor = { personId: moderator.id, seen, at: app.clock.now() };
      return redirectOnce(app, { by: moderator.id, key, sent: input }, async (tx) => {
        await decideProposal(tx, app, id, editor, { proposal, approve });
        return `${page}#${approve ? `m-${proposal}` : 'machine'}`;
      });
    }
    const { seen, key, ...sent } = input;
    const edit = asEdit(sent);
    const read = await readForEdit(app, id, edit);
    return redirectOnce(app, { by: moderator.id, key, sent: { id, edit } }, async (tx) => {
      await editDraft(tx, id, { personId: moderator.id, seen, at: app.clock.now() }, edit, read);
      return page + anchorOf(edit);
    });
  });
}

type Sent = DraftEdit | { action: `protect:${PressAction}`; quote: string };

/** What a button says is one word: `protect:drop`. */
function asEdit(sent: Sent): DraftEdit {
  const how = PRESS_ACTIONS.find((action) => sent.action === `protect:${action}`);
  return how && 'quote' in sent
    ? { action: 'protect', quote: sent.quote, how }
    : (sent as DraftEdit);
}

/** Returns the anchor of the part that an edit has moved or changed. */
function anchorOf(edit: DraftEdit): string {
  if (edit.action === 'raise-barrier') return `#${edit.kind}`;
  if (edit.action === 'protect' || edit.action === 'unprotect') return '#check';
  const ref = edit.action === 'swap-quote' ? edit.by : 'quote' in edit ? edit.quote : '';
  return ref && edit.action !== 'drop-quote' ? `#${quoteAnchor(ref)}` : '';
}

export default function DigestDraft() {
  const { drafts, entry, said, mailing, sources, disputes, announced, draft, formKey, gone } =
    useLoaderData<typeof loader>();
  const { t, day, minute } = useI18n();
  return (
    <DigestDesk drafts={drafts} current={draft.id}>
      <LinkLine
        className="desk-back"
        href={pathTo('/mod/digests')}
        label={t('digests.desk.back')}
      />
      <h1>{draft.title}</h1>
      <Meta>
        <span>{t('digests.list.version', { version: entry.version })}</span>
        <span>
          {draft.open
            ? t('digests.page.draft', { day: day(entry.builtAt) })
            : t('digests.desk.isPublished')}
        </span>
      </Meta>
      <ErrorSummary />
      <Row
        as="form"
        className="actions"
        method="post"
        action={pathTo('/mod/digests/:id', { id: draft.id })}
      >
        <Seen draft={draft} formKey={formKey} />
        {announced.untold > 0 && (
          <Submit name="action" value="announce" label={t('digests.desk.announce')} />
        )}
        {draft.open && (
          <button
            className={gone + announced.untold + draft.undecided.length > 0 ? undefined : 'primary'}
            type="submit"
            name="action"
            value="publish"
          >
            {t('digests.desk.publish')}
          </button>
        )}
        <button type="submit" name="action" value="build">
          {t('digests.desk.rebuild')}
        </button>
        <a href={draft.open ? pathTo('/mod/digests/:id/preview', { id: draft.id }) : entry.path}>
          {draft.open ? t('editions.desk.preview') : t('digests.desk.read')}
        </a>
      </Row>
      {draft.open && gone > 0 && (
        <p className="notice warning">{t('digests.desk.changedSources', { n: gone })}</p>
      )}
      {announced.untold > 0 && (
        <p className="notice">
          {t('digests.desk.untold', { n: announced.untold, hours: announced.hours })}
        </p>
      )}
      {announced.at !== null && (
        <Meta>
          <span>{t('digests.desk.announced', { time: minute(announced.at) })}</span>
          {announced.mailedFrom !== null && (
            <span>{t('digests.desk.mailedFrom', { time: minute(announced.mailedFrom) })}</span>
          )}
        </Meta>
      )}
      {draft.open && (
        <p className="hint">
          {t('digests.desk.publishHint')}
          <Gap />
          {mailing}
          <Gap />
          {t('digests.method.lasting')}
        </p>
      )}
      <Disputes disputes={disputes} formKey={formKey} />
      <ChangesSince draft={draft} />
      {draft.open && <NoteForm draft={draft} formKey={formKey} />}
      <DisclosureCheck draft={draft} formKey={formKey} />
      {draft.note && <EditorsNote note={draft.note} />}
      <div className="digest">
        <DraftDesk draft={draft} formKey={formKey}>
          <Digest digest={said} scope={entry.scope} sources={sources} draft />
        </DraftDesk>
      </div>
      <MachineDesk draft={draft} formKey={formKey} />
    </DigestDesk>
  );
}
