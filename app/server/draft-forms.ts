import type { AppLoadContext } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { z } from 'zod';
import { type SignUp, signUp } from '~/domain/accounts/auth/sign-up';
import { dropPosted, saveDraft } from '~/domain/forum/drafts/drafts';
import { giveWaiting, keepWaiting, offerWaiting } from '~/domain/publishing/pending-submissions';
import { DomainError } from '~/platform/errors';
import type { FormState } from '~/platform/form-state';
import { digestOf, newToken } from '~/platform/ids';
import { readEmail } from '~/platform/mail/email-address';
import { pathTo } from '~/platform/paths';
import { countUse } from '~/platform/rate-limits/limiter';
import type { TypedFields } from '~db/schema/writing';
import { isStorageTrouble } from '~db/storage-errors';
import { arrivedCookie, linkCookie } from './cookies';
import { keyOfText, readFields, submit } from './forms';
import { checkHoneypot } from './honeypot';
import { rememberPlace } from './remembered-place';
import type { RouteArgs } from './request-context';
import { rememberSent } from './sent-mail';

interface Where {
  /** The place of the draft: see `drafts.place`. */
  place: string;
  /** The URL of the form's page. */
  back: string;
}

const anything = z.object({});

/**
 * Handles a form that writes a post, so that no text of a logged-in person is lost. The button
 * "Save draft" saves the text; so does every submission that is not posted, such as a preview, an
 * invalid field or a refusal. A posted text is removed from the drafts.
 */
export async function withDraft<R>(
  { request, context }: RouteArgs,
  where: (typed: TypedFields) => Promise<Where>,
  work: () => Promise<R>,
) {
  const { app, visit } = context;
  const { person } = visit.visitor;
  if (!person) return work();
  const typed = await readFields(request);
  const { place, back } = await where(typed);
  const base = typed.draft?.[0];
  const about = [`person:${person.id}`] as const;
  const save = () =>
    app.db.write((tx) => saveDraft(tx, app.clock, person.id, place, typed, base), { about });

  /** Saves the draft if possible; the response contains the text anyway. */
  async function keepAnyway(): Promise<void> {
    try {
      await countUse(app, 'draft', person?.id ?? '');
      await save();
    } catch (error) {
      if (!isStorageTrouble(error) && !(error instanceof DomainError)) throw error;
    }
  }

  if (typed.save && !visit.tooLarge) {
    return submit({ request, context }, anything, async () => {
      await countUse(app, 'draft', person.id);
      await save();
      return redirect(back, 303);
    });
  }
  const answer = await work().catch(async (error) => {
    // For example, a moderator hid the thread meanwhile.
    await keepAnyway();
    throw error;
  });
  const posted = answer instanceof Response;
  // If nothing can be stored at the moment, a draft cannot be stored either: trying again would
  // only make the person wait longer.
  if (!posted && statusOf(answer) === 503) return answer;
  if (!posted) {
    // A text that is posted already needs no draft.
    if (!isRepeated(answer)) await keepAnyway();
    return answer;
  }
  confirmArrival(context, typed);
  const body = typed.body?.[0] ?? '';
  await dropPosted(app, person.id, place, { body, base }).catch((error: unknown) => {
    if (!isStorageTrouble(error)) throw error;
  });
  return answer;
}

/** Returns the HTTP status of a response that `submit` made with `data`. */
function statusOf(answer: unknown): number | undefined {
  return (answer as { init?: ResponseInit | null } | null)?.init?.status;
}

function isRepeated(answer: unknown): boolean {
  const { data } = (answer ?? {}) as { data?: Partial<FormState> | null };
  return data?.errors?.again !== undefined;
}

/** Tells the script that keeps the text on the device that the text has arrived. */
export function confirmArrival({ app, visit }: AppLoadContext, typed: TypedFields): void {
  const key = typed.key?.[0] ?? '';
  if (!typed.tell || !/^[\w-]{1,64}$/.test(key)) return;
  visit.headers.append('Set-Cookie', arrivedCookie(key, app.config.origin));
}

/**
 * Stores what a visitor without an account sent. If the form has an email address, sends the link
 * that posts it; otherwise redirects to the page that asks for one. The place is remembered in the
 * browser.
 * @throws DomainError `too-many`, `invalid` for the address, or `refused` if a program seems to have
 * filled in the form.
 */
export async function askForAccount(
  { request, context }: RouteArgs,
  place: string,
  fields: TypedFields,
): Promise<Response> {
  const { app, visit } = context;
  const { homepage, started } = fields;
  const email = fields.email?.[0]?.trim() ?? '';
  if (email !== '' && !readEmail(email)) {
    throw new DomainError('invalid', 'people.error.email', { field: 'email' });
  }
  checkHoneypot(app, { homepage: homepage?.[0] ?? '', started: started && Number(started[0]) });
  const language = visit.i18n.locale;
  const token = await keepWaiting(app, { place, fields, language, address: visit.address });
  rememberPlace({ request, context }, fields);
  if (email === '') return redirect(pathTo('/join/:token', { token }), 303);
  const given = { email, handle: null, password: null };
  // The page is shared by all visitors, so the key comes from what was sent, places and kinds included.
  const { key: _own, started: _now, homepage: _trap, ...sent } = fields;
  const key = keyOfText(place, email, JSON.stringify(sent));
  return redirect(await signUpForWaiting(context, { token, place }, { ...given, key }), 303);
}

/**
 * Creates the account for which something waits, and sends its link. In this browser, opening the
 * link is enough. Returns the path of the next page. `place` is undefined if nothing waits any more.
 * @throws DomainError as `signUp` does.
 */
export async function signUpForWaiting(
  context: AppLoadContext,
  { token, place }: { token: string; place: string | undefined },
  given: Pick<SignUp, 'email' | 'handle' | 'password' | 'key'>,
): Promise<string> {
  const { app, visit } = context;
  // Set in any case, so that the response does not reveal whether the address has an account.
  let link = newToken();
  const sent = await signUp(app, {
    ...given,
    redirectTo: null,
    language: visit.i18n.locale,
    address: visit.address,
    onLink: (linkToken) => {
      link = linkToken;
    },
    onAccount: {
      made: (tx, userId) => giveWaiting(tx, app.clock, token, userId),
      known: (tx, userId) => offerWaiting(tx, app.clock, token, userId),
    },
  });
  visit.headers.append('Set-Cookie', linkCookie(digestOf(link), app.config.origin, 'account'));
  // When a form is sent twice, nothing waits the second time; the cookie of the first time stays.
  if (place !== undefined) rememberSent(context, pathTo('/signup/sent'), given.email, place);
  return sent;
}
