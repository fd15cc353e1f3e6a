/**
 * Entry point of every `npm` command: `node app/cli/launch.mjs [--build] SCRIPT [ARGUMENTS]` runs a
 * script on a supported version of Node. It first installs the packages and, with `--build`, builds
 * the product, each only if it is out of date. It must run from a bare clone, so it uses only Node
 * itself, in JavaScript that Node 18 can read.
 */
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bringNode, OLDEST_NODE, PINNED_NODE, runningNode } from './node.mjs';
import { buildIfStale, install, root } from './prepare.mjs';

if (runningNode() < OLDEST_NODE) continueOnPinnedNode();
else await launch();

async function launch() {
  stopWithLauncher();
  const args = process.argv.slice(2);
  const build = args[0] === '--build';
  const [script, ...rest] = build ? args.slice(1) : args;
  const file = join(root, script);
  try {
    await install();
    if (build) buildIfStale();
  } catch (error) {
    fail(error);
  }
  process.argv = [process.argv[0], file, ...rest];
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(file).href);
}

/** Runs the same command on the pinned Node and exits with its exit code. */
function continueOnPinnedNode() {
  let bin;
  try {
    bin = bringNode(PINNED_NODE);
  } catch (error) {
    fail(error, `Causeway needs Node ${OLDEST_NODE} or newer: https://nodejs.org/`);
  }
  const args = [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  const child = spawn(join(bin, 'node'), args, {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, PATH: bin + delimiter + process.env.PATH },
  });
  child.on('error', (error) => fail(error, 'The Node in .node/ does not run on this machine.'));
  // A terminal signals the whole process group, so Ctrl-C reaches the child anyway.
  const forward = (signal) => process.stdin.isTTY || child.kill(signal);
  process.on('SIGINT', forward);
  process.on('SIGHUP', forward);
  process.on('SIGTERM', (signal) => child.kill(signal));
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

/**
 * If the launcher is killed, it cannot pass the signal on; the child notices that its channel is
 * closed.
 */
function stopWithLauncher() {
  if (!process.channel) return;
  process.channel.unref();
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}

function fail(error, advice) {
  console.error(error.message);
  if (advice) console.error(advice);
  process.exit(1);
}
