// Sending under fire: a device full of records, a backend behind a proxy that hurts a share of all
// requests, a browser that is killed again and again. In the end both sides must hold the same set.

import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { setTimeout as pass } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { KillableBrowser } from './browser.mjs';
import { LEARNER, canonical, chain } from './chain.mjs';
import { freePort } from './lrs.mjs';
import { exported, packet, recordLines, takeIn, unpacked } from './packet.mjs';
import { zh as words } from './words.mjs';

const CLASS = 'tag:zhixing.example,2026:class/demo';
const key = (user) => `Basic ${Buffer.from(`${user}:${user}-2026`).toString('base64')}`;

/** Numbers from 0 to 1 that come again for the same seed (mulberry32). */
function chances(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What can happen to a request. Those that reach the backend come first. */
const FAULTS = [
  'reply lost', 'done twice', 'reply cut', 'slow',
  'request lost', 'login page', 'redirect', 'busy', 'bad gateway', 'no CORS',
];

/** A proxy before `target` that hurts a share of the requests; says what it did to how many. */
export async function proxy(target, share, seed) {
  const chance = chances(seed);
  const done = Object.fromEntries(['well', ...FAULTS].map((name) => [name, 0]));
  const port = await freePort();
  const open = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': 'Authorization, Content-Type' };
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    const ask = () =>
      fetch(new URL(request.url, target), {
        method: request.method,
        headers: Object.fromEntries(
          Object.entries(request.headers).filter(([name]) => !['host', 'connection', 'content-length'].includes(name)),
        ),
        body: body.length ? body : undefined,
        redirect: 'manual',
      });
    const pass_on = async (answer, cut = false) => {
      const whole = Buffer.from(await answer.arrayBuffer());
      const headers = Object.fromEntries([...answer.headers].filter(([name]) => !/^(content-length|transfer-encoding|connection)$/.test(name)));
      response.writeHead(answer.status, { ...headers, 'Content-Length': whole.length });
      if (cut) response.write(whole.subarray(0, whole.length / 2), () => response.destroy());
      else response.end(whole);
    };
    const hurt = chance() < share ? FAULTS[Math.floor(chance() * FAULTS.length)] : 'well';
    done[hurt] += 1;
    try {
      switch (hurt) {
        case 'reply lost':
          await ask();
          response.destroy();
          break;
        case 'done twice':
          await ask();
          await pass_on(await ask());
          break;
        case 'reply cut':
          await pass_on(await ask(), true);
          break;
        case 'slow':
          await pass(1_500);
          await pass_on(await ask());
          break;
        case 'request lost':
          response.destroy();
          break;
        case 'login page':
          response.writeHead(200, { ...open, 'Content-Type': 'text/html' }).end('<h1>请登录校园网</h1>');
          break;
        case 'redirect':
          response.writeHead(302, { ...open, Location: '/portal' }).end();
          break;
        case 'busy':
          response.writeHead(429, { ...open, 'Retry-After': '1' }).end('later');
          break;
        case 'bad gateway':
          response.writeHead(502, { ...open, 'Content-Type': 'text/html' }).end('<h1>Bad Gateway</h1>');
          break;
        case 'no CORS':
          response.writeHead(500).end();
          break;
        default:
          await pass_on(await ask());
      }
    } catch {
      response.destroy();
    }
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${port}/`, done, close: () => server.close() };
}

/** The reference backend with its demo class. */
export async function backend(port = 0) {
  port ||= await freePort();
  const own = fileURLToPath(new URL('../../target/debug/zhixing-backend', import.meta.url));
  const child = spawn(process.env.ZHIXING_BACKEND ?? own, ['--port', String(port), '--demo'], { stdio: 'ignore' });
  const address = `http://127.0.0.1:${port}/`;
  while (child.exitCode === null && !(await fetch(`${address}about`).then((answer) => answer.ok, () => false))) {
    await pass(100);
  }
  return { address, close: () => child.kill() };
}

/** The records of the demo class that `user` may see, as their texts. */
export async function records(address, user) {
  const all = [];
  for (let since = '', more = true; more; ) {
    const query = new URLSearchParams({ class: CLASS, limit: '100', ...(since && { since }) });
    const page = await (await fetch(`${address}records?${query}`, { headers: { Authorization: key(user) } })).json();
    all.push(...page.records.map(({ record }) => canonical(record)));
    since = page.next;
    more = page.more;
  }
  return all.sort();
}

/** How many records there are, without fetching them all every time. */
const enough = async (address, least) => (await records(address, 'chen')).length >= least;

/** Signs in at the proxy; as often as it takes, for the check is hurt as everything else is. */
async function sign_in(page, app, address) {
  await page.goto(`${app}#/backend`);
  await page.getByLabel('后台的种类').selectOption('plain');
  await page.getByLabel('地址').fill(address);
  await page.getByLabel('登录名').fill('li-na');
  await page.getByLabel('密码').fill('li-na-2026');
  // What the form says; above it stands what is received meanwhile.
  const said = page.getByRole('status').locator('.saved, .fault').filter({ hasNotText: '正在检查' });
  for (;;) {
    await page.getByRole('button', { name: '检查并开始发送' }).click();
    if ((await said.innerText()).includes('后台可以用')) return;
  }
}

/** Runs it; answers what both sides hold in the end and what was done to the requests. */
export async function soak({ app, count, kills, share = 0.3, seed = 1, say = () => {} }) {
  const server = await backend();
  const between = await proxy(server.address, share, seed);
  const browser = new KillableBrowser();
  try {
    let page = await browser.start();
    await page.goto(`${app}#/records`);
    const own = JSON.parse(recordLines(unpacked((await exported(page, words)).bytes))[0]).registration;
    const start = Date.now() - 86_400_000;
    const made = [...chain(count, (seq) => ({
      kind: 'studied', audience: 'tutor', registration: own, actor: LEARNER, at: start + seq * 1_000,
      body: {
        elapsedMs: 1_000, medium: { kind: 'video' }, session: '03030303-0303-4303-8303-030303030303',
        segments: [[seq * 90, seq * 90 + 1_000]], startedAt: start + seq * 1_000, step: 'm1t1-video',
      },
    }))];
    const file = { name: 'own.zip', mimeType: 'application/zip', buffer: packet(made) };
    await takeIn(page, words, file);
    await page.getByRole('main').getByRole('status').getByText(/新增/).waitFor();
    await sign_in(page, app, between.address);
    for (let killed = 1; killed <= kills; killed += 1) {
      const least = Math.floor((count * killed) / (kills + 1));
      while (!(await enough(server.address, least))) await pass(50);
      await browser.kill();
      say(`killed ${killed} of ${kills}: ${(await records(server.address, 'chen')).length} records there`);
      page = await browser.start();
      await sign_in(page, app, between.address);
    }
    await page.getByRole('banner').getByRole('link', { name: '后台已收' }).waitFor({ timeout: 600_000 });
    await page.goto(`${app}#/records`);
    const lines = recordLines(unpacked((await exported(page, words)).bytes));
    const here = lines.filter((line) => JSON.parse(line).audience !== 'private').sort();
    return { here, there: await records(server.address, 'chen'), requests: between.done };
  } finally {
    await browser.remove();
    between.close();
    server.close();
  }
}
