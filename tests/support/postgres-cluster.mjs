/**
 * A temporary PostgreSQL cluster on loopback, created, started and removed by the tests. The server
 * refuses to run as root, so root starts it as an unprivileged user.
 */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const DEBIAN = '/usr/lib/postgresql';

/**
 * Settings for a server that lives for one test run: its data may be lost, so nothing is synced to
 * disk, and no table lives long enough to need a vacuum.
 */
const SETTINGS = {
  fsync: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  wal_level: 'minimal',
  max_wal_size: '256MB',
  max_wal_senders: '0',
  max_connections: '300',
  listen_addresses: '127.0.0.1',
};

/**
 * Starts a cluster in a temporary folder in `parent`, with other settings where they are given;
 * `url` opens its database `postgres` as superuser. Null if PostgreSQL is not installed.
 */
export async function startCluster(parent, others = {}) {
  const programs = findPrograms();
  if (!programs) return null;
  const user = unprivileged();
  const folder = mkdtempSync(join(parent, 'causeway-postgres-'));
  const data = join(folder, 'data');
  const password = randomBytes(16).toString('hex');
  const secret = join(folder, 'password');
  writeFileSync(secret, password, { mode: 0o600 });
  if (user.uid !== undefined)
    for (const path of [folder, secret]) chownSync(path, user.uid, user.gid);

  const made = spawnSync(
    join(programs, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'causeway',
      '--auth=password',
      `--pwfile=${secret}`,
      '--no-sync',
      '-E',
      'UTF8',
      '--locale=C',
    ],
    { ...user, cwd: '/', encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);

  const port = await freePort();
  const settings = { ...SETTINGS, ...others, port, unix_socket_directories: folder };
  const server = spawn(
    join(programs, 'postgres'),
    [
      '-D',
      data,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    { ...user, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise((resolve) => server.on('exit', resolve));
  await ready(server, ended);
  return {
    url: `postgres://causeway:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      // Fast shutdown: ends open sessions.
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Installs Debian's package, if we have the permission; it must not start its own server. */
export function installPostgres() {
  const isRoot = process.getuid?.() === 0;
  if (findPrograms() || !isRoot || !existsSync('/usr/bin/apt-get')) return;
  console.log("Installing Debian's PostgreSQL for the tests on it…");
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  const install = ['install', '-y', '-q', '--no-install-recommends'];
  spawnSync('apt-get', ['update', '-q'], options);
  spawnSync('apt-get', [...install, 'postgresql-common'], options);
  const choices = '/etc/postgresql-common/createcluster.conf';
  if (existsSync('/etc/postgresql-common')) {
    writeFileSync(choices, 'create_main_cluster = false\n', { flag: 'a' });
  }
  spawnSync('apt-get', [...install, 'postgresql'], options);
}

/** Returns the folder of the newest PostgreSQL's programs. */
function findPrograms() {
  const versions = existsSync(DEBIAN)
    ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a))
    : [];
  const folders = [
    ...versions.map((version) => join(DEBIAN, version, 'bin')),
    ...(process.env.PATH ?? '').split(':'),
  ];
  const all = (folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name)));
  return folders.find(all) ?? null;
}

/** Returns the user that runs the server: the one that runs the tests, but never root. */
function unprivileged() {
  if (process.getuid?.() !== 0) return {};
  const name = idOf('-u', 'postgres') === null ? 'nobody' : 'postgres';
  return { uid: idOf('-u', name) ?? 65_534, gid: idOf('-g', name) ?? 65_534 };
}

function idOf(which, name) {
  const asked = spawnSync('id', [which, name], { encoding: 'utf8' });
  return asked.status === 0 ? Number(asked.stdout) : null;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function ready(server, ended) {
  let said = '';
  const up = new Promise((resolve) => {
    server.stderr.on('data', (chunk) => {
      said = (said + chunk).slice(-4_000);
      if (said.includes('ready to accept connections')) resolve('up');
    });
  });
  if ((await Promise.race([up, ended])) !== 'up')
    throw new Error(`PostgreSQL did not start: ${said}`);
}
