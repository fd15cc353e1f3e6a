import type { Session } from '~/domain/accounts/auth/sessions';
import type { Visitor } from '~/domain/accounts/users/visitor';
import type { AppContext } from '~/platform/app-context';
import type { Translator } from '~/platform/i18n/translator';
import type { Log } from './log';
import type { Traffic } from './metrics';

/** The visitor, language and client address of a request. */
export interface RequestContext {
  requestId: string;
  /** The method as sent; loaders that run after an action see a GET in their `request`. */
  method: string;
  visitor: Visitor;
  /** The session of a logged-in visitor; null for others. */
  session: Session | null;
  i18n: Translator;
  /** The client's IP address, found behind the trusted proxies. */
  address: string;
  /** Headers that a route wants to add to the response. */
  headers: Headers;
}

declare module '@remix-run/server-runtime' {
  // Tells the types of loaders about the flag of the same name in app/remix.tsx.
  interface Future {
    v3_singleFetch: true;
  }
  interface AppLoadContext {
    app: AppContext;
    log: Log;
    visit: RequestContext;
    traffic: Traffic;
  }
}
