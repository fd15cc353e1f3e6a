/** The built product of a checkout, running as a demo in its own folder. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The public URL in links; the port that the server listens on differs between runs. */
export const ORIGIN = 'http://localhost:3000';

/** A Friday, one second after the half minute, so that no 30-second schedule is due soon. */
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
    // Every request may use its own IP address, so that rate limits by network are not reached.
    TRUST_PROXY: '1',
    LOG_LEVEL: 'error',
    DATABASE_URL: `file:${join(data, 'demo.db')}`,
    OUTBOX_DIR: join(data, 'demo-outbox'),
    COMPARE_CLOCK: join(home, 'clock'),
    NODE_OPTIONS: `--require ${SAMENESS}`,
  };

  /**
   * Returns the command of `npm run NAME`, for running in another folder: the product stores its
   * data in the current folder.
   */
  function script(name) {
    const { scripts } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'));
    const [command, ...args] = scripts[name].replace(/^exec /, '').split(' ');
    // Only the script that Node runs needs an absolute path; a launcher finds other files from the
    // checkout.
    const program = args.findIndex((arg) => existsSync(join(checkout, arg)));
    return [command, args.with(program, join(checkout, args[program]))];
  }

  return {
    home,
    outbox: environment.OUTBOX_DIR,
    advance,
    /** Builds with the checkout's own script; throws its output on failure. */
    async build() {
      const { PATH, HOME } = process.env;
      const { code, stderr } = await run('npm', ['run', 'build'], { PATH, HOME }, checkout);
      if (code !== 0) throw new Error(`the build of ${checkout} failed:\n${stderr}`);
    },
    /** Starts the server; returns its URL, its output and `stop`. */
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
    /** Runs an operator's command; returns its output and exit code. */
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
