import type { AppLoadContext } from '@remix-run/node';
import { findKeyPoint, keyPointText } from '~/domain/barriers/key-points/key-points';
import { findPost } from '~/domain/forum/posts/posts';
import { EVERYBODY } from '~/domain/forum/visibility';
import {
  flaggedPost,
  isText,
  meTooPost,
  type Waiting,
  waitingKind,
  waitingStance,
} from '~/domain/publishing/pending-submissions';
import type { WaitingView } from '~/ui/forum/waiting-preview';

/** Returns what waits for an account, for the pages that name it. */
export async function waitingView(
  { app, visit }: AppLoadContext,
  { place, fields }: Waiting,
): Promise<WaitingView> {
  const { t } = visit.i18n;
  const { reader } = app.db;
  const kind = waitingKind(place);
  const base = {
    kind,
    title: t(`writing.post.title.${kind}`),
    action: t(`writing.post.action.${kind}`),
    isText: isText(place),
  };
  const excerptOf = async (id: string) => (await findPost(reader, id, EVERYBODY))?.post.excerpt;
  const meToo = meTooPost(place);
  if (meToo) return { ...base, heading: base.action, text: (await excerptOf(meToo)) ?? '' };
  const stance = waitingStance(place);
  if (stance) {
    const point = await findKeyPoint(reader, app.community, stance.keyPointId);
    const heading = t(`keyPoints.stance.${stance.stance}`);
    return { ...base, heading, text: point ? keyPointText(point, visit.i18n).title : '' };
  }
  const flagged = flaggedPost(place);
  if (flagged) {
    const heading = visit.i18n.short('rule', fields.reason?.[0] || 'other');
    const text = [await excerptOf(flagged), fields.note?.[0]];
    return { ...base, heading, text: joined(text) };
  }
  const text = [fields.title?.[0], fields.body?.[0]];
  return { ...base, heading: t('writing.join.kept'), text: joined(text) };
}

function joined(paragraphs: (string | undefined)[]): string {
  return paragraphs.filter(Boolean).join('\n\n');
}
