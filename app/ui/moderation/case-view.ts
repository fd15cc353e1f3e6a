import type { AppLoadContext } from '@remix-run/node';
import type { Evidence } from '~/domain/moderation/decisions/evidence';
import { outcomeOf } from '~/domain/moderation/decisions/outcome';
import { sentencesFor } from '~/domain/moderation/decisions/preview';
import { isUndoable } from '~/domain/moderation/decisions/undo';
import type { Titled } from '~/platform/community/community';
import type { SiteTranslator } from '~/platform/community/site-translator';
import { languageNames } from '~/platform/languages/names';
import { placeOf } from '~/ui/forum/view';

export type CaseView = ReturnType<typeof caseView>;

/** Returns a case as shown to moderators. For loaders. `?action=` chooses a decision. */
export function caseView(found: Evidence, { app, visit }: AppLoadContext, query: URLSearchParams) {
  const { i18n } = visit;
  const { post, thread, author, closedAt, openedAt } = found;
  const place = post && (post.country ?? post.region);
  const letter = sentencesFor(app, found, found.causes);
  const now = app.clock.now();
  return {
    id: found.id,
    causes: found.causes,
    closedAt,
    waited: openedAt === null ? 0 : (closedAt ?? now) - openedAt,
    own: found.own,
    above: found.above,
    disputes: found.disputes,
    signals: found.signals,
    notices: found.notices,
    flags: found.flags,
    decisions: found.decisions.map((one) => ({
      ...one,
      undoable: !found.own && !one.partOfId && one.takenBackBy === null && isUndoable(one.action),
    })),
    context: found.context,
    history: found.history,
    appeals: found.appeals,
    claim: found.claim && {
      by: found.claim.by,
      until: found.claim.until,
      mine: found.claim.id === visit.visitor.person?.id,
    },
    thread: thread && titledView(thread, i18n),
    author: {
      handle: author.handle,
      createdAt: author.createdAt,
      importedAt: author.importedAt,
    },
    letter: {
      locale: letter.locale,
      dir: letter.dir,
      language: languageNames(i18n.locale)(letter.locale),
      rules: letter.rules,
    },
    asked: found.choices.find((action) => action === query.get('action')) ?? null,
    choices: found.choices.map((action) => ({
      action,
      outcome: outcomeOf(action, post?.state === 'held'),
      letter: letter.of(action),
    })),
    tags: found.tags && {
      pillars: found.tags.pillars,
      barriers: found.tags.barriers,
      place: place ?? null,
    },
    post: post && {
      id: post.id,
      state: post.state,
      isOpening: post.isOpening,
      revision: post.revision,
      html: post.html,
      language: post.language,
      createdAt: post.createdAt,
      editedAt: post.editedAt,
      place: placeOf(post, i18n.locale),
    },
  };
}

/** A thread by its title in the reader's language, and the title that a moderator can change. */
function titledView({ id, title, language }: Titled, { titled }: SiteTranslator) {
  return { ...titled('thread', { id, title, language }), original: title };
}
