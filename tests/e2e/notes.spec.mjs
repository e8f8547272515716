// Highlights in a reading and the notes beside them: the study notes.

import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { faults } from './axe.mjs';
import { dump } from './database.mjs';
import { openAllSteps, printReading } from './study.mjs';
import { en, zh } from './words.mjs';

const names = {
  'zh-CN': {
    card: '划线', point: '要点', use: '可借用', ask: '有疑问', feel: '有感触', write: '写笔记', change: '改笔记', save: '保存笔记', later: '先不保存',
    field: '这条划线的笔记', remove: '删除划线', undo: '撤销', close: '关上', list: /^划线与笔记（本部分 (\d+)）$/, keys: '用按键选句子',
    on: '下一句', more: '连下一句一起选', notes: '学习笔记', markdown: '导出为 Markdown', back: '回到原处', show: '显示', lost: /找不到原处/,
    none: /还没有笔记/, tooLong: /选得太长/, print: '打印整篇阅读', putIn: /^也放进划线和笔记/, before: '贺老师教语文', piece: '下午第五节，《记承天寺夜游》', file: '**/m1/02-case.zh.md',
  },
  en: {
    card: 'Highlight', point: 'Key point', use: 'To use', ask: 'Question', write: 'Write a note', change: 'Change the note', save: 'Save note', later: 'Not now',
    field: 'Note on this highlight', remove: 'Remove highlight', undo: 'Undo', close: 'Close', list: /^Highlights and notes \(this part: (\d+)\)$/, keys: 'Choose a sentence with keys',
    on: 'Next sentence', more: 'Add the next sentence', notes: 'Study notes', markdown: 'Export as Markdown', back: 'Back to the place', show: 'Show', lost: /place is not in this text/,
    none: /No notes yet/, tooLong: /too long/, print: 'Print the whole reading', putIn: /^Put in highlights and notes/, before: 'Ms He teaches Chinese', piece: 'of week eight, the fifth lesson', file: '**/m1/02-case.en.md',
  },
};

const CASE = '#/step/m1t1-reading/case';

/** The card at the foot of the page. */
const card = (page, said) => page.getByRole('region', { name: said.card, exact: true });
const marks = (page) => page.locator('.prose mark');

/** How many highlights the list counts; it is there once the text is. */
async function count(page, said) {
  return Number(said.list.exec(await page.getByText(said.list).innerText())[1]);
}

async function openCase(page, said) {
  await page.goto(CASE);
  await expect(page.locator('.prose p').first()).toBeVisible();
  await expect(page.getByText(said.list)).toBeVisible();
}

/** Selects a piece of the text, as a mouse does. */
async function choose(page, piece) {
  await page.locator('.prose').evaluate((prose, piece) => {
    const walker = document.createTreeWalker(prose, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.data.indexOf(piece);
      if (at < 0) continue;
      node.parentElement.scrollIntoView({ block: 'center' });
      getSelection().setBaseAndExtent(node, at, node, at + piece.length);
      return;
    }
    throw new Error(`${piece} is not in the text`);
  }, piece);
}

