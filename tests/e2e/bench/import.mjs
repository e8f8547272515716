// A package of 500 MB, made on the spot, is opened: memory above the start, time, and whether progress
// was told. `cargo xtask bench import` builds and serves the app and runs this with ADDRESS and CHROMIUM
// set.

import { createHash, randomFillSync } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { zipped } from '../packet.mjs';

const VIDEOS = 5;
const BYTES = 100_000_000;
const LIMIT_MB = 150;

const folder = mkdtempSync(join(tmpdir(), 'zhixing-import-'));
const profile = join(folder, 'profile');

/** Memory of the browser that uses our profile, in MB: what is its own, and its part of what is shared. */
function memory() {
  let kilobytes = 0;
  for (const id of readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name))) {
    try {
      const ours = readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(profile);
      const parent = readFileSync(`/proc/${id}/status`, 'utf8');
      if (!ours && !family.has(Number(/PPid:\s+(\d+)/.exec(parent)?.[1]))) continue;
      family.add(Number(id));
      kilobytes += Number(/Pss:\s+(\d+)/.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))[1]);
    } catch {
      // It ended meanwhile.
    }
  }
  return kilobytes / 1_024;
}
const family = new Set();

const base = process.env.ADDRESS;
const fetched = async (path) => Buffer.from(await (await fetch(`${base}courses/p1-cases/${path}`)).arrayBuffer());
const course = JSON.parse(await fetched('course.json'));
course.id = 'tag:school.example,2026:course/large';
const files = new Map();
for (const { path } of course.files) files.set(path, await fetched(path));
for (let at = 0; at < VIDEOS; at += 1) files.set(`media/large-${at}.mp4`, randomFillSync(Buffer.alloc(BYTES)));
course.files = [...files].map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }));
const zip = join(folder, 'large.zip');
writeFileSync(zip, zipped([['course.json', JSON.stringify(course)], ...files]));
files.clear();

const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  locale: 'zh-CN',
});
try {
  const page = context.pages()[0];
  await page.goto(`${base}#/device`);
  await page.getByLabel('选课程包（.zip）').waitFor({ state: 'attached' });
  await page.waitForLoadState('networkidle');
  const before = memory();
  const begun = Date.now();
  await page.getByLabel('选课程包（.zip）').setInputFiles(zip);
  let most = before;
  const told = new Set();
  const opened = page.getByRole('banner').getByText(course.title['zh-CN']).waitFor({ timeout: 300_000 }).then(() => true);
  while (!(await Promise.race([opened, new Promise((later) => setTimeout(later, 100, false))]))) {
    most = Math.max(most, memory());
    told.add(await page.locator('.drop .number').textContent({ timeout: 50 }).catch(() => ''));
  }
  const seconds = (Date.now() - begun) / 1_000;
  const above = most - before;
  console.log(`${(VIDEOS * BYTES) / 1_000_000} MB in ${seconds.toFixed(1)} s; at most ${above.toFixed(0)} MB above the start (${before.toFixed(0)} MB), limit ${LIMIT_MB}; progress told ${told.size} times`);
  if (above > LIMIT_MB || told.size < 10) process.exitCode = 1;
} finally {
  await context.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
