// A topic projected to a room: run with a clicker alone, and every sheet of every course measured.

import { expect, test } from '@playwright/test';
import { faults } from './axe.mjs';
import { Site } from './site.mjs';
import { openAllSteps } from './study.mjs';
import { en, zh } from './words.mjs';

const deck = (page) => page.getByRole('dialog');
const place = async (page) => (await page.locator('.deck .above .number').innerText()).split(' / ').map(Number);

async function opened(page, topic, base = '') {
  await page.goto(`${base}#/deck/${topic}`);
  await expect(deck(page)).toBeVisible();
}

/** Everything that a screen reader comes by, as the browser tells it. */
async function readOut(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return nodes.filter(({ ignored }) => !ignored).map(({ name }) => name?.value ?? '').join('\n');
}

/** Goes through the open deck to its end; answers what of it is cut off, too small, or too pale. */
const wrong = (page) =>
  page.evaluate(async () => {
    const found = new Set();
    const [wide, high] = [innerWidth, innerHeight];
    const channel = (value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    const light = (colour) => {
      const [r, g, b] = /(\d+), (\d+), (\d+)/.exec(colour).slice(1).map((each) => channel(each / 255));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const deck = document.querySelector('.deck');
    const frame = deck.querySelector('.frame');
    const paper = light(getComputedStyle(deck).backgroundColor);
    /** Whether the last letter of a text stands in a line of its own. */
    const alone = (text) => {
      const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
      const letters = [];
      while (walker.nextNode()) {
        for (const { index } of walker.currentNode.data.matchAll(/[\p{L}\p{N}]/gu)) letters.push([walker.currentNode, index]);
      }
      const [before, last] = letters.slice(-2).map(([node, at]) => {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        return range.getBoundingClientRect().bottom;
      });
      return last - before > 8;
    };
    /** A word of Latin letters that goes on in the next line. */
    const brokenWord = (text) => {
      const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        for (const { index, 0: word } of walker.currentNode.data.matchAll(/[A-Za-z]{2,}/g)) {
          const range = document.createRange();
          range.setStart(walker.currentNode, index);
          range.setEnd(walker.currentNode, index + word.length);
          if (range.getBoundingClientRect().height > 1.8 * parseFloat(getComputedStyle(text).fontSize)) return word;
        }
      }
      return undefined;
    };
    const measure = (at) => {
      let seen = false;
      const walker = document.createTreeWalker(frame, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const node = walker.currentNode;
        const said = `${at}: ${node.textContent.trim().slice(0, 20)}`;
        if (!node.textContent.trim()) continue;
        const style = getComputedStyle(node.parentElement);
        if (parseFloat(style.fontSize) < high / 20) found.add(`${said}: ${style.fontSize}`);
        const ink = light(style.color);
        const contrast = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
        if (contrast < 7) found.add(`${said}: contrast ${contrast.toFixed(1)}`);
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const box of range.getClientRects()) {
          seen ||= !node.parentElement.closest('.above');
          if (box.left < 0 || box.right > wide + 0.5 || box.top < 0 || box.bottom > high + 0.5) found.add(`${said}: ends at ${Math.round(box.right)}, ${Math.round(box.bottom)}`);
        }
      }
      for (const image of frame.querySelectorAll('img, video')) {
        seen = true;
        const box = image.getBoundingClientRect();
        if (box.right > wide + 0.5 || box.bottom > high + 0.5) found.add(`${at}: a picture ends at ${Math.round(box.right)}, ${Math.round(box.bottom)}`);
      }
      if (!seen) found.add(`${at}: nothing is seen`);
      const cover = frame.querySelector('.cover');
      if (cover && cover.scrollHeight > cover.clientHeight + 1) found.add(`${at}: its ${cover.scrollHeight} px do not fit`);
      const told = [...frame.querySelectorAll('.told > *')];
      if (told.length && told.every((text) => text.matches('h2'))) found.add(`${at}: a heading alone`);
      const above = frame.querySelector('.above span');
      if (above.scrollHeight > above.clientHeight + 1 || above.scrollWidth > above.clientWidth + 1) found.add(`${at}: its title is cut`);
      for (const text of frame.querySelectorAll('.told :is(p, th, td, blockquote)')) {
        const broken = brokenWord(text);
        if (broken) found.add(`${at}: ${broken} is broken`);
        if (!text.querySelector('p') && alone(text)) found.add(`${at}: ${text.textContent.slice(-12)}: its last letter stands alone`);
      }
    };
    let still = 0;
    for (;;) {
      const at = frame.querySelector('.above .number').textContent;
      await Promise.all([...frame.querySelectorAll('img')].map((image) => image.decode().catch(() => found.add(`${at}: no picture`))));
      measure(at);
      const [slide, all] = at.split(' / ');
      if (slide === all) return [...found];
      const before = frame.querySelector('.slide').innerHTML + at;
      window.dispatchEvent(new KeyboardEvent('keydown', { key: 'PageDown' }));
      // Measuring lays out; it need not be drawn.
      await new Promise((done) => setTimeout(done));
      const same = frame.querySelector('.slide').innerHTML + frame.querySelector('.above .number').textContent === before;
      // The first step on a video plays it.
      still = same ? still + 1 : 0;
      if (still > (before.includes('<video') ? 1 : 0)) return [...found, `${at} stands still`];
    }
  });

