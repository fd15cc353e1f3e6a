/** The built product of a checkout, running as a demonstration in a folder of its own. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The public address in links; where the server listens differs from run to run. */
export const ORIGIN = 'http://localhost:3000';

/** A Friday, and a second after which no schedule of half a minute is due for long. */
const BEGIN = Date.parse('2026-11-20T12:00:31Z');
const SAMENESS = fileURLToPath(new URL('sameness.cjs', import.meta.url));
const PATIENCE = 300_000;

export function createProduct(checkout, home) {
  const data = join(home, 'data');
  mkdirSync(data, { recursive: true });
  const clockFile = openSync(join(home, 'clock'), 'w');
  let now = BEGIN;
  const advance = (ms) => {
    now += ms;
    writeSync(clockFile, String(now), 0);
  };
  advance(0);
  const environment = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    TZ: 'UTC',
    ORIGIN,
    // Every request may come from an address of its own, so that no limit by network is met.
    TRUST_PROXY: '1',
    LOG_LEVEL: 'error',
    DATABASE_URL: `file:${join(data, 'demo.db')}`,
    OUTBOX_DIR: join(data, 'demo-outbox'),
    COMPARE_CLOCK: join(home, 'clock'),
    NODE_OPTIONS: `--require ${SAMENESS}`,
  };

  /** What `npm run NAME` runs, for another folder: the product keeps its data where it is started. */
  function script(name) {
    const { scripts } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'));
    const [command, ...args] = scripts[name].replace(/^exec /, '').split(' ');
    // The file that Node runs; a launcher looks for others from the checkout itself.
    const program = args.findIndex((arg) => existsSync(join(checkout, arg)));
    return [command, args.with(program, join(checkout, args[program]))];
  }

  return {
    home,
    outbox: environment.OUTBOX_DIR,
    advance,
    /** Builds with the checkout's own script; gives nothing, throws what went wrong. */
    async build() {
      const { PATH, HOME } = process.env;
      const { code, stderr } = await run('npm', ['run', 'build'], { PATH, HOME }, checkout);
      if (code !== 0) throw new Error(`the build of ${checkout} failed:\n${stderr}`);
    },
    /** Starts the server; gives its address, what it printed and `stop`. */
    async start() {
      const port = await freePort();
      const [command, args] = script('start');
      const env = { ...environment, PORT: String(port), HOST: '127.0.0.1' };
      const child = spawn(command, [...args, '--demo'], { cwd: home, env });
      process.once('exit', () => child.kill());
      const ended = new Promise((resolve) => child.on('close', resolve));
      let said = '';
      await new Promise((resolve, reject) => {
        const read = (chunk) => {
          said += chunk;
          if (/is at http/.test(said)) resolve();
        };
        child.stdout.on('data', read);
        child.stderr.on('data', read);
        const fail = () => reject(new Error(`the server did not start:\n${said}`));
        child.on('close', fail);
        setTimeout(fail, PATIENCE).unref();
      });
      if (!existsSync(join(data, 'demo.db'))) {
        child.kill();
        throw new Error('the server keeps its data elsewhere than in the folder it is started in');
      }
      return {
        url: `http://127.0.0.1:${port}`,
        said: said.replaceAll(String(port), '{port}'),
        async stop() {
          child.kill('SIGTERM');
          await ended;
        },
      };
    },
    /** Runs an operator's command; gives what it printed and its exit code. */
    command(args, input = '') {
      advance(1);
      const [command, own] = script('causeway');
      return run(command, [...own, ...args], environment, home, input);
    },
    close: () => closeSync(clockFile),
  };
}

function run(command, args, env, cwd, input = '') {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, timeout: PATIENCE });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.end(input);
  });
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
