// A Learning Record Store for the tests: Learning Locker's own statements service, with everything
// in memory, on this computer alone.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
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
