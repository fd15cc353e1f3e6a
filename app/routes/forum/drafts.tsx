import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { discardDraft, draftPath, draftsOf } from '~/domain/forum/drafts/drafts';
import { readerOf } from '~/domain/forum/visibility';
import { pathTo } from '~/platform/paths';
import { submit } from '~/server/forms';
import { requirePerson } from '~/server/guards';
import { safeRedirect } from '~/server/safe-redirect';
import { Submit } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { Row } from '~/ui/row';
import { Minute } from '~/ui/time';

/** Length of the excerpts in the list, in UTF-16 code units. */
const SHOWN = 240;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const person = requirePerson(context, request);
  const reader = { ...readerOf(visit.visitor), personId: person.id };
  const drafts = await draftsOf(app.db.reader, reader);
  return {
    head: { title: visit.i18n.t('writing.drafts.title'), noindex: true },
    drafts: drafts.map((draft) => ({
      place: draft.place,
      savedAt: draft.savedAt,
      href: draftPath(draft),
      thread: draft.thread && visit.i18n.titled('thread', draft.thread),
      title: draft.fields.title?.[0] ?? '',
      text: draft.fields.body?.[0] ?? '',
    })),
  };
}

const fields = z.object({ place: z.string().min(1).max(200), redirectTo: z.string().optional() });

export async function action(args: ActionFunctionArgs) {
  const person = requirePerson(args.context, args.request);
  const { db } = args.context.app;
  return submit(args, fields, async ({ place, redirectTo }) => {
    await db.write((tx) => discardDraft(tx, person.id, place));
    return redirect(safeRedirect(redirectTo, pathTo('/drafts')), 303);
  });
}

export default function Drafts() {
  const { drafts } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <div className="single">
      <h1>{t('writing.drafts.title')}</h1>
      {drafts.length === 0 && <p className="quiet">{t('writing.drafts.none')}</p>}
      <ol className="rows">
        {drafts.map(({ place, savedAt, href, thread, title, text }) => (
          <li key={place}>
            <p>
              {href === null ? (
                t('writing.drafts.gone')
              ) : (
                <a href={href} dir="auto" lang={thread?.language}>
                  {thread?.title ?? (title || t('writing.drafts.untitled'))}
                </a>
              )}
            </p>
            <DraftText text={text} whole={href === null} />
            <Row as="form" method="post" action={pathTo('/drafts')} className="actions quiet">
              <input type="hidden" name="place" value={place} />
              <Minute ms={savedAt} />
              <Submit look="link" label={t('writing.draft.discard')} />
            </Row>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** The beginning of a text and, folded, the whole: its form may be gone, or hold another draft. */
function DraftText({ text, whole }: { text: string; whole: boolean }) {
  const { t } = useI18n();
  const isShort = text.length <= SHOWN;
  return (
    <>
      <p className="typed" dir="auto">
        {whole || isShort ? text : `${text.slice(0, SHOWN)}…`}
      </p>
      {!whole && !isShort && (
        <details>
          <summary>{t('writing.drafts.whole')}</summary>
          <p className="typed" dir="auto">
            {text}
          </p>
        </details>
      )}
    </>
  );
}