for (const words of [zh, en]) {
  test.describe(`in ${words.tag}`, () => {
    test.use({ locale: words.tag });
    const said = names[words.tag];

    test('a reading is printed with what is marked in it, and with the words on it', async ({ page }) => {
      await openAllSteps(page);
      await openCase(page, said);
      const pieces = [said.piece, said.before];
      for (const [at, piece] of pieces.entries()) {
        await choose(page, piece);
        await card(page, said).getByRole('button', { name: said.use }).click();
        await card(page, said).getByRole('button', { name: said.write }).click();
        await page.getByRole('textbox', { name: said.field }).fill(`第${at + 1}个想法`);
        await page.getByRole('button', { name: said.save }).click();
        await expect(page.getByRole('button', { name: new RegExp(`第${at + 1}个想法`) })).toBeVisible();
      }
      const sheet = await printReading(page, said);
      // As they stand in the text, not as they were made.
      await expect(sheet.locator('mark')).toHaveText([`${said.before}1`, `${said.piece}2`]);
      const noted = sheet.getByRole('listitem').filter({ hasText: '个想法' });
      await expect(noted).toHaveText([new RegExp(`${said.before}.*第2个想法`), new RegExp(`${said.piece}.*第1个想法`)]);
    });

    test('a passage is marked, noted, gathered, gone back to and exported', async ({ page }) => {
      await openAllSteps(page);
      await openCase(page, said);
      await choose(page, said.piece);
      await card(page, said).getByRole('button', { name: said.use }).click();
      await expect(marks(page)).toHaveText(said.piece);
      await card(page, said).getByRole('button', { name: said.write }).click();
      await page.getByRole('textbox', { name: said.field }).fill('第一行 *不是强调*\n<img src=x onerror=alert(1)>');
      expect(await faults(page)).toEqual([]);
      await page.getByRole('button', { name: said.save }).click();
      await expect(page.getByRole('button', { name: /第一行/ })).toBeVisible();
      expect(await count(page, said)).toBe(1);
      expect(await faults(page)).toEqual([]);
      // What else is recorded does not draw the text anew: what is selected stays.
      await page.locator('.prose mark').evaluate((mark) => { window.drawn = mark; });
      await page.getByText(said.list).click();
      await page.getByRole('button', { name: said.keys }).click();
      await expect.poll(() => page.evaluate(() => getSelection().toString().length)).toBeGreaterThan(0);
      const logged = async () => (await dump(page)).stores.log.length;
      const before = await logged();
      await page.evaluate(() => dispatchEvent(new Event('pagehide')));
      await expect.poll(logged).toBeGreaterThan(before);
      expect(await page.evaluate(() => window.drawn.isConnected)).toBe(true);
      await marks(page).click();
      // Another colour; everything is there after a reload.
      await card(page, said).getByRole('button', { name: said.ask }).click();
      await expect(card(page, said).getByRole('button', { name: said.ask })).toHaveAttribute('aria-pressed', 'true');
      await expect.poll(() => page.evaluate(() => document.querySelector('.safe')?.textContent)).toMatch(/已保存|Saved/);
      await page.reload();
      await expect(marks(page)).toHaveText(said.piece);
      await expect(marks(page)).toHaveClass(/hl-blue/);
      await page.goto('#/notes');
      await expect(page.getByRole('heading', { level: 1, name: said.notes })).toBeVisible();
      const notes = page.getByRole('listitem').filter({ hasText: said.piece });
      await expect(notes).toContainText('<img src=x onerror=alert(1)>');
      await expect(notes).toContainText(said.ask);
      expect(await faults(page)).toEqual([]);
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: said.markdown }).click(),
      ]);
      expect(file.suggestedFilename()).toMatch(/^zhixing-notes-\d{4}-\d{2}-\d{2}\.md$/);
      const text = readFileSync(await file.path(), 'utf8');
      expect(text).toContain(`> ${said.piece}`);
      expect(text).toContain('第一行 \\*不是强调\\*');
      expect(text).toContain('\\<img src=x onerror=alert(1)>');
      // The growth archive has them, too.
      // It is handed on: they are put in only where that is asked for.
      await page.goto('#/archive');
      const tick = page.getByRole('checkbox', { name: said.putIn });
      await expect(tick).not.toBeChecked();
      await expect(page.getByText(said.piece)).toHaveCount(0);
      await tick.check();
      await expect(page.getByRole('row').filter({ hasText: said.card })).toContainText(`“${said.piece}” · 第一行`);
      await page.goto('#/notes');
      await page.getByRole('combobox', { name: said.show }).selectOption('yellow');
      await expect(notes).toHaveCount(0);
      await expect(page.getByText(said.none)).toBeVisible();
      await page.getByRole('combobox', { name: said.show }).selectOption('');
      await notes.getByRole('link', { name: said.back }).click();
      await expect(card(page, said).getByRole('button', { name: said.change })).toBeFocused();
      await expect(marks(page)).toBeInViewport();
    });

    test('with keys alone sentences are chosen, marked and noted', async ({ page }) => {
      await openAllSteps(page);
      await openCase(page, said);
      const press = async (target) => {
        await target.focus();
        await page.keyboard.press('Enter');
      };
      await press(page.getByText(said.list));
      await press(page.getByRole('button', { name: said.keys }));
      // The focus goes to the card, and stays with the button that was pressed.
      await expect(card(page, said).getByRole('button', { name: said.on, exact: true })).toBeFocused();
      const first = await card(page, said).getByRole('status').innerText();
      await page.keyboard.press('Enter');
      await expect(card(page, said).getByRole('status')).not.toHaveText(first);
      const second = await card(page, said).getByRole('status').innerText();
      await expect(card(page, said).getByRole('button', { name: said.on, exact: true })).toBeFocused();
      await press(card(page, said).getByRole('button', { name: said.more }));
      await expect(card(page, said).getByRole('status')).toContainText(second);
      await expect(card(page, said).getByRole('status')).not.toHaveText(second);
      await press(card(page, said).getByRole('button', { name: said.point }));
      await expect(card(page, said).getByRole('button', { name: said.write })).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(page.getByRole('textbox', { name: said.field })).toBeFocused();
      await page.keyboard.type('先听他说完');
      await page.keyboard.press('Tab');
      await expect(page.getByRole('button', { name: said.save })).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(page.locator('.hl-noted')).toHaveCount(1);
      await page.keyboard.press('Escape');
      await expect(card(page, said)).toBeHidden();
      await press(page.locator('.hl-noted'));
      await expect(card(page, said)).toContainText('先听他说完');
      // Taken away, and back again.
      await press(card(page, said).getByRole('button', { name: said.remove }));
      await expect(marks(page)).toHaveCount(0);
      await expect(page.getByRole('button', { name: said.undo })).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(page.locator('.hl-noted')).toHaveCount(1);
    });

    test('a highlight survives a small edit of the text, and one whose place is gone is told', async ({ page }) => {
      await openAllSteps(page);
      await openCase(page, said);
      await choose(page, said.piece);
      await card(page, said).getByRole('button', { name: said.point }).click();
      await expect(marks(page)).toHaveText(said.piece);
      await expect.poll(() => page.evaluate(() => document.querySelector('.safe')?.textContent)).toMatch(/已保存|Saved/);
      const half = said.piece.slice(0, said.piece.length / 2);
      const serve = (change) => page.route(said.file, async (route) => {
        const answer = await route.fetch();
        return route.fulfill({ response: answer, body: change(await answer.text()) });
      });
      await serve((text) => `${half}。\n\n${text.replace(said.piece, `${half}*X*${said.piece.slice(half.length)}`)}`);
      await page.reload();
      await expect.poll(async () => (await marks(page).allInnerTexts()).join('')).toBe(`${half}X${said.piece.slice(half.length)}`);
      await serve(() => '# Another text\n\nNothing of it is left.');
      await page.reload();
      await expect(page.getByText('Nothing of it is left.')).toBeVisible();
      await page.getByText(said.list).click();
      await expect(page.getByText(said.lost)).toBeVisible();
      expect(await count(page, said)).toBe(1);
      await page.goto('#/notes');
      await expect(page.getByRole('listitem').filter({ hasText: said.piece })).toBeVisible();
    });
  });
}

