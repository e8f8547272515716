// A session of study that is killed again and again at random moments, and an oracle that knows what
// was done: how much of it is there after each kill.

import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { KillableBrowser } from './browser.mjs';
import { LEARNER, chain } from './chain.mjs';
import { dump, fill } from './database.mjs';
import { packet, takeIn, zipped } from './packet.mjs';
import { Site } from './site.mjs';
import { begunAnew, credited, recordsCount, seek } from './study.mjs';
import { zh } from './words.mjs';

/** A device is used for so many kills before a fresh one is taken. */
const PER_DEVICE = 12;
/** What a kill may cost, in seconds; the meter shows whole seconds, so one more may be cut off. */
const COST_S = 2;

/** Numbers between 0 and 1 that are the same each time (Lehmer). */
function randomOf(seed) {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** The whole course, or what is still to come of it. */
const DOWNLOAD = new RegExp(`^下载.*${zh.wholeCourse}`);

/** A database of the first version. */
const OLD = (() => {
  const { stores } = JSON.parse(readFileSync(new URL('fixtures/database-4.json', import.meta.url)));
  const first = ['profiles', 'log', 'ids', 'drafts', 'running', 'snapshots', 'places'];
  return { version: 1, stores: Object.fromEntries(first.map((name) => [name, stores[name]])) };
})();

/** A course as a package of 40 MB, as a file: so much does not go through the debugging port. */
function packageIn(folder) {
  const site = new Site();
  const course = JSON.parse(site.bytes('courses/p1-cases/course.json'));
  course.id = 'tag:school.example,2026:course/from-a-stick';
  course.title = { 'zh-CN': zh.stickTitle };
  const files = new Map(course.files.map(({ path }) => [path, site.bytes(`courses/p1-cases/${path}`)]));
  for (let at = 0; at < 4; at += 1) files.set(`img/large-${at}.png`, Buffer.alloc(10_000_000, at + 1));
  const listed = ([path, bytes]) => ({ path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
  course.files = [...files].map(listed);
  const path = join(folder, 'course.zip');
  writeFileSync(path, zipped([['course.json', JSON.stringify(course)], ...files]));
  return path;
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Types letters one by one; what was typed at least two seconds before the kill must be there. */
async function typing({ page, open, random }) {
  await open('#/step/m1t1-assignment');
  const field = page().getByRole('textbox', { name: zh.yourText });
  const before = await field.inputValue();
  await field.focus();
  await page().keyboard.press('Control+End');
  const typed = [];
  const ends = Date.now() + 500 + random() * 5_000;
  while (Date.now() < ends) {
    await page().keyboard.type('一二三四五'[typed.length % 5]);
    typed.push(Date.now());
    await pause(40);
  }
  return async (killed) => {
    await open('#/step/m1t1-assignment');
    const there = (await page().getByRole('textbox', { name: zh.yourText }).inputValue()).length - before.length;
    const safe = typed.filter((at) => at <= killed - COST_S * 1_000).length;
    return { lost: Math.max(0, safe - there), what: `${typed.length} typed, ${safe} two seconds old, ${there} there`, unit: 'letters' };
  };
}

/** Plays a video from a place where it was not seen yet. */
async function playing({ page, open, random, round }) {
  await open('#/step/m1t1-video');
  const from = 2 + ((round * 8) % 90);
  await seek(page(), zh, from);
  const before = await credited(page());
  await page().getByRole('button', { name: zh.play, exact: true }).click();
  // The truth by a sampler that knows nothing of the app.
  let place = from;
  const ends = Date.now() + 1_000 + random() * 5_000;
  while (Date.now() < ends) {
    const skip = page().getByRole('button', { name: zh.skip });
    if (await skip.isVisible()) await skip.click();
    place = await page().locator('video').evaluate((video) => video.currentTime);
    await pause(60);
  }
  return async () => {
    await open('#/step/m1t1-video');
    const there = (await credited(page())) - before;
    const played = Math.max(0, place - from);
    // Where the devices's rounds overlap, what was seen already does not count again.
    const expected = round * 8 < 90 ? played : 0;
    return { lost: Math.max(0, expected - there - COST_S - 1), what: `${played.toFixed(1)} s played, ${there} s credited`, unit: 's beyond 2' };
  };
}

/** Posts; once the post stands in the list it must be there, and before that its words must be. */
async function posting({ page, open, random, round }) {
  await open('#/step/m1t1-discussion');
  const mark = `第${round}回`;
  const text = `${mark}：我先把那天的事按时间记下来，再看自己哪一句说早了。`.repeat(6);
  await page().getByRole('textbox', { name: zh.newPost }).fill(text);
  await pause(random() * 2_500);
  const filled = Date.now();
  await page().getByRole('button', { name: zh.publish, exact: true }).click();
  const wait = random() < 0.5;
  if (wait) await expect(page().getByRole('listitem').filter({ hasText: mark })).toBeVisible();
  await pause(random() * 300);
  return async (killed) => {
    await open('#/step/m1t1-discussion');
    const field = page().getByRole('textbox', { name: zh.newPost });
    const posts = page().getByRole('listitem').filter({ hasText: mark });
    // The list is read from the store after the screen stands.
    const until = Date.now() + 10_000;
    while (Date.now() < until && (await posts.count()) === 0 && (wait || !(await field.inputValue()))) await pause(50);
    const listed = await posts.count();
    const draft = await field.inputValue();
    const kept = listed > 0 || draft.includes(mark);
    // What was acknowledged is listed; what was not is somewhere, if it was two seconds old.
    const lost = wait ? listed !== 1 : killed - filled > COST_S * 1_000 && !kept;
    if (draft) await field.fill('');
    return { lost: Number(lost) + Math.max(0, listed - 1), what: `acknowledged ${wait}, listed ${listed}`, unit: 'posts' };
  };
}

/** Sits an exam: answers that were given two seconds before the kill are still chosen. */
async function sitting({ page, open, random }) {
  await open('#/step/m2t1-exam');
  const begin = page().getByRole('button', { name: zh.examBegin });
  // Of whichever browser is open.
  const options = () => page().locator('.questions .option input');
  await expect(begin.or(options().first())).toBeVisible();
  if (await begin.isVisible()) await begin.click();
  await expect(options().first()).toBeVisible();
  const given = [];
  const count = await options().count();
  for (let at = 0; at < 3; at += 1) {
    const place = Math.floor(random() * count);
    await options().nth(place).check();
    given.push([place, Date.now()]);
    await pause(random() * 1_200);
  }
  return async (killed) => {
    await open('#/step/m2t1-exam');
    await expect(options().first()).toBeVisible();
    let lost = 0;
    for (const [at, [place, when]] of given.entries()) {
      // A later choice of the same question takes the place of an earlier one.
      const last = given.findLastIndex(([other]) => other === place) === at;
      const name = await options().nth(place).getAttribute('name');
      const others = await Promise.all(given.slice(at + 1).map(([other]) => options().nth(other).getAttribute('name')));
      const replaced = (await options().nth(place).getAttribute('type')) === 'radio' && others.includes(name);
      if (last && !replaced && when <= killed - COST_S * 1_000 && !(await options().nth(place).isChecked())) lost += 1;
    }
    return { lost, what: `${given.length} answers`, unit: 'answers' };
  };
}

/** What the list of the device says of the course: everything is here. */
const allHere = (page) => page.locator('section').first().getByText(zh.allHere);

/** Downloads the course; it goes on to its end afterwards, and what was here is not fetched again. */
async function downloading({ page, open, random, site }) {
  await open('#/device');
  const begin = page().getByRole('button', { name: DOWNLOAD }).first();
  await expect(begin.or(allHere(page()))).toBeVisible();
  if (await begin.isVisible()) await begin.click();
  await pause(random() * 900);
  return async () => {
    await open('#/device');
    const rest = page().getByRole('button', { name: DOWNLOAD }).first();
    await expect(rest.or(allHere(page()))).toBeVisible();
    site.asked.length = 0;
    if (await rest.isVisible()) await rest.click();
    await expect(allHere(page())).toBeVisible({ timeout: 30_000 });
    const files = site.asked.map(({ path }) => path).filter((path) => /\.(mp4|md|vtt|png)$/.test(path));
    return { lost: files.length - new Set(files).size, what: `${files.length} files fetched afterwards`, unit: 'files fetched twice' };
  };
}

/** Chooses the package; Playwright's own way carries the bytes through the debugging port. */
async function chooseFile(page, path) {
  await expect(page.getByLabel(zh.chooseZip)).toBeAttached();
  const session = await page.context().newCDPSession(page);
  const { root } = await session.send('DOM.getDocument');
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: '.drop input[accept]' });
  await session.send('DOM.setFileInputFiles', { nodeId, files: [path] });
  await session.detach();
}

/** Opens a course from a file: it is here whole or not at all, and opens from the same file once more. */
async function importing({ page, open, random, course }) {
  await open('#/device');
  await chooseFile(page(), course);
  await pause(random() * 1_200);
  return async () => {
    await open('#/device');
    const title = page().getByRole('banner').getByText(zh.stickTitle);
    const whole = (await title.count()) > 0;
    if (!whole) {
      await chooseFile(page(), course);
      await expect(title).toBeVisible({ timeout: 30_000 });
      await open('#/device');
    }
    const remove = page().getByRole('button', { name: zh.removeCourse });
    await remove.click();
    await begunAnew(page(), () => remove.click());
    await expect(page().getByRole('heading', { level: 1, name: zh.coursesTitle })).toBeVisible();
    const { stores } = await dump(page());
    const left = stores.content.filter(([[kind]]) => kind === 'course' || kind === 'import').length;
    return { lost: left, what: `whole ${whole}`, unit: 'rows left behind' };
  };
}

/** Takes a packet in: what is here of it stays, and the rest comes from the same file once more. */
async function taking({ page, open, random, round }) {
  await open('#/records');
  const before = await recordsCount(page(), zh);
  const count = 6_000;
  const lines = [...chain(count, (seq) => ({
    kind: 'note', audience: 'private', registration: '02020202-0202-4202-8202-020202020202', actor: LEARNER,
    at: Date.now() - 86_400_000 + seq, body: { step: 'm1t1-video', text: `第 ${round} 回第 ${seq} 条` },
  }))];
  const file = { name: 'packet.zip', mimeType: 'application/zip', buffer: packet(lines) };
  await takeIn(page(), zh, file);
  await pause(random() * 1_500);
  const told = await page().locator('.outcome').getByText(zh.imported).isVisible();
  return async () => {
    await open('#/records');
    const kept = (await recordsCount(page(), zh)) - before;
    await takeIn(page(), zh, file);
    await expect.poll(() => recordsCount(page(), zh), { timeout: 60_000 }).toBe(before + count);
    return { lost: told ? count - kept : 0, what: `told ${told}, ${kept} of ${count} there, all after the second time`, unit: 'records' };
  };
}

/** Opens a database of the first version, which is brought to the present one on the way. */
async function migrating({ page, fresh, random, site }) {
  await fresh();
  const app = site.address;
  await page().goto(`${app}manifest.webmanifest`);
  const rows = OLD.stores.log.length;
  await fill(page(), OLD);
  const going = page().goto(`${app}#/records`).catch(() => {});
  await pause(random() * 700);
  return async () => {
    await going;
    await page().goto(`${app}#/records`);
    await expect(page().getByRole('heading', { level: 1 })).toBeVisible();
    const there = await recordsCount(page(), zh);
    const { version } = await dump(page());
    await fresh();
    return { lost: Math.max(0, rows - there), what: `version ${version}, ${there} of ${rows} records`, unit: 'records' };
  };
}

const ACTS = { typing, playing, posting, sitting, downloading, importing, taking, migrating };

/** Every act once in an order by chance, and again. */
function* inTurns(random) {
  for (;;) {
    const left = Object.keys(ACTS);
    while (left.length > 0) yield left.splice(Math.floor(random() * left.length), 1)[0];
  }
}

/** Kills `count` times; answers what each cost, and says it on the way. */
export async function kills({ count, seed, say = () => {} }) {
  const random = randomOf(seed);
  const site = await new Site().start();
  site.openAllSteps();
  const folder = mkdtempSync(join(tmpdir(), 'zhixing-kills-'));
  const course = packageIn(folder);
  const turns = inTurns(random);
  const costs = [];
  let browser = null;
  try {
    for (let at = 0; at < count; at += 1) {
      if (at % PER_DEVICE === 0) {
        await browser?.remove();
        browser = new KillableBrowser();
      }
      let current = await browser.start();
      const page = () => current;
      const open = async (route) => {
        await page().goto(`${site.address}${route}`);
        await page().reload();
        await expect(page().getByRole('heading', { level: 1 })).toBeVisible();
      };
      const fresh = async () => {
        await browser.remove();
        browser = new KillableBrowser();
        current = await browser.start();
      };
      const name = turns.next().value;
      const check = await ACTS[name]({ page, open, fresh, random, site, course, round: at % PER_DEVICE });
      const killed = Date.now();
      await browser.kill();
      current = await browser.start();
      const cost = { name, ...(await check(killed)) };
      costs.push(cost);
      say(`${at + 1}: ${name}: ${cost.what}; lost: ${cost.lost} ${cost.unit}`);
      await browser.kill();
    }
  } finally {
    await browser?.remove();
    await site.cut();
    rmSync(folder, { recursive: true });
  }
  return costs;
}
