import type { Session } from '~/domain/accounts/auth/sessions';
import type { Visitor } from '~/domain/accounts/users/visitor';
import type { AppContext } from '~/platform/app-context';
import type { Translator } from '~/platform/i18n/translator';
import type { Log } from './log';
import type { Traffic } from './metrics';

/** One request: who asks, in which language, from where. */
export interface RequestContext {
  requestId: string;
  /** The method as sent; loaders that run after an action see a GET in their request. */
  method: string;
  visitor: Visitor;
  /** How the visitor logged in; null for those who did not. */
  session: Session | null;
  i18n: Translator;
  /** The network address of the client, behind as many proxies as are trusted. */
  address: string;
  /** What a route wants to add to the headers of the answer. */
  headers: Headers;
}

declare module '@remix-run/server-runtime' {
  // What the flag of the same name in app/remix.tsx means for the types of loaders.
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
