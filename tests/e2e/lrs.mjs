// A Learning Record Store for the tests: Learning Locker's own statements service, with everything
// in memory, on this computer alone.

import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);

/** A port that nobody listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** What the service takes for a sign-in. */
export const KEY = { user: 'test', password: 'test' };
const HEADERS = {
  Authorization: `Basic ${Buffer.from(`${KEY.user}:${KEY.password}`).toString('base64')}`,
  'X-Experience-API-Version': '1.0.3',
};

/** The service, once it answers. */
export async function store() {
  const port = await freePort();
  const main = require.resolve('@learninglocker/xapi-statements/dist/index.js');
  const here = fileURLToPath(new URL('./loopback.cjs', import.meta.url));
  const child = spawn(process.execPath, ['--require', here, main], {
    cwd: join(dirname(main), '..'),
    stdio: 'ignore',
    env: {
      ...process.env,
      AUTH_REPO: 'test',
      EVENTS_REPO: 'test',
      MODELS_REPO: 'memory',
      STORAGE_REPO: 'memory',
      SERVICE_AWAIT_UPDATES: 'true',
      EXPRESS_PORT: String(port),
    },
  });
  const address = `http://127.0.0.1:${port}/xAPI/`;
  const answers = () => fetch(`${address}statements?limit=1`, { headers: HEADERS }).then((answer) => answer.ok, () => false);
  while (child.exitCode === null && !(await answers())) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { address, statements: () => everything(address), close: () => child.kill() };
}

/** Ralph, another store, of the Python environment that ZHIXING_RALPH names; nothing without it. */
export async function ralph() {
  const programs = join(process.env.ZHIXING_RALPH, 'bin');
  const folder = mkdtempSync(join(tmpdir(), 'zhixing-ralph-'));
  const env = {
    ...process.env,
    RALPH_APP_DIR: folder,
    RALPH_AUTH_FILE: join(folder, 'auth.json'),
    RALPH_RUNSERVER_BACKEND: 'fs',
    RALPH_BACKENDS__LRS__FS__DEFAULT_DIRECTORY_PATH: folder,
    // It lets in whom it is told of, and nobody by a star.
    RALPH_RUNSERVER_CORS_ALLOW_ORIGINS: JSON.stringify([`http://127.0.0.1:${process.env.ZHIXING_PORT ?? '8099'}`]),
  };
  const { user, password } = KEY;
  const sign = ['auth', '-u', user, '-p', password, '-s', 'all', '-M', 'mailto:test@example.org', '-N', 'test', '-w'];
  execFileSync(join(programs, 'ralph'), sign, { env, stdio: 'ignore' });
  const port = await freePort();
  const here = fileURLToPath(new URL('./serve_ralph.py', import.meta.url));
  const child = spawn(join(programs, 'python'), [here, String(port)], { cwd: folder, stdio: process.env.LOUD ? 'inherit' : 'ignore', env });
  const address = `http://127.0.0.1:${port}/xAPI/`;
  const answers = () => fetch(`http://127.0.0.1:${port}/__lbheartbeat__`).then((answer) => answer.ok, () => false);
  while (child.exitCode === null && !(await answers())) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { address, statements: () => everything(address), close: () => child.kill() };
}

