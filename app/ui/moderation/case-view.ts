import type { AppLoadContext } from '@remix-run/node';
import { messagesOf } from '~/domain/moderation/decisions/decision-messages';
import type { Evidence } from '~/domain/moderation/decisions/evidence';
import { outcomeOf } from '~/domain/moderation/decisions/outcome';
import { isUndoable } from '~/domain/moderation/decisions/undo';
import { DEFAULT_LOCALE, isLocale } from '~/platform/i18n/locales';
import { placeName } from '~/platform/places/names';
import { placeOptions } from '~/ui/forum/place-options';

export type CaseView = ReturnType<typeof caseView>;

/** Returns a case as shown to moderators. For loaders. */
export function caseView(found: Evidence, { app, visit }: AppLoadContext) {
  const { i18n } = visit;
  const { post, thread, author, closedAt, openedAt } = found;
  const place = post && (post.country ?? post.region);
  const language = isLocale(author.language) ? author.language : DEFAULT_LOCALE;
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
    thread: thread && { id: thread.id, title: thread.title, language: thread.language },
    author: {
      handle: author.handle,
      createdAt: author.createdAt,
      reads: new Intl.DisplayNames(i18n.locale, { type: 'language' }).of(language) ?? language,
    },
    choices: found.choices.map((action) => ({
      action,
      outcome: outcomeOf(action, post?.state === 'held'),
      // This preview is in the moderator's language; the statement that is sent is in the author's.
      told: messagesOf(i18n, outcomeOf(action, post?.state === 'held'), {
        thread: thread?.title ?? null,
        until: null,
        day: now,
      }).mail,
    })),
    tags: found.tags && {
      pillars: found.tags.pillars,
      barriers: found.tags.barriers,
      place: place ?? null,
    },
    places: placeOptions(i18n.locale),
    post: post && {
      id: post.id,
      state: post.state,
      isOpening: post.isOpening,
      revision: post.revision,
      html: post.html,
      language: post.language,
      createdAt: post.createdAt,
      editedAt: post.editedAt,
      place: place ? placeName(place, i18n.locale) : null,
    },
  };
}
