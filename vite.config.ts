import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/**
 * Builds all that Node runs as one program with several beginnings, so that no module is in a process
 * twice. What pages link to, as the style sheets, is made on the way.
 */
export default defineConfig({
  publicDir: false,
  resolve: {
    alias: {
      '~': fileURLToPath(new URL('./app', import.meta.url)),
      '~db': fileURLToPath(new URL('./db', import.meta.url)),
    },
  },
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
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
