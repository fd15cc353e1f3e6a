import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/**
 * Packages that are built into the program. Node looks up and reads each module of the others by
 * itself at every start, and these have hundreds. All that import one another are listed together,
 * so that none is loaded twice.
 */
const BUNDLED = [
  ...['drizzle-orm', 'hono', 'zod', 'zod-openapi'],
  ...['diff', 'nodemailer', 'postal-mime', 'rate-limiter-flexible'],
];

const tokens = readFileSync(new URL('./app/ui/styles/tokens.css', import.meta.url), 'utf8');
const declared = new Set(tokens.match(/--[\w-]+(?=:)/g));
/** The names of the design tokens in the built style sheets: short, for slow connections. */
const SHORT = new Map([...declared].map((name, at) => [name, `--${(at + 10).toString(36)}`]));
const shortened = (css: string) => css.replace(/--[\w-]+/g, (name) => SHORT.get(name) ?? name);

/**
 * Builds everything that Node runs as one program with several entry points, so that no module is
 * loaded twice in a process. Style sheets and other files linked by pages are built along with it.
 */
export default defineConfig({
  publicDir: false,
  resolve: {
    alias: {
      '~': fileURLToPath(new URL('./app', import.meta.url)),
      '~db': fileURLToPath(new URL('./db', import.meta.url)),
    },
  },
  css: {
    postcss: {
      plugins: [
        {
          postcssPlugin: 'short-tokens',
          Declaration(declaration) {
            declaration.prop = shortened(declaration.prop);
            declaration.value = shortened(declaration.value);
          },
        },
      ],
    },
  },
  ssr: { noExternal: BUNDLED },
  build: {
    ssr: true,
    ssrEmitAssets: true,
    target: 'node22',
    sourcemap: true,
    outDir: 'build',
    assetsInlineLimit: 0,
    cssMinify: true,
    cssTarget: 'chrome120',
    rollupOptions: {
      input: {
        serve: 'app/cli/serve.ts',
        causeway: 'app/cli/causeway.ts',
        server: 'app/cli/start-server.ts',
        routes: 'app/remix.tsx',
        'markdown-worker': 'app/platform/markdown/worker.ts',
      },
      // About comments in these packages, which change nothing.
      onwarn: (warning, warn) => warning.code === 'INVALID_ANNOTATION' || warn(warning),
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
