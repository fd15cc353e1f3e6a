import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

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
 * Puts the project's JSON into files beside the program, which reads them when it starts. V8 keeps the words of
 * a program for as long as it runs, and of these it would keep them beside the data that they say.
 */
function dataBeside(): Plugin {
  const MARK = '\0data:';
  return {
    name: 'data-beside',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!source.endsWith('.json')) return null;
      const found = await this.resolve(source, importer, { skipSelf: true });
      if (!found || found.id.includes('/node_modules/')) return null;
      // Not by the name of a JSON file, which Vite would turn into a program.
      return MARK + found.id.replace(/\.json$/, '');
    },
    load(id) {
      if (!id.startsWith(MARK)) return null;
      const file = `${id.slice(MARK.length)}.json`;
      this.addWatchFile(file);
      const source = JSON.stringify(JSON.parse(readFileSync(file, 'utf8')));
      const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8);
      const fileName = `data/${basename(file, '.json')}-${hash}.json`;
      this.emitFile({ type: 'asset', fileName, source });
      return {
        code: `import { readFileSync } from 'node:fs';
          export default JSON.parse(readFileSync(new URL('./${fileName}', import.meta.url), 'utf8'));`,
        map: null,
        moduleSideEffects: false,
        syntheticNamedExports: true,
      };
    },
  };
}

/**
 * Writes letters beyond ASCII as escapes also where esbuild leaves them, in regular expressions and comments: a
 * single one doubles what V8 keeps of a whole file. Lines stay as they are, so that source maps hold. In
 * `String.raw` only regular expressions may have such letters: they read the escape, other texts would keep it.
 */
function escaped(): Plugin {
  const asEscape = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return {
    name: 'escaped',
    enforce: 'post',
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is the range of ASCII.
    renderChunk: (code) => ({ code: code.replace(/[^\x00-\x7f]/g, asEscape), map: null }),
  };
}

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
  plugins: [dataBeside(), escaped()],
  esbuild: { charset: 'ascii', legalComments: 'none' },
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
