// What the app credits beside what was really played and read: twenty sessions in Chromium, each
// with a profile of its own. ADDRESS is that of the served app, CHROMIUM the browser; ONLY=3,18
// runs some of the sessions, DUMP=folder keeps what each was computed from.
//
// The truth comes from a recorder in the page that knows nothing of the app: twenty times a second,
// and at every event of the element, it writes down the video's own position, whether it plays and
// sounds, whether the page is visible, and the last key, pointer or scroll. The recorder's clocks are
// those of the browser as they were before a session set them. What counts is then worked out here
// by the rules of DESIGN section 7. The credit is the union of the `studied` segments in the
// packet that the app exports.
//
// Pages are really hidden: Playwright, which makes every page visible while it is connected, leaves,
// and another tab is brought to the front over the browser's own debugging address.

import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pass } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import { KillableBrowser } from '../browser.mjs';
import { exported, recordLines, unpacked } from '../packet.mjs';
import { changeCourse, credited } from '../study.mjs';
import { zh as words } from '../words.mjs';

const ADDRESS = process.env.ADDRESS;
const VIDEO = 'm1t1-video';
const READING = 'm1t1-reading';

/** How far the credit may lie from the truth, and how much a kill may cost, in seconds. */
const TOLERANCE = 1;
const KILL_COSTS = 2;
/** Highest counted speed and idle limit of the course as it is served. */
const MAX_SPEED = 2;
const IDLE_MS = 120_000;
/** The recorder and the browser's own account of what was played may differ by so much. */
const PLAYED_AGREES_S = 0.5;
/** Nobody watches or reads a browser that answers so late: it was stopped. */
const FROZEN_MS = 3_000;

/** Runs in every page before the app: takes samples. */
function recorder() {
  const kept = 'truth';
  const wall = Date.now.bind(Date);
  const steady = performance.now.bind(performance);
  const life = performance.timeOrigin;
  const before = JSON.parse(sessionStorage.getItem(kept) ?? '{"samples":[],"played":[]}');
  const truth = { name: before.name, samples: before.samples, played: before.played };
  const elements = new WeakMap();
  const position = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'currentTime');
  const now = () => life + steady();
  let [known, jumps, active, read] = [0, 0, 0, null];

  const openStep = () => /#\/step\/([^/?]+)/.exec(location.hash)?.[1] ?? null;
  const take = () => {
    const sample = { life, at: now(), seen: document.visibilityState === 'visible' };
    const video = document.querySelector('video');
    if (video) {
      if (!elements.has(video)) elements.set(video, { step: openStep(), id: `${life} ${(known += 1)}` });
      const { step, id } = elements.get(video);
      sample.video = {
        step,
        ms: position.get.call(video) * 1_000,
        plays: !video.paused && !video.ended && !video.seeking && video.readyState > 2,
        speed: video.playbackRate,
        silent: video.muted || video.volume === 0,
        jumps,
      };
      const { played } = video;
      const ranges = Array.from({ length: played.length }, (_, at) => [played.start(at), played.end(at)]);
      truth.played = [...truth.played.filter((other) => other.id !== id), { id, step, ranges }];
    }
    const reading = document.querySelector('.reading .meter') ? openStep() : null;
    if (reading !== read) [read, active] = [reading, now()];
    if (reading) sample.reading = { step: reading, active };
    truth.samples.push(sample);
  };
  Object.defineProperty(HTMLMediaElement.prototype, 'currentTime', {
    ...position,
    set(to) {
      take();
      position.set.call(this, to);
      jumps += 1;
      take();
    },
  });
  const media = ['play', 'playing', 'pause', 'waiting', 'seeking', 'seeked', 'ended', 'ratechange', 'volumechange'];
  for (const name of media) addEventListener(name, take, true);
  const acts = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'scroll'];
  for (const name of acts) {
    addEventListener(name, () => { active = now(); take(); }, { capture: true, passive: true });
  }
  document.addEventListener('visibilitychange', take, true);
  addEventListener('pagehide', () => {
    take();
    sessionStorage.setItem(kept, JSON.stringify(truth));
  }, true);
  setInterval(take, 50);

  /** Sets the page's clocks off by so many milliseconds. */
  truth.shift = (byWall, bySteady) => {
    take();
    Date.now = () => wall() + byWall;
    if (bySteady !== 0) performance.now = () => steady() + bySteady;
  };
  window.truth = truth;
}