test('a clicker alone leads from the question through what is covered to the end, and back into the flow', async ({ page }) => {
  await page.goto('#/outline');
  await page.getByRole('link', { name: /投影这个专题.*往上翻/ }).click();
  await expect(deck(page)).toBeVisible();
  await expect(deck(page).getByRole('heading', { name: '往上翻' })).toBeVisible();
  // Nothing else is on the page for anybody.
  const read = await readOut(page);
  expect(read).toContain('往上翻');
  for (const privately of ['已保存在本机', '我的记录', '目录']) expect(read).not.toContain(privately);
  const key = (name) => page.keyboard.press(name);
  await key('PageDown');
  await expect(page.locator('.deck video')).toBeVisible();
  await key('PageDown');
  await expect.poll(() => page.locator('.deck video').evaluate((video) => video.paused)).toBe(false);
  await key('PageDown');
  await expect(deck(page)).toContainText('四个问题，先各写几个字');
  await key('PageDown');
  // The question alone, and the time that is left.
  await expect(deck(page).getByRole('timer')).toHaveText(/^(3:00|2:5\d)$/);
  await expect(page.getByText('您放在哪儿了')).toBeVisible();
  await expect(page.getByText('桌上那部收来的手机')).toHaveCount(0);
  await key('PageUp');
  await expect(deck(page)).toContainText('四个问题，先各写几个字');

  // What the room says, before the case is told: written down as it is said, kept, and taken back.
  const hear = deck(page).getByRole('textbox', { name: /^记下大家的话/ });
  await expect(async () => {
    await key('PageDown');
    expect(await hear.count()).toBe(1);
  }).toPass({ intervals: [0], timeout: 20_000 });
  await hear.focus();
  await page.keyboard.type('先听孩子把话说完. b');
  await key('Enter');
  await expect(deck(page).locator('.told')).toContainText('先听孩子把话说完. b');
  await expect(hear).toBeFocused();
  await page.keyboard.type('说错的一条');
  await key('Enter');
  await expect(deck(page).locator('.told')).toContainText('说错的一条');
  await expect(async () => {
    await deck(page).getByRole('button', { name: '撤回上一条' }).click();
    await expect(deck(page).locator('.told')).not.toContainText('说错的一条', { timeout: 500 });
  }).toPass();
  // Typed and not kept: going on keeps it.
  await hear.focus();
  await page.keyboard.type('问一句为什么');
  await key('PageDown');
  await expect(hear).toHaveCount(0);
  await key('PageUp');
  await expect(deck(page).locator('.told')).toContainText('问一句为什么');
  expect(await page.locator('.deck .told p').allInnerTexts()).toHaveLength(2);
  await expect(hear).not.toBeFocused();

  // To the analysis: covered until it is uncovered, point by point.
  await expect(async () => {
    await key('PageDown');
    expect(await page.locator('.deck .above').innerText()).toContain('分析与建议');
  }).toPass({ intervals: [0], timeout: 20_000 });
  await expect(deck(page).locator('.still')).toContainText('还盖着');
  await expect(page.getByText('三下拍照')).toHaveCount(0);
  expect(await readOut(page)).not.toContain('把这件事拆开看');
  const [before] = await place(page);
  await key('PageDown');
  await expect(page.getByRole('heading', { name: '把这件事拆开看' })).toBeVisible();
  expect((await place(page))[0]).toBe(before);

  await key('b');
  await expect(page.locator('.curtain')).toBeVisible();
  await key('.');
  await expect(page.locator('.curtain')).toHaveCount(0);
  await key('End');
  await expect(deck(page)).toContainText('这个专题放完了');
  // The reading is not open yet: back to where the deck was opened.
  await key('Escape');
  await expect(page.getByRole('heading', { level: 1, name: zh.outline })).toBeVisible();
  await expect(deck(page)).toHaveCount(0);
});

