import type { AppLoadContext } from '@remix-run/node';
import type { Session } from '~/domain/accounts/auth/sessions';
import type { Visitor } from '~/domain/accounts/users/visitor';
import type { AppContext } from '~/platform/app-context';
import type { SiteTranslator } from '~/platform/community/site-translator';
import type { KeptForm } from '~/platform/form-state';
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
  i18n: SiteTranslator;
  /** The client's IP address, found behind the trusted proxies. */
  address: string;
  /** Headers that a route wants to add to the response. */
  headers: Headers;
  /** True if the form is larger than any that is accepted: it can only be shown again. */
  tooLarge: boolean;
  /** The status of a response that shows the form again; null if there is none. */
  answered: number | null;
  /** On an error page, the form that could not be processed. */
  kept: KeptForm | null;
}

/** What loaders and actions get. */
export interface RouteArgs {
  request: Request;
  context: AppLoadContext;
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