/** Adds up ranges without counting anything twice. */
function union(ranges) {
  const sorted = ranges.filter(([from, to]) => to > from).sort((one, other) => one[0] - other[0]);
  let [sum, end] = [0, -Infinity];
  for (const [from, to] of sorted) {
    sum += Math.max(0, to - Math.max(from, end));
    end = Math.max(end, to);
  }
  return sum;
}

/** Length by step of what `pieces` cover, in seconds. */
function byStep(pieces) {
  const steps = new Set(pieces.map(({ step }) => step));
  const ranges = (step) => pieces.filter((piece) => piece.step === step).map(({ range }) => range);
  return new Map([...steps].map((step) => [step, union(ranges(step)) / 1_000]));
}

const total = (steps) => [...steps.values()].reduce((sum, one) => sum + one, 0);

/** One scripted session: a browser, its tabs, and what they recorded. */
class Session {
  constructor() {
    this.browser = new KillableBrowser();
    this.tabs = new Map();
    this.rules = { idleMs: IDLE_MS, change: null };
    this.remarks = [];
    this.notes = [];
    this.kills = 0;
  }

  /** Opens the browser; `idleSeconds` and open gates are written into the course on its way. */
  async begin({ at = VIDEO, open = false, idleSeconds } = {}) {
    if (open || idleSeconds) {
      if (idleSeconds) this.rules.idleMs = idleSeconds * 1_000;
      this.rules.change = (course) => {
        if (idleSeconds) course.meter.idleSeconds = idleSeconds;
        for (const { topics } of course.modules) {
          for (const { steps } of topics) for (const step of steps) step.gate = { kind: 'free' };
        }
      };
    }
    const page = await this.browser.start({ init: { script: recorder } });
    await this.prepare(page.context());
    return this.opened('first', page, at);
  }

  async prepare(context) {
    if (this.rules.change) await changeCourse(context, this.rules.change);
  }

  /** Another tab of the same browser. */
  async tab(name, at) {
    const page = await this.browser.browser.contexts()[0].newPage();
    return this.opened(name, page, at);
  }

  async opened(name, page, at) {
    this.tabs.set(name, { page, claims: [], samples: [], played: [] });
    await page.goto(`${ADDRESS}#/step/${at}`);
    await page.locator('.meter').waitFor();
    await page.evaluate((own) => { window.truth.name = own; }, name);
    if (at === READING) this.claim(name);
    return name;
  }

  page(name = 'first') {
    return this.tabs.get(name).page;
  }

  /** The learner is active here: from now on this tab counts. */
  claim(name) {
    this.tabs.get(name).claims.push(performance.timeOrigin + performance.now());
  }

  async play(name = 'first') {
    const page = this.page(name);
    await page.waitForFunction(() => document.querySelector('video').readyState > 2);
    this.claim(name);
    await page.getByRole('button', { name: words.play, exact: true }).click();
    await page.waitForFunction(() => !document.querySelector('video').paused);
  }

  async pause(name = 'first') {
    const page = this.page(name);
    await page.getByRole('button', { name: words.pause, exact: true }).click();
    await page.waitForFunction(() => document.querySelector('video').paused);
  }

  async seek(to, name = 'first') {
    await this.page(name).getByRole('slider', { name: words.position }).fill(String(to));
  }

  /** Reads for some seconds: scrolls now and then. */
  async read(seconds, name = 'first') {
    const until = performance.now() + seconds * 1_000;
    for (let at = 0; performance.now() < until; at += 1) {
      await this.page(name).mouse.wheel(0, at % 4 === 3 ? -200 : 90);
      await pass(Math.min(1_500, Math.max(0, until - performance.now())));
    }
  }

  async speed(percent) {
    await this.page().getByRole('combobox', { name: words.speed }).selectOption(String(percent));
  }

  async go(hash, name = 'first') {
    await this.page(name).goto(`${ADDRESS}${hash}`);
  }