/** xapi-rs (xAPI 2.0), the program that ZHIXING_XAPIRS names, over a PostgreSQL of its own. */
export async function xapiRs() {
  const folder = mkdtempSync(join(tmpdir(), 'zhixing-xapi-'));
  const [database, port, front] = await Promise.all([freePort(), freePort(), freePort()]);
  const cluster = postgres(folder, database);
  // It expects these where it runs.
  for (const name of ['logs', 'static', 'static/s']) mkdirSync(join(folder, name));
  const program = process.env.ZHIXING_XAPIRS;
  // Whoever signs in vouches for statements there, so it is an address.
  const key = { ...KEY, user: 'admin@my.xapi.net' };
  const child = spawn(program, [], {
    cwd: folder,
    stdio: process.env.LOUD ? 'inherit' : 'ignore',
    env: {
      ...process.env,
      CARGO_MANIFEST_DIR: folder,
      DB_SERVER_URL: `postgresql://zhixing:zhixing@127.0.0.1:${database}`,
      DB_NAME: 'xapi',
      DB_MAX_CONNECTIONS: '8',
      DB_MIN_CONNECTIONS: '1',
      DB_ACQUIRE_TIMEOUT_SECS: '8',
      DB_IDLE_TIMEOUT_SECS: '8',
      DB_MAX_LIFETIME_SECS: '600',
      DB_STATEMENTS_PAGE_LEN: '100',
      LRS_HOST: '127.0.0.1',
      LRS_PORT: String(port),
      LRS_AUTHORITY_IFI: key.user,
      LRS_MODE: 'auth',
      LRS_ROOT_EMAIL: key.user,
      LRS_ROOT_PASSWORD: key.password,
      LRS_USER_CACHE_LEN: '10',
      LRS_EXTERNAL_URL: `http://127.0.0.1:${front}/`,
      EXT_DEFAULT_LANGUAGE: 'en',
      JWS_STRICT: 'false',
      RUST_LOG: 'error',
      ROCKET_ADDRESS: '127.0.0.1',
      ROCKET_PORT: String(port),
      ROCKET_SECRET_KEY: randomBytes(32).toString('base64'),
    },
  });
  const open = await openly(`http://127.0.0.1:${port}`, front);
  const address = `http://127.0.0.1:${front}/`;
  const Authorization = `Basic ${Buffer.from(`${key.user}:${key.password}`).toString('base64')}`;
  const headers = { Authorization, 'X-Experience-API-Version': '2.0.0' };
  const answers = () => fetch(`${address}about`, { headers }).then((answer) => answer.ok, () => false);
  const close = () => {
    child.kill();
    open.close();
    cluster.close();
  };
  while (!(await answers())) {
    if (child.exitCode !== null) {
      close();
      throw new Error('xapi-rs ended');
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return { address, key, close };
}

/** A PostgreSQL cluster in a folder, run as its own user: it refuses to be run as root. */
function postgres(folder, port) {
  const programs = process.env.ZHIXING_POSTGRES ?? '/usr/lib/postgresql/15/bin';
  const data = join(folder, 'postgres');
  const own = process.getuid() === 0 ? ['runuser', '-u', 'postgres', '--'] : [];
  const run = (program, ...rest) => {
    const [command, ...before] = [...own, join(programs, program)];
    execFileSync(command, [...before, ...rest], { stdio: 'ignore', cwd: folder });
  };
  chmodSync(folder, 0o777);
  run('initdb', '-D', data, '-A', 'trust', '-U', 'zhixing');
  const options = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories=${folder} -c fsync=off`;
  run('pg_ctl', '-D', data, '-w', '-l', join(folder, 'postgres.log'), '-o', options, 'start');
  run('createdb', '-h', '127.0.0.1', '-p', String(port), '-U', 'zhixing', 'xapi');
  return { close: () => run('pg_ctl', '-D', data, '-m', 'immediate', 'stop') };
}

/** A door before a store that lets no page of another origin in: it passes everything on, openly. */
async function openly(target, port) {
  const open = {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Headers': 'Authorization, Content-Type, X-Experience-API-Version',
    'Access-Control-Allow-Methods': 'GET, POST, PUT',
  };
  const server = createHttpServer(async (request, response) => {
    if (request.method === 'OPTIONS') {
      response.writeHead(204, open).end();
      return;
    }
    const parts = [];
    for await (const part of request) parts.push(part);
    const left = ['host', 'connection', 'content-length', 'origin', 'referer'];
    const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !left.includes(name)));
    const body = parts.length ? Buffer.concat(parts) : undefined;
    try {
      const answer = await fetch(new URL(request.url, target), { method: request.method, headers, body, redirect: 'manual' });
      const whole = Buffer.from(await answer.arrayBuffer());
      const own = ['content-length', 'transfer-encoding', 'connection', 'content-encoding'];
      const told = Object.fromEntries([...answer.headers].filter(([name]) => !own.includes(name)));
      response.writeHead(answer.status, { ...told, ...open, 'Content-Length': whole.length }).end(whole);
    } catch {
      response.destroy();
    }
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { close: () => server.close() };
}

/** json-server, which serves lists of anything and gives every item an id of its own making. */
export async function lists() {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'zhixing-lists-'));
  const file = join(folder, 'db.json');
  writeFileSync(file, JSON.stringify({ records: [], statements: [] }));
  const main = join(dirname(require.resolve('json-server/package.json')), 'lib/bin.js');
  const child = spawn(process.execPath, [main, '--host', '127.0.0.1', '--port', String(port), file], { stdio: 'ignore', cwd: folder });
  const address = `http://127.0.0.1:${port}/`;
  const answers = () => fetch(`${address}records`).then((answer) => answer.ok, () => false);
  while (child.exitCode === null && !(await answers())) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { address, close: () => child.kill() };
}

/** All statements, page by page. */
async function everything(address) {
  const all = [];
  let next = `${address}statements?limit=100&ascending=true`;
  while (next) {
    const page = await (await fetch(next, { headers: HEADERS })).json();
    all.push(...page.statements);
    next = page.more ? new URL(page.more, address).href : '';
  }
  return all;
}