test('a long text stands at once, is whole a little later, and what is marked at its end is found there', async ({ page }) => {
  const said = names['zh-CN'];
  await openAllSteps(page);
  const long = Array.from({ length: 900 }, (_, at) => `第${at}段说的是第${at}件事，先把它看完。`).join('\n\n');
  await page.route(said.file, (route) => route.fulfill({ body: long }));
  await openCase(page, said);
  await expect(page.locator('.prose p')).toHaveCount(900);
  await choose(page, '第899件事');
  await card(page, said).getByRole('button', { name: said.point }).click();
  await expect(marks(page)).toHaveText('第899件事');
  // Turned to another part and back: from its top, and whole again.
  await page.goto('#/step/m1t1-reading/think');
  await expect(marks(page)).toHaveCount(0);
  await page.goto(CASE);
  await expect(page.locator('.prose p')).toHaveCount(900);
  expect(await page.locator('.prose p').allInnerTexts()).toEqual(long.split('\n\n'));
  await expect(marks(page)).toHaveText('第899件事');
  // Opened anew it is found at the place where it was left.
  await expect.poll(() => page.evaluate(() => document.querySelector('.safe')?.textContent)).toMatch(/已保存/);
  await marks(page).scrollIntoViewIfNeeded();
  await page.goto('#/notes');
  await page.getByRole('link', { name: said.back }).click();
  await expect(marks(page)).toBeInViewport();
});