  /** Nothing drives the browser while each tab of `front`, or a new one, is in front for some seconds. */
  async away(...front) {
    const [port, path] = readFileSync(`${this.browser.profile}/DevToolsActivePort`, 'utf8').split('\n');
    const ask = (what, method) => fetch(`http://127.0.0.1:${port}/json/${what}`, { method });
    const targets = new Map();
    for (const [name, { page }] of this.tabs) {
      const talk = await page.context().newCDPSession(page);
      targets.set(name, (await talk.send('Target.getTargetInfo')).targetInfo.targetId);
    }
    await this.browser.browser.close();
    for (const [name, seconds] of front) {
      if (name) await ask(`activate/${targets.get(name)}`, 'GET');
      else await ask('new?about:blank', 'PUT');
      await pass(seconds * 1_000);
    }
    this.browser.browser = await chromium.connectOverCDP(`ws://127.0.0.1:${port}${path}`);
    const context = this.browser.browser.contexts()[0];
    await context.addInitScript(recorder);
    await this.prepare(context);
    for (const page of context.pages()) {
      const name = await page.evaluate(() => window.truth?.name).catch(() => null);
      if (this.tabs.has(name)) this.tabs.get(name).page = page;
    }
  }

  /** Takes over what a tab has recorded. */
  async collect(name) {
    const tab = this.tabs.get(name);
    const { samples, played } = await tab.page.evaluate((from) => ({
      samples: window.truth.samples.slice(from), played: window.truth.played,
    }), tab.samples.length);
    tab.samples.push(...samples);
    tab.played = played;
  }

  async close(name) {
    await this.collect(name);
    const { page } = this.tabs.get(name);
    await page.close();
    this.tabs.get(name).page = null;
  }

  /** Kills the browser after it has gone on for some seconds, and opens it again with its profile. */
  async kill(seconds) {
    const until = performance.now() + seconds * 1_000;
    while (performance.now() < until) {
      await this.collect('first');
      await pass(50);
    }
    await this.collect('first');
    const { samples } = this.tabs.get('first');
    const killed = performance.timeOrigin + performance.now();
    await this.browser.kill();
    // It went on between the last sample and the kill.
    const last = samples.at(-1);
    const ms = last.video.ms + (killed - last.at) * last.video.speed;
    samples.push({ ...last, at: killed, video: { ...last.video, ms } });
    this.kills += 1;
    this.tabs.set(`killed ${this.kills}`, { ...this.tabs.get('first'), page: null });
    this.tabs.delete('first');
    const page = await this.browser.start({ init: { script: recorder } });
    return this.opened('first', page, VIDEO);
  }

  /** What could count in a tab, whatever the other tabs do: pieces between two samples. */
  pieces(name, { samples, claims } = this.tabs.get(name)) {
    const found = [];
    for (const [at, to] of samples.entries()) {
      const from = samples[at - 1];
      const took = from && from.life === to.life ? to.at - from.at : 0;
      if (took <= 0 || took > FROZEN_MS) continue;
      const piece = { tab: name, at: from.at, took, claim: claims.findLast((claim) => claim <= to.at) ?? 0 };
      const [here, there] = [from.video, to.video];
      if (here?.plays && there?.step === here.step && there.jumps === here.jumps && there.ms > here.ms) {
        const counts = from.seen || !here.silent;
        const { step, speed, jumps } = here;
        found.push({ ...piece, step, range: [here.ms, there.ms], speed, counts, jumps });
      }
      const left = from.reading ? this.rules.idleMs - (from.at - from.reading.active) : 0;
      if (from.reading && from.reading.step === to.reading?.step && left > 0) {
        const range = [from.at, from.at + Math.min(took, left)];
        found.push({ ...piece, step: from.reading.step, range, counts: from.seen });
      }
    }
    return found;
  }

  /** Seconds by step that a fair meter credits. */
  truth() {
    const all = [...this.tabs.keys()].flatMap((name) => this.pieces(name)).filter(({ counts }) => counts);
    // At any instant one step on a device counts: that of the tab used last.
    const over = (other, { tab, claim, at }) =>
      other.tab !== tab && other.claim > claim && other.at <= at && at < other.at + other.took;
    return byStep(slowed(all.filter((piece) => !all.some((other) => over(other, piece)))));
  }

  /** The browser's own account of what was played has to agree with the recorder's. */
  check() {
    for (const [name, { played }] of this.tabs) {
      if (name.startsWith('killed')) continue;
      const browsers = byStep(played.flatMap(({ step, ranges }) =>
        ranges.map(([from, to]) => ({ step, range: [from * 1_000, to * 1_000] }))));
      const own = byStep(this.pieces(name).filter(({ speed }) => speed));
      const differs = total(browsers) - total(own);
      if (Math.abs(differs) > PLAYED_AGREES_S) {
        const [said, recorded] = [total(browsers), total(own)].map((seconds) => seconds.toFixed(2));
        this.remarks.push(`in ${name} the element says ${said} s were played, the recorder ${recorded} s`);
      }
    }
  }

