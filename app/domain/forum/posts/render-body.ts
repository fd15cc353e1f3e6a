import type { Site } from '~/platform/app-context';
import { Refusal } from '~/platform/errors';
import type { MessageKey } from '~/platform/i18n/translator';
import { linkMentions } from './mentions';

const REASONS: Record<'empty' | 'too-long' | 'too-deep' | 'too-slow', MessageKey> = {
  empty: 'conversation.error.bodyEmpty',
  'too-long': 'conversation.error.bodyLong',
  'too-deep': 'conversation.error.bodyDeep',
  'too-slow': 'conversation.error.bodySlow',
};

/** A text and what it renders to, ready to be stored. */
export interface WriteUp {
  body: string;
  html: string;
  excerpt: string;
}

/**
 * Renders what somebody wrote. Before any transaction: rendering takes as long as it takes.
 * @throws Refusal of the field `body`.
 */
export async function writeUp(site: Site, body: string): Promise<WriteUp> {
  const rendered = await site.markdown.render(body);
  if (rendered.ok) {
    const html = await linkMentions(site.db.reader, rendered.html);
    return { body, html, excerpt: rendered.excerpt };
  }
  throw new Refusal('invalid', REASONS[rendered.reason], { field: 'body' });
}
