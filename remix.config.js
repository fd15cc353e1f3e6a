/**
 * Remix's configuration for this site; `app/remix.tsx` passes it to the request handler. Vite
 * builds the routes with everything else (`vite.config.ts`), and `app/routes.ts` lists every URL.
 */
export default {
  publicPath: '/',
  future: {
    v3_fetcherPersist: true,
    v3_lazyRouteDiscovery: false,
    v3_relativeSplatPath: true,
    v3_singleFetch: true,
    v3_throwAbortReason: true,
  },
};
