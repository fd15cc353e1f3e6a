import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import type { MessageKey } from '~/platform/i18n/translator';
import { isTooLarge } from '~/platform/markdown/source';
import { linkMentions } from './mentions';

const REASONS: Record<'empty' | 'too-long' | 'too-large' | 'too-deep' | 'too-slow', MessageKey> = {
  empty: 'conversation.error.bodyEmpty',
  'too-long': 'conversation.error.bodyLong',
  'too-large': 'conversation.error.bodyLarge',
  'too-deep': 'conversation.error.bodyDeep',
  'too-slow': 'conversation.error.bodySlow',
};

/** A text with its rendered HTML, ready to be stored. */
export interface RenderedBody {
  body: string;
  html: string;
  excerpt: string;
}

/**
 * Renders a post's text. Call it before any transaction, because rendering may take long.
 * @throws DomainError for the form field `field`.
 */
export async function renderBody(
  app: AppContext,
  body: string,
  field = 'body',
): Promise<RenderedBody> {
  const rendered = await app.markdown.render(body);
  if (!rendered.ok) throw refusal(rendered.reason, field);
  const html = await linkMentions(app.db.reader, rendered.html);
  if (isTooLarge(html)) throw refusal('too-large', field);
  return { body, html, excerpt: rendered.excerpt };
}

function refusal(reason: keyof typeof REASONS, field: string): DomainError {
  return new DomainError('invalid', REASONS[reason], { field });
}
