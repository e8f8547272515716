// A session of study that is killed again and again at random moments, and an oracle that knows what
// was done: how much of it is there after each kill.

import { expect } from '@playwright/test';
import { KillableBrowser } from './browser.mjs';
import { Site } from './site.mjs';
import { credited, seek } from './study.mjs';
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

const ACTS = { typing, playing, posting, sitting };

/** Kills `count` times; answers what each cost, and says it on the way. */
export async function kills({ count, seed, say = () => {} }) {
  const random = randomOf(seed);
  const site = await new Site().start();
  site.openAllSteps();
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
      const names = Object.keys(ACTS);
      const name = names[Math.floor(random() * names.length)];
      const check = await ACTS[name]({ page, open, random, round: at % PER_DEVICE });
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
  }
  return costs;
}