test('a deck leads back to the step that was left for it', async ({ page }) => {
  await openAllSteps(page);
  await page.goto('#/step/m1t1-discussion');
  const title = page.getByRole('heading', { level: 1 });
  await expect(title).toBeVisible();
  const name = await title.innerText();
  await opened(page, 'm1t1');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
});

test('the whole screen is taken by key and by button, and the sheet stays in sight', async ({ page }) => {
  await opened(page, 'm1t1');
  const whole = () => page.evaluate(() => document.fullscreenElement?.tagName);
  const inSight = () => page.evaluate(() => document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest('.deck') !== null);
  await page.keyboard.press('F5');
  await expect.poll(whole).toBe('HTML');
  expect(await inSight()).toBe(true);
  await page.keyboard.press('F5');
  await expect.poll(whole).toBe(undefined);
  await deck(page).getByRole('button', { name: '全屏' }).click();
  await expect.poll(whole).toBe('HTML');
  expect(await inSight()).toBe(true);
  await deck(page).getByRole('button', { name: '结束投影' }).click();
  await expect(deck(page)).toHaveCount(0);
  await expect.poll(whole).toBe(undefined);
});

test('a film stands still while the screen is black or the clock is stopped, and then goes on', async ({ page }) => {
  await opened(page, 'm1t1');
  const press = (name) => page.keyboard.press(name);
  const still = () => page.locator('.deck video').evaluate((video) => video.paused);
  await press('PageDown');
  await press('PageDown');
  await expect.poll(still).toBe(false);
  for (const key of ['b', 'p']) {
    await press(key);
    await expect.poll(still).toBe(true);
    await press(key);
    await expect.poll(still).toBe(false);
  }
  // One that stood still before stays so.
  await page.locator('.deck video').evaluate((video) => video.pause());
  await press('b');
  await expect(page.locator('.curtain')).toBeVisible();
  await press('b');
  await expect(page.locator('.curtain')).toHaveCount(0);
  expect(await still()).toBe(true);
  // Who comes back to it sees it go on.
  const seconds = () => page.locator('.deck video').evaluate((video) => video.currentTime);
  const before = await seconds();
  expect(before).toBeGreaterThan(0);
  await press('PageDown');
  await expect(page.locator('.deck video')).toHaveCount(0);
  await press('PageUp');
  await expect(page.locator('.deck video')).toBeVisible();
  await expect.poll(seconds).toBeGreaterThanOrEqual(before);
});

test('the time to think goes on where it was when somebody comes back to the question', async ({ page }) => {
  await opened(page, 'm1t1');
  const timer = deck(page).getByRole('timer');
  const left = async () => {
    const [minutes, seconds] = (await timer.innerText()).split(':').map(Number);
    return minutes * 60 + seconds;
  };
  await expect(async () => {
    await page.keyboard.press('PageDown');
    expect(await timer.count()).toBe(1);
  }).toPass({ intervals: [0], timeout: 20_000 });
  await expect.poll(left).toBeLessThan(178);
  const before = await left();
  await page.keyboard.press('PageDown');
  // The next question has its own time.
  await expect.poll(left).toBeGreaterThan(178);
  await page.keyboard.press('PageUp');
  await expect.poll(left).toBeLessThanOrEqual(before);
});

test('how long the deck was shown goes on after a reload', async ({ page }) => {
  await opened(page, 'm1t1');
  const shown = deck(page).getByText(/^已放 \d+:\d\d$/);
  await expect(shown).toHaveText('已放 0:03');
  await page.keyboard.press('PageDown');
  await page.reload();
  await expect(page.locator('.deck video')).toBeVisible();
  await expect(shown).toHaveText(/^已放 0:0[3-9]$/);
});