  /** What each kill and each reload while playing cost: what was played until then and is in no record. */
  interrupted() {
    const kept = this.records.filter(({ kind }) => kind === 'studied').flatMap(({ body }) => body.segments);
    for (const [name, tab] of this.tabs) {
      const lives = [...new Set(tab.samples.map(({ life }) => life))];
      if (!name.startsWith('killed')) lives.pop();
      for (const life of lives) {
        const own = { ...tab, samples: tab.samples.filter((sample) => sample.life === life) };
        if (!own.samples.at(-1).video?.plays) continue;
        const played = this.pieces(name, own).filter(({ speed }) => speed).map(({ range }) => range);
        const cost = (union([...played, ...kept]) - union(kept)) / 1_000;
        const what = name.startsWith('killed') ? 'kill' : 'reload';
        this.notes.push(`a ${what} cost ${cost.toFixed(2)} s`);
        if (cost > KILL_COSTS) this.remarks.push(`a ${what} cost ${cost.toFixed(2)} s`);
      }
    }
  }

  /** Ends the session in the first tab; answers with the seconds credited by step. */
  async credited({ anew = false } = {}) {
    for (const [name, { page }] of this.tabs) if (page) await this.collect(name);
    await this.go('#/records');
    if (anew) await this.page().reload();
    const page = this.page();
    await page.getByRole('heading', { level: 1, name: words.records }).waitFor();
    for (const [name, tab] of this.tabs) if (tab.page) await this.collect(name);
    const { bytes } = await exported(page, words);
    this.records = recordLines(unpacked(bytes)).map((line) => JSON.parse(line));
    const studied = this.records.filter(({ kind }) => kind === 'studied');
    const steps = byStep(studied.flatMap(({ body }) => body.segments.map((range) => ({ step: body.step, range }))));
    await this.shown(steps);
    return steps;
  }

  /** The numbers on the screens have to be those of the records. */
  async shown(steps) {
    const page = this.page();
    await this.go('#/');
    const home = Number.parseFloat(await page.locator('.home .big').innerText());
    const cut = Math.floor(Math.round(total(steps) * 1_000) / 6_000) / 10;
    if (home !== cut) this.remarks.push(`the home says ${home} min, the records ${cut}`);
    if (!steps.has(VIDEO)) return;
    await this.go(`#/step/${VIDEO}`);
    const meter = await credited(page);
    const whole = Math.floor(Math.round(steps.get(VIDEO) * 1_000) / 1_000);
    if (meter !== whole) this.remarks.push(`the step says ${meter} s, the records ${whole}`);
  }
}

/** Cuts what was played faster than the highest counted speed: each stretch at its end, to the time that it took. */
function slowed(pieces) {
  const allowed = [];
  let stretch;
  for (const piece of pieces) {
    const fast = piece.speed > MAX_SPEED;
    const { tab, jumps, range: [begins, ends] } = piece;
    const goesOn = stretch?.tab === tab && stretch.jumps === jumps && stretch.end === begins;
    if (!goesOn) stretch = { tab, jumps, credit: 0, from: begins };
    stretch.end = ends;
    stretch.credit += fast ? piece.took * MAX_SPEED : ends - begins;
    const to = Math.min(ends, stretch.from + stretch.credit);
    allowed.push(fast ? { ...piece, range: [stretch.from, to] } : piece);
  }
  return allowed;
}

/** Seconds for which `name` was hidden while it played, to be sure that it was. */
function hiddenFor(session, name, step) {
  const { samples } = session.tabs.get(name);
  return samples.reduce((sum, to, at) => {
    const from = samples[at - 1];
    const hidden = from && !from.seen && from.life === to.life && (from.video ?? from.reading)?.step === step;
    return hidden ? sum + (to.at - from.at) / 1_000 : sum;
  }, 0);
}

function expectHidden(session, name, step, seconds) {
  const found = hiddenFor(session, name, step);
  if (found < seconds - 1) session.remarks.push(`hidden for ${found.toFixed(1)} s only`);
}

