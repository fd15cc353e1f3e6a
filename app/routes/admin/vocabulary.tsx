import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { listChanges, undoChange } from '~/domain/community/change-vocabulary';
import { VOCABULARIES, VOCABULARY_TRAITS, type Vocabulary } from '~/platform/community/community';
import { pathTo } from '~/platform/paths';
import { submit } from '~/server/forms';
import { requireAdministrator, requireProvenAdministrator } from '~/server/guards';
import { AdminNav } from '~/ui/admin/admin-nav';
import { doneIn } from '~/ui/admin/done';
import { changeView, VocabularyChanges } from '~/ui/community/vocabulary-changes';
import { ErrorSummary, Status } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { deskLinks } from '~/ui/moderation/desk';
import { Meta } from '~/ui/row';

export const links = deskLinks;

const CHANGES_SHOWN = 50;

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireAdministrator(context);
  const { app, visit } = context;
  const changes = await listChanges(app.db.reader, CHANGES_SHOWN);
  return {
    head: { title: visit.i18n.t('community.admin.title'), noindex: true },
    done: doneIn(request, ['saved']),
    changes: changes.map((one) => changeView(one, visit.i18n)),
  };
}

const fields = z.object({ undo: z.string().max(64) });

export async function action({ request, context }: ActionFunctionArgs) {
  const { id } = requireProvenAdministrator(context, request);
  const { app } = context;
  return submit({ request, context }, fields, async ({ undo }) => {
    await app.db.write((tx) => undoChange(tx, app, id, undo));
    return redirect(pathTo('/admin/vocabulary?done=saved'), 303);
  });
}

export default function AdminVocabulary() {
  const { done, changes } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <>
      <AdminNav current="vocabulary" />
      <div className="single">
        <h1>{t('community.admin.title')}</h1>
        <p className="lead">{t('community.admin.lead')}</p>
        {done && <Status>{t('community.done.saved')}</Status>}
        <ErrorSummary />
        <ul className="nav">
          {VOCABULARIES.map((vocabulary) => (
            <li key={vocabulary}>
              <a href={`#${vocabulary}`}>{t(`community.vocabulary.${vocabulary}`)}</a>
            </li>
          ))}
        </ul>
        {VOCABULARIES.map((vocabulary) => (
          <Terms key={vocabulary} vocabulary={vocabulary} />
        ))}
        {changes.length > 0 && (
          <VocabularyChanges
            changes={changes}
            action={({ id, undoneAt }) =>
              undoneAt === null && (
                <form method="post" action={pathTo('/admin/vocabulary')}>
                  <input type="hidden" name="undo" value={id} />
                  <button type="submit">{t('community.undo')}</button>
                </form>
              )
            }
          />
        )}
      </div>
    </>
  );
}

function Terms({ vocabulary }: { vocabulary: Vocabulary }) {
  const { t, name, community } = useI18n();
  const { languages } = community.settings;
  const listed = community.all(vocabulary).map((term) => ({
    ...term,
    // In others nobody reads it.
    older: languages.filter((language) => term.outdated.has(language)).length,
  }));
  return (
    <section aria-labelledby={vocabulary}>
      <h2 id={vocabulary}>{t(`community.vocabulary.${vocabulary}`)}</h2>
      <ul className="rows">
        {listed.map(({ slug, state, mergedInto, older }) => (
          <li key={slug}>
            <a href={pathTo('/admin/vocabulary/:vocabulary/:slug', { vocabulary, slug })}>
              {name(vocabulary, slug)}
            </a>
            {(state !== 'active' || older > 0) && (
              <Meta>
                {state === 'retired' && <span>{t('community.state.retired')}</span>}
                {state === 'merged' && (
                  <span>
                    {t('community.state.merged', { into: name(vocabulary, mergedInto ?? '') })}
                  </span>
                )}
                {older > 0 && <span>{t('community.words.older', { n: older })}</span>}
              </Meta>
            )}
          </li>
        ))}
      </ul>
      {VOCABULARY_TRAITS[vocabulary].acts.includes('add') && (
        <LinkLine
          href={pathTo('/admin/vocabulary/:vocabulary', { vocabulary })}
          label={t(`community.add.${vocabulary as 'pillar'}`)}
        />
      )}
    </section>
  );
}