test('highlights are in the colours of the screen, each in one of its own', async ({ page }) => {
  const said = names['zh-CN'];
  await openAllSteps(page);
  await openCase(page, said);
  for (const [kind, from] of [[said.point, 0], [said.use, 3], [said.ask, 6], [said.feel, 9]]) {
    await choose(page, said.piece.slice(from, from + 3));
    await card(page, said).getByRole('button', { name: kind }).click();
    await expect(page.locator('.prose mark').filter({ hasText: said.piece.slice(from, from + 3) })).toBeVisible();
  }
  await card(page, said).getByRole('button', { name: said.close }).click();
  /** Light of each highlight's ground, from 0 to 255. */
  const grounds = () => marks(page).evaluateAll((all) => all.map((mark) => {
    const [red, green, blue] = getComputedStyle(mark).backgroundColor.match(/\d+/g).map(Number);
    return { colour: `${red} ${green} ${blue}`, light: Math.round(0.3 * red + 0.6 * green + 0.1 * blue) };
  }));
  for (const [theme, dark] of [['light', false], ['sepia', false], ['dark', true], ['contrast', true]]) {
    await page.getByRole('combobox', { name: zh.theme }).selectOption(theme);
    const shown = await grounds();
    expect(new Set(shown.map(({ colour }) => colour)).size).toBe(4);
    expect(shown.every(({ light }) => (dark ? light < 90 : light > 200)), JSON.stringify(shown)).toBe(true);
    expect(await faults(page)).toEqual([]);
  }
  // Paper is white whatever the screen shows.
  await page.emulateMedia({ media: 'print' });
  expect((await grounds()).every(({ light }) => light > 200)).toBe(true);
});

test('words that were typed and not saved are there again, and marks may lie over one another', async ({ page }) => {
  const said = names['zh-CN'];
  await openAllSteps(page);
  await openCase(page, said);
  const text = await page.locator('.prose').innerText();
  await choose(page, said.piece);
  await card(page, said).getByRole('button', { name: said.point }).click();
  await card(page, said).getByRole('button', { name: said.write }).click();
  await page.getByRole('textbox', { name: said.field }).fill('还没想好');
  await page.getByRole('button', { name: said.later }).click();
  await expect.poll(() => page.evaluate(() => document.querySelector('.safe')?.textContent)).toMatch(/已保存/);
  await page.reload();
  await expect(marks(page)).toHaveText(said.piece);
  await marks(page).click();
  await card(page, said).getByRole('button', { name: said.write }).click();
  await expect(page.getByRole('textbox', { name: said.field })).toHaveValue('还没想好');
  await page.getByRole('button', { name: said.later }).click();
  // One within the other.
  await choose(page, said.piece.slice(3, 8));
  await card(page, said).getByRole('button', { name: said.use }).click();
  await expect(page.locator('.prose mark.hl-green')).toHaveText(said.piece.slice(3, 8));
  await expect.poll(() => page.locator('.prose').innerText()).toBe(text);
  expect(await count(page, said)).toBe(2);
  // What spans the whole text is too much at once.
  await page.locator('.prose').evaluate((prose) => {
    const long = prose.querySelector('p');
    long.firstChild.data = '长'.repeat(2_001);
    getSelection().selectAllChildren(long);
  });
  await expect(card(page, said).getByText(said.tooLong)).toBeVisible();
});
