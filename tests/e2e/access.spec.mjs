// Every screen against the rules of axe, in the themes, languages and sizes that learners have;
// nothing scrolls sideways, and everything that is pressed is large enough to hit.

import { expect, test } from '@playwright/test';
import { faults } from './axe.mjs';
import { openAllSteps, seek, untilAsked } from './study.mjs';
import { en, zh } from './words.mjs';

const SMALLEST = 24;
const phone = { width: 390, height: 844 };
/** What a window of 1366 × 768 has left at a zoom of 200 %. */
const zoomed = { width: 683, height: 384 };

/** The screens that are looked at again in other themes, languages and sizes. */
const main = {
  home: (page) => opened(page, '#/'),
  'a video': async (page, words) => {
    await opened(page, '#/step/m2t1-video', words.videoTitle);
    await expect(page.getByRole('button', { name: words.play, exact: true })).toBeVisible();
  },
  'a question': async (page, words) => {
    await main['a video'](page, words);
    await untilAsked(page, words);
  },
  'a reading': (page, words) => readingPart(page, words, 'think', words.firstPart),
  'a table': async (page, words) => {
    await readingPart(page, words, 'analysis', words.tablePart);
    await expect(page.getByRole('table').first()).toBeVisible();
  },
};

const others = {
  'the outline': (page, words) => opened(page, '#/outline', words.outline),
  'a video that plays': async (page, words) => {
    await main['a video'](page, words);
    await seek(page, words, 5);
    await page.getByRole('button', { name: words.play, exact: true }).click();
    await expect(page.getByText(words.counting, { exact: true })).toBeVisible();
  },
  'an answered question': async (page, words) => {
    await main['a video'](page, words);
    await (await untilAsked(page, words)).fill('先问他路上怎么样。');
    await page.getByRole('button', { name: words.keep }).click();
    await expect(page.getByRole('button', { name: words.change })).toBeVisible();
    await page.getByRole('button', { name: words.pause, exact: true }).click();
  },
  'an assignment': async (page, words) => {
    await opened(page, '#/step/m2t1-assignment');
    await page.getByRole('textbox', { name: words.yourText }).fill('路上冷不冷？'.repeat(120));
    await page.getByRole('button', { name: words.submit, exact: true }).click();
    await expect(page.locator('.receipt')).toBeVisible();
    await unfold(page);
  },
  'a discussion': async (page, words) => {
    await opened(page, '#/step/m2t1-discussion');
    await page.getByRole('textbox', { name: words.newPost }).fill('我选当场改。'.repeat(30));
    await page.getByRole('button', { name: words.publish, exact: true }).click();
    await expect(page.locator('.threads li').first()).toBeVisible();
  },
  'a thread': async (page, words) => {
    await others['a discussion'](page, words);
    await page.locator('.threads a').first().click();
    await page.locator('.opening').getByRole('button', { name: words.quote }).click();
    await page.locator('.opening').getByRole('button', { name: words.change }).click();
    await expect(page.getByRole('button', { name: words.saveEdit })).toBeVisible();
  },
  'a reflection': async (page, words) => {
    await opened(page, '#/step/m2t1-reflection');
    const prompt = page.locator('.prompt-part').first();
    await prompt.getByRole('textbox').fill('我想改第二句。');
    await prompt.getByRole('button', { name: words.keepEntry }).click();
    await expect(prompt.locator('.entries li').first()).toBeVisible();
    await unfold(page);
  },
  'an exam': (page) => opened(page, '#/step/m2t1-exam'),
  'a sitting': async (page, words) => {
    await opened(page, '#/step/m2t1-exam');
    await page.getByRole('button', { name: words.examBegin }).click();
    await expect(page.locator('.questions > li')).toHaveCount(12);
  },
  'an exam that was marked': async (page, words) => {
    await opened(page, '#/step/m2t1-exam');
    await expect(page.locator('.questions > li')).toHaveCount(12);
    await page.getByRole('button', { name: words.examCheck }).click();
    await expectNoFaults(page, 'all answers at a glance');
    await page.getByRole('button', { name: words.examHandIn, exact: true }).click();
    await expect(page.locator('.entries .lead').first()).toBeVisible();
    await unfold(page);
  },
  'an activity': (page) => opened(page, '#/step/m2t1-session'),
  'the records': (page, words) => opened(page, '#/records', words.records),
  'a refused import': async (page, words) => {
    await opened(page, '#/records', words.records);
    const file = { name: 'a.zip', mimeType: 'application/zip', buffer: Buffer.from('no zip') };
    await page.getByLabel(words.import).setInputFiles(file);
    await expect(page.getByText(words.refused)).toBeVisible();
  },
  'an address that names no screen': (page, words) => opened(page, '#/nowhere', words.notFound),
};