test('in the list to jump by the arrows lead from entry to entry, and so does a clicker', async ({ page }) => {
  await opened(page, 'm1t1');
  await page.keyboard.press('l');
  const entries = deck(page).getByRole('navigation').getByRole('button');
  await expect(entries.first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('PageDown');
  await expect(entries.nth(2)).toBeFocused();
  await page.keyboard.press('PageUp');
  await expect(entries.nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('.deck video')).toBeVisible();
});

test('what the room says stays over a reload of the lesson, and is among the records of the activity', async ({ page }) => {
  await openAllSteps(page);
  await opened(page, 'm2t1');
  const press = (name) => page.keyboard.press(name);
  await press('PageDown');
  await expect(deck(page).getByRole('heading', { name: '签到' })).toBeVisible();
  await deck(page).getByRole('button', { name: '出示签到码' }).click();
  const code = await deck(page).locator('.code').innerText();
  expect(code).toMatch(/^[1-9]\d{3}$/);
  expect(await faults(page)).toEqual([]);
  const hear = deck(page).getByRole('textbox', { name: /^记下大家的话/ });
  await expect(async () => {
    await press('PageDown');
    expect(await hear.count()).toBe(1);
  }).toPass({ intervals: [0], timeout: 20_000 });
  // More than one sheet holds: each stands on one, none is cut.
  for (let at = 1; at <= 9; at += 1) {
    await hear.fill(`第${at}组：${'先把事情按时间写下来，再说自己的看法，不急着下结论。'.repeat(2)}`);
    await press('Enter');
    await expect(deck(page).locator('.told')).toContainText(`第${at}组`);
  }
  expect(await faults(page)).toEqual([]);
  const fits = await page.locator('.deck .hear').evaluate((row) => row.getBoundingClientRect().bottom <= innerHeight);
  expect(fits).toBe(true);
  await hear.fill('还在打的半句');
  await expect.poll(() => page.evaluate(() => document.querySelector('.safe')?.textContent)).toMatch(/已保存/);
  await page.reload();
  // The lesson goes on where it was.
  await expect(hear).toHaveValue('还在打的半句');
  await expect(deck(page).locator('.told')).toContainText('第9组');
  await press('Home');
  await press('PageDown');
  // Who comes late signs in with the same code.
  await expect(deck(page).locator('.code')).toHaveText(code);
  await page.goto('#/step/m2t1-session');
  await expect(page.getByRole('heading', { name: '现场发言' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: '第1组' })).toBeVisible();
  await expect(page.getByText(code)).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.goto('#/archive');
  await expect(page.getByRole('row').filter({ hasText: '现场发言' }).filter({ hasText: '第1组' })).toBeVisible();
});

for (const words of [zh, en]) {
  test.describe(`in ${words.tag}`, () => {
    test.use({ locale: words.tag });

    test('axe finds nothing, and the keyboard reaches every control', async ({ page }) => {
      await opened(page, 'm1t1');
      expect(await faults(page)).toEqual([]);
      for (let at = 0; at < 4; at += 1) await page.keyboard.press('PageDown');
      expect(await faults(page)).toEqual([]);
      await page.keyboard.press('Tab');
      const first = page.getByRole('toolbar').getByRole('button').first();
      await expect(first).toBeFocused();
      await page.keyboard.press('l');
      await expect(page.getByRole('navigation').locator('[aria-current]')).toBeFocused();
      expect(await faults(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(deck(page).getByRole('navigation')).toHaveCount(0);
      await expect(deck(page)).toBeVisible();
    });
  });
}

test('a picture is shown larger and closer, a spotlight follows, and both go with Escape and with the slide', async ({ page }) => {
  await opened(page, 'm2t1');
  const key = (name) => page.keyboard.press(name);
  const picture = page.locator('.deck .frame img');
  await expect(async () => {
    await key('PageDown');
    expect(await picture.count()).toBe(1);
  }).toPass({ intervals: [0], timeout: 20_000 });
  const large = page.locator('.deck .zoom');
  const button = deck(page).getByRole('button', { name: '放大图片' });
  await expect(button).toBeVisible();
  const whole = await picture.boundingBox();
  await page.mouse.click(200, 300);
  await expect(large.locator('img')).toHaveAttribute('alt', await picture.getAttribute('alt'));
  // The whole screen would be hardly more than the slide.
  await expect(large).toHaveClass(/close/);
  // What was pointed at stays where it was.
  await expect.poll(async () => Math.round((await large.locator('img').boundingBox()).x)).toBe(200 - 200 * 2.5);
  const close = await large.locator('img').boundingBox();
  expect(close.width).toBeGreaterThan(whole.width * 2);
  await key('ArrowRight');
  await expect.poll(async () => (await large.locator('img').boundingBox()).x).toBeLessThan(close.x);
  await key('Escape');
  await expect(large).toHaveCount(0);
  await expect(deck(page)).toBeVisible();
  const spot = page.locator('.deck .spot');
  await key('s');
  await expect(spot).toBeVisible();
  await page.mouse.move(300, 200);
  await expect.poll(() => spot.evaluate((node) => node.style.getPropertyValue('--x'))).toBe('300px');
  await key('ArrowLeft');
  expect(await spot.evaluate((node) => node.style.getPropertyValue('--x'))).toBe('252px');
  await key('PageDown');
  await expect(spot).toBeHidden();
  await expect(deck(page)).toBeVisible();
  // Where there is no picture nothing offers to enlarge one.
  await expect(picture).toHaveCount(0);
  await expect(button).toBeHidden();
});

/** Another course is open. */
async function courseOpen(page, folder) {
  await page.goto('manifest.webmanifest');
  await page.evaluate((path) => localStorage.setItem('zhixing-course', path), `${folder}/`);
}

test('of several sessions the one that takes place is chosen, and its code is found again', async ({ page }) => {
  await courseOpen(page, 'p4-register');
  await opened(page, 'm2t1');
  await page.keyboard.press('PageDown');
  const which = deck(page).getByRole('combobox', { name: '给哪一次签到' });
  await expect(which.getByRole('option')).toHaveText(['到场：学区集中研修', '到场：本校交流']);
  await expect(which).toHaveValue('m2t1-district');
  expect(await faults(page)).toEqual([]);
  await which.selectOption('到场：本校交流');
  await deck(page).getByRole('button', { name: '出示签到码' }).click();
  const code = page.locator('.deck .code');
  await expect(code).toHaveText(/^\d{4}$/);
  const shown = await code.innerText();
  // The other session has a code of its own.
  await which.selectOption('到场：学区集中研修');
  await expect(code).toHaveCount(0);
  await which.selectOption('到场：本校交流');
  await expect(code).toHaveText(shown);
});

test('a topic with nothing to show is not offered for projection', async ({ page }) => {
  await courseOpen(page, 'p3-school');
  await page.goto('#/outline');
  await expect(page.getByRole('link', { name: /^投影这个专题.*钥匙在小满书包里/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /^投影这个专题.*五次到场/ })).toBeVisible();
  await expect(page.getByRole('heading', { name: '每年两件' })).toBeVisible();
  await expect(page.getByRole('link', { name: /^投影这个专题/ })).toHaveCount(2);
});

test('a clicker makes the screen black also where an answer may be typed, as long as none is', async ({ page }) => {
  await opened(page, 'm1t1');
  const field = deck(page).getByRole('textbox');
  await expect(async () => {
    await page.keyboard.press('PageDown');
    expect(await field.count()).toBe(1);
  }).toPass({ intervals: [0], timeout: 20_000 });
  await field.click();
  await page.keyboard.type('先听他说');
  await page.keyboard.press('Enter');
  await expect(deck(page)).toContainText('先听他说');
  await expect(field).toBeFocused();
  const curtain = deck(page).getByRole('button', { name: '黑屏中' });
  for (const name of ['b', '.']) {
    await field.focus();
    await page.keyboard.press(name);
    await expect(curtain).toBeVisible();
    await page.keyboard.press(name);
    await expect(curtain).toHaveCount(0);
    await expect(field).toHaveValue('');
  }
  await field.focus();
  await page.keyboard.type('ab.');
  await expect(field).toHaveValue('ab.');
});

test('a place is found again when the picture has its old size again', async ({ page }) => {
  await opened(page, 'm1t1');
  for (let at = 0; at < 25; at += 1) await page.keyboard.press('PageDown');
  const before = await place(page);
  const text = await page.locator('.deck .slide').innerText();
  for (const [width, height, type] of [[1024, 768, '41px'], [1920, 1080, '57px'], [1024, 768, '41px'], [1366, 768, '41px']]) {
    await page.setViewportSize({ width, height });
    await expect(page.locator('.deck')).toHaveCSS('font-size', type);
  }
  await expect.poll(() => place(page)).toEqual(before);
  await expect(page.locator('.deck .slide')).toHaveText(text, { useInnerText: true });
});

test.describe('with fingers', () => {
  test.use({ hasTouch: true });

  test('a swipe turns the sheet, and does not leave the page', async ({ page }) => {
    await opened(page, 'm1t1');
    const client = await page.context().newCDPSession(page);
    const swipe = async (from, to) => {
      const touch = (type, x) => client.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y: 300 }] });
      await touch('touchStart', from);
      for (let at = 1; at <= 8; at += 1) await touch('touchMove', from + ((to - from) * at) / 8);
      await touch('touchEnd', to);
    };
    // Hardly moved is a tap, and a tap goes on.
    await page.touchscreen.tap(900, 300);
    await expect(page.locator('.deck video')).toBeVisible();
    // On the film a finger is the film's.
    await swipe(300, 900);
    await expect(page.locator('.deck video')).toBeVisible();
    await page.keyboard.press('PageUp');
    await expect(deck(page).getByRole('heading', { level: 1 })).toBeVisible();
    await swipe(900, 300);
    await expect(page.locator('.deck video')).toBeVisible();
    await page.keyboard.press('PageDown');
    await page.keyboard.press('PageDown');
    await expect(deck(page)).toContainText('问题思考');
    await swipe(300, 900);
    await expect(page.locator('.deck video')).toBeVisible();
    await expect(page).toHaveURL(/#\/deck\/m1t1$/);
    await expect(page.locator('html')).toHaveCSS('overscroll-behavior-x', 'none');
  });
});