const plays = (percent, seconds) => async (session) => {
  await session.begin();
  const video = session.page().locator('video');
  await session.page().waitForFunction(() => document.querySelector('video').readyState > 2);
  if ([75, 100, 125, 150, 200].includes(percent)) await session.speed(percent);
  // Not a speed of the player: as an extension of the browser would set it.
  else await video.evaluate((element, speed) => { element.playbackRate = speed; }, percent / 100);
  await session.play();
  await pass(seconds * 1_000);
  await session.pause();
  const speed = await video.evaluate((element) => element.playbackRate);
  if (speed !== percent / 100) session.remarks.push(`it played at ${speed}×`);
  return session.credited();
};

const sessions = [
  ['plain playing', plays(100, 20)],
  ['pauses', async (session) => {
    await session.begin();
    for (const [seconds, rest] of [[5, 3], [2, 4], [6, 2], [4, 0]]) {
      await session.play();
      await pass(seconds * 1_000);
      await session.pause();
      await pass(rest * 1_000);
    }
    return session.credited();
  }],
  ['seeks forward and back', async (session) => {
    await session.begin();
    await session.play();
    for (const to of [40, 20, 75, 28]) {
      await pass(4_500);
      await session.seek(to);
    }
    await pass(4_500);
    await session.pause();
    return session.credited();
  }],
  ['watched again, also after leaving: nothing twice', async (session) => {
    await session.begin();
    await session.play();
    await pass(8_000);
    await session.go('#/');
    await session.page().locator('.home .big').waitFor();
    await session.go(`#/step/${VIDEO}`);
    await session.page().locator('.meter').waitFor();
    await session.play();
    await pass(4_000);
    await session.seek(0);
    await pass(10_000);
    await session.pause();
    return session.credited();
  }],
  ['at 0.5×', plays(50, 20)],
  ['at 1.5×', plays(150, 18)],
  ['at 2×', plays(200, 16)],
  ['at 3×: credit is elapsed × 2', plays(300, 11)],
  ['hidden while sounding', async (session) => {
    await session.begin();
    await session.play();
    await pass(5_000);
    await session.away([null, 10]);
    await pass(4_000);
    await session.pause();
    const steps = await session.credited();
    expectHidden(session, 'first', VIDEO, 10);
    return steps;
  }],
  ['muted in sight, then hidden and muted', async (session) => {
    await session.begin();
    await session.play();
    await pass(4_000);
    await session.page().getByRole('button', { name: words.mute }).click();
    await pass(4_000);
    await session.away([null, 9]);
    await pass(4_000);
    await session.pause();
    const steps = await session.credited();
    expectHidden(session, 'first', VIDEO, 9);
    return steps;
  }],
  ['the same video in two tabs at once', async (session) => {
    await session.begin();
    await session.play();
    await pass(6_000);
    await session.tab('second', VIDEO);
    await session.seek(40, 'second');
    await session.play('second');
    await pass(7_000);
    // Over what the first tab is playing just now.
    await session.seek(10, 'second');
    await pass(5_000);
    await session.pause('second');
    await pass(5_000);
    await session.pause();
    return session.credited({ anew: true });
  }],
  ['reload in the middle', async (session) => {
    await session.begin();
    await session.play();
    await pass(8_300);
    await session.page().reload();
    await session.page().locator('.meter').waitFor();
    // Not over what was played before, which would make good what the reload cost.
    await session.seek(20);
    await session.play();
    await pass(8_300);
    await session.pause();
    return session.credited();
  }],
  ['killed in the middle, opened again', async (session) => {
    await session.begin();
    await session.play();
    await session.kill(10.7);
    // Not over what was played before, which would make good what the kill cost.
    await session.seek(20);
    await session.play();
    await session.kill(5.3);
    await session.seek(28);
    await session.play();
    await pass(4_000);
    await session.pause();
    return session.credited();
  }],
  ['the clock set 3 h ahead, then 2 h back', async (session) => {
    await session.begin();
    const set = (hours) => session.page().evaluate((by) => window.truth.shift(by, 0), hours * 3_600_000);
    await session.play();
    await pass(6_000);
    await set(3);
    await pass(6_000);
    await set(1);
    await pass(6_000);
    await session.pause();
    return session.credited();
  }],
  ['asleep for 8 h: both clocks jump', async (session) => {
    await session.begin();
    await session.play();
    await pass(7_000);
    await session.page().evaluate((by) => window.truth.shift(by, by), 8 * 3_600_000);
    await pass(7_000);
    await session.pause();
    return session.credited();
  }],
  ['reading with activity, in two parts, hidden in between', async (session) => {
    await session.begin({ at: READING, open: true });
    await session.read(6);
    await session.page().getByRole('link', { name: words.nextPart }).click();
    await session.read(4);
    await session.away([null, 7]);
    await session.read(5);
    const steps = await session.credited();
    expectHidden(session, 'first', READING, 7);
    return steps;
  }],
  ['reading, idle for longer than the limit of 10 s', async (session) => {
    await session.begin({ at: READING, idleSeconds: 10 });
    await session.read(5);
    await pass(18_000);
    await session.read(5);
    return session.credited();
  }],
  ['a storm of 24 seeks', async (session) => {
    await session.begin();
    await session.play();
    for (let at = 0; at < 24; at += 1) {
      await pass([850, 600, 420, 970, 700, 1_130][at % 6]);
      // Places between the questions.
      await session.seek([3, 41, 72, 12, 50, 84, 22, 44][at % 8] + 2 * Math.floor(at / 8));
    }
    await pass(1_000);
    await session.pause();
    return session.credited();
  }],
  ['a video and a reading in two tabs, the reading closed', async (session) => {
    await session.begin({ open: true });
    await session.play();
    await pass(5_000);
    await session.tab('second', READING);
    await session.read(8, 'second');
    await session.close('second');
    await pass(7_000);
    await session.pause();
    return session.credited({ anew: true });
  }],
  ['a video and a reading in two tabs, back and forth', async (session) => {
    await session.begin({ open: true });
    await session.play();
    await pass(4_000);
    await session.tab('second', READING);
    await session.read(5, 'second');
    await session.away(['second', 3], ['first', 11]);
    await session.pause();
    await session.close('second');
    const steps = await session.credited({ anew: true });
    expectHidden(session, 'second', READING, 10);
    return steps;
  }],
];