/** Screens that come about only when something else is served. */
const special = {
  'a locked step': async (page, words) => {
    await page.unroute('**/course.json');
    await opened(page, '#/step/m2t1-reading', words.readingTitle);
    await expect(page.getByText(words.locked)).toBeVisible();
  },
  'a course that does not arrive': async (page, words) => {
    await page.route('**/course.json', (route) => route.fulfill({ status: 404 }));
    await page.goto('');
    await expect(page.getByRole('heading', { name: words.unreachable })).toBeVisible();
  },
  'a reading that does not arrive': async (page, words) => {
    await page.route('**/*.md', (route) => route.fulfill({ status: 404 }));
    await page.goto('#/step/m2t1-reading');
    await expect(page.getByRole('button', { name: words.tryAgain })).toBeVisible();
  },
  'a video that does not arrive': async (page, words) => {
    await page.route('**/*.mp4', (route) => route.fulfill({ status: 404 }));
    await page.goto('#/step/m2t1-video');
    await expect(page.getByRole('button', { name: words.tryAgain })).toBeVisible();
  },
  'the app that does not start': async (page) => {
    await page.route('**/*.wasm', (route) => route.abort());
    await page.goto('');
    await expect(page.getByRole('heading', { name: '没有打开' })).toBeVisible();
  },
};

const everywhere = { ...main, ...others };

async function opened(page, at, heading) {
  await page.goto(at);
  const found = page.getByRole('heading', { level: 1, ...(heading && { name: heading }) });
  await expect(found).toBeVisible();
}

async function readingPart(page, words, part, title) {
  await page.goto(`#/step/m2t1-reading/${part}`);
  await expect(page.getByRole('heading', { level: 2, name: title })).toBeVisible();
  await expect(page.locator('.prose li, .prose table').first()).toBeVisible();
}

/** Opens everything that can be unfolded. */
async function unfold(page) {
  for (const part of await page.locator('details').all()) {
    await part.evaluate((details) => {
      details.open = true;
    });
  }
}

test.beforeEach(({ page }) => openAllSteps(page));

/** Shows the screens one after the other, each freshly opened, and checks each. */
async function look(page, words, screens, check) {
  test.setTimeout(240_000);
  for (const [name, show] of Object.entries(screens)) {
    await test.step(name, async () => {
      await page.goto('about:blank');
      await show(page, words);
      await check(page, name);
    });
  }
}

async function expectNoFaults(page, name) {
  expect.soft(await faults(page), name).toEqual([]);
}

async function expectToFit(page, name) {
  expect.soft(await beyond(page), `${name}: pixels beyond the right edge`).toBe(0);
  expect.soft(await tooSmall(page), name).toEqual([]);
}

test('axe finds nothing on any screen, and all fits', async ({ page }) => {
  await look(page, zh, everywhere, async (shown, name) => {
    await expectNoFaults(shown, name);
    await expectToFit(shown, name);
  });
});

for (const [name, show] of Object.entries(special)) {
  test(`axe finds nothing on ${name}`, async ({ page }) => {
    await show(page, zh);
    await expectNoFaults(page, name);
    await expectToFit(page, name);
  });
}

for (const theme of ['dark', 'contrast', 'sepia']) {
  test(`axe finds nothing in ${theme}`, async ({ page }) => {
    await page.addInitScript((name) => localStorage.setItem('zhixing-theme', name), theme);
    await look(page, zh, main, async (shown, name) => {
      await expect(shown.locator('html')).toHaveAttribute('data-theme', theme);
      await expectNoFaults(shown, name);
    });
  });
}

test.describe('in a system that is dark', () => {
  test.use({ colorScheme: 'dark' });
  test('axe finds nothing in the colours of the system', async ({ page }) => {
    await main.home(page);
    await expectNoFaults(page, 'home');
  });
});

test.describe('in English', () => {
  test.use({ locale: en.tag });
  test('axe finds nothing', ({ page }) => look(page, en, main, expectNoFaults));
});

test.describe('on a phone', () => {
  test.use({ viewport: phone });
  test('axe finds nothing', ({ page }) => look(page, zh, main, expectNoFaults));
});

for (const [size, viewport] of Object.entries({ 'a phone': phone, 'a zoom of 200 %': zoomed })) {
  for (const words of [zh, en]) {
    test.describe(`with ${size} in ${words.tag}`, () => {
      test.use({ viewport, locale: words.tag });
      test('nothing scrolls sideways or is hard to hit', ({ page }) =>
        look(page, words, everywhere, expectToFit));
    });
  }
}

async function beyond(page) {
  return page.evaluate(() => {
    const root = document.scrollingElement;
    return root.scrollWidth - root.clientWidth;
  });
}

/** Buttons, links and fields that are smaller than they may be; links within text may. */
async function tooSmall(page) {
  return page.evaluate((smallest) => {
    const inText = (element) =>
      element.tagName === 'A' && getComputedStyle(element).display === 'inline' && element.closest('p, li, td');
    return [...document.querySelectorAll('a, button, select, input, textarea')]
      .filter((element) => element.checkVisibility() && !element.matches('.skip') && !inText(element))
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width < smallest || box.height < smallest)
      .map(({ element, box }) => `${element.outerHTML.slice(0, 80)} ${box.width}×${box.height}`);
  }, SMALLEST);
}