test('where the picture changes its size the clock and the film go on', async ({ page }) => {
  await opened(page, 'm1t1');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('PageDown');
  const film = page.locator('.deck video');
  const at = () => film.evaluate((video) => video.currentTime);
  await expect.poll(at).toBeGreaterThan(0.3);
  const resize = async (width, height, type) => {
    await page.setViewportSize({ width, height });
    await expect(page.locator('.deck')).toHaveCSS('font-size', type);
  };
  await resize(1280, 720, '38px');
  expect(await at()).toBeGreaterThan(0.3);
  expect(await film.evaluate((video) => video.paused)).toBe(false);
  await page.keyboard.press('PageDown');
  await page.keyboard.press('PageDown');
  const timer = deck(page).getByRole('timer');
  await expect(timer).toHaveText(/^2:5\d$/);
  await resize(1024, 768, '41px');
  await expect(page.getByText('您放在哪儿了')).toBeVisible();
  expect(await timer.innerText()).toMatch(/^2:5\d$/);
});

test('it is run from the device with the network cut', async ({ page }) => {
  const site = await new Site().start();
  try {
    await page.goto(`${site.address}#/device`);
    await page.getByRole('button', { name: new RegExp(`^下载.*${zh.wholeCourse}`) }).first().click();
    await expect(page.locator('section').first().getByText(zh.allHere)).toBeVisible({ timeout: 60_000 });
    await site.cut();
    await opened(page, 'm2t1', site.address);
    for (let at = 0; at < 6; at += 1) await page.keyboard.press('PageDown');
    await expect(page.locator('.deck .told').first()).toBeVisible();
    await site.back();
  } finally {
    await site.cut();
  }
});