const only = process.env.ONLY?.split(',').map(Number);
const rows = [];
for (const [at, [name, run]] of sessions.entries()) {
  if (only && !only.includes(at + 1)) continue;
  const session = new Session();
  let row;
  try {
    const credit = await run(session);
    const truth = session.truth();
    session.check();
    session.interrupted();
    const error = total(credit) - total(truth);
    const least = session.kills > 0 ? -KILL_COSTS * session.kills : -TOLERANCE;
    for (const step of new Set([...truth.keys(), ...credit.keys()])) {
      const over = (credit.get(step) ?? 0) - (truth.get(step) ?? 0);
      if (over > TOLERANCE) session.remarks.push(`${step} is credited ${over.toFixed(2)} s too much`);
      if (credit.size > 1) session.notes.push(`error in ${step} ${over.toFixed(2)} s`);
    }
    const ok = error >= least && error <= TOLERANCE && session.remarks.length === 0;
    const { remarks, notes } = session;
    row = { name, truth: total(truth), credit: total(credit), error, ok, remarks, notes };
  } catch (error) {
    row = { name, truth: NaN, credit: NaN, error: NaN, ok: false, remarks: [error.stack], notes: [] };
  } finally {
    await session.browser.remove();
  }
  rows.push({ number: at + 1, ...row });
  console.error(`${at + 1}/${sessions.length} ${row.ok ? 'ok' : 'NOT OK'}: ${name}`);
  if (process.env.DUMP) {
    const tabs = [...session.tabs].map(([tab, { page, ...recorded }]) => [tab, recorded]);
    const all = { row, tabs: Object.fromEntries(tabs), records: session.records };
    writeFileSync(`${process.env.DUMP}/${at + 1}.json`, JSON.stringify(all));
  }
}

console.log('| # | session | truth (s) | credited (s) | error (s) | ok |');
console.log('|--:|:--|--:|--:|--:|:--|');
for (const { number, name, truth, credit, error, ok } of rows) {
  const [due, counted, off] = [truth, credit, Math.abs(error)].map((seconds) => seconds.toFixed(2));
  console.log(`| ${number} | ${name} | ${due} | ${counted} | ${error < 0 ? '−' : '+'}${off} | ${ok ? 'yes' : 'NO'} |`);
}
const sums = rows.reduce(([truth, credit], row) => [truth + row.truth, credit + row.credit], [0, 0]);
console.log(`\nTogether ${sums[0].toFixed(1)} s true, ${sums[1].toFixed(1)} s credited.`);
for (const { number, remarks, notes } of rows) {
  for (const remark of remarks) console.log(`${number}, WRONG: ${remark}`);
  for (const note of notes) console.log(`${number}: ${note}`);
}
if (rows.some(({ ok }) => !ok)) process.exitCode = 1;
