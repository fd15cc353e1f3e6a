/**
 * `npm run dev`: serves, and rebuilds and restarts the server when a source file changes. Arguments
 * (`-- --demo`) are passed to the server. If a build fails, the last working build keeps running.
 */
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { isSource, root, SOURCES } from './prepare.mjs';

/**
 * Wait this long (ms) after a change, because editors write a file in several steps and several
 * files in a row.
 */
const SETTLE = 100;

let server = serve();
let build = null;
let timer;
let changedAgain = false;

// Not recursive: the root folder also contains what builds and servers write.
watch(root, (_, name) => changed(name));
for (const folder of SOURCES.filter((name) => !name.includes('.'))) {
  watch(join(root, folder), { recursive: true }, (_, name) => changed(join(folder, name ?? '')));
}
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, async () => {
    await Promise.all([build && stop(build), stop(server)]);
    process.exit(0);
  });
}

function changed(path) {
  if (!path || !isSource(path)) return;
  clearTimeout(timer);
  timer = setTimeout(rebuild, SETTLE);
}

async function rebuild() {
  changedAgain = build !== null;
  if (changedAgain) return;
  const started = Date.now();
  build = run('app/cli/build.mjs');
  const code = await ended(build);
  build = null;
  if (changedAgain) return rebuild();
  if (code !== 0) {
    console.error('The build failed. The last one that worked is still served.');
    return;
  }
  console.error(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
  await stop(server);
  server = serve();
}

function serve() {
  return run('app/cli/start.mjs', ...process.argv.slice(2));
}

function run(script, ...args) {
  return spawn(process.execPath, ['--enable-source-maps', join(root, script), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
}

function stop(child) {
  child.kill('SIGTERM');
  return ended(child);
}

function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  return new Promise((resolve) => child.once('exit', resolve));
}