for (const theme of ['dark', 'contrast']) {
  test(`a deck is in the colours that were chosen: ${theme}`, async ({ page }) => {
    await page.addInitScript((name) => localStorage.setItem('zhixing-theme', name), theme);
    await opened(page, 'm1t1');
    const light = () => page.locator('.deck').evaluate((node) => Number(getComputedStyle(node).backgroundColor.match(/\d+/)[0]));
    expect(await light()).toBeLessThan(40);
    expect(await faults(page)).toEqual([]);
    expect(await wrong(page)).toEqual([]);
  });
}

test.describe('where the computer is dark and nothing was chosen', () => {
  test.use({ colorScheme: 'dark' });

  test('a deck is light, as rooms are', async ({ page }) => {
    await opened(page, 'm1t1');
    await expect(page.locator('.deck')).toHaveCSS('background-color', 'rgb(255, 253, 247)');
    await page.mouse.move(300, 767);
    expect(await faults(page)).toEqual([]);
  });
});

const COURSES = ['p1-cases', 'p2-growth', 'p3-school', 'p4-register', 'p5-studio'];
for (const [width, height] of [[1024, 768], [1366, 768], [1920, 1080]]) {
  for (const words of [zh, en]) {
    test.describe(`at ${width}×${height} in ${words.tag}`, () => {
      test.use({ viewport: { width, height }, locale: words.tag });

      test('on every sheet of every course nothing is cut, too small or too pale', async ({ page, request }) => {
        test.setTimeout(240_000);
        const complaints = [];
        for (const folder of COURSES) {
          const course = await (await request.get(`courses/${folder}/course.json`)).json();
          await page.goto('manifest.webmanifest');
          await page.evaluate((path) => localStorage.setItem('zhixing-course', path), `${folder}/`);
          for (const module of course.modules) {
            for (const topic of module.topics) {
              await opened(page, topic.id);
              for (const each of await wrong(page)) complaints.push(`${folder} ${topic.id} ${each}`);
            }
          }
        }
        expect(complaints).toEqual([]);
      });
    });
  }
}
