// What a screen reader is told of the reader and of projection, and the way through both with keys
// alone; on a small or enlarged window everything is there, and large enough to hit.

import { expect, test } from '@playwright/test';
import { openAllSteps } from './study.mjs';
import { en, zh } from './words.mjs';

const said = {
  'zh-CN': {
    // The reader.
    steps: '本专题的步骤', kinds: ['视频', '阅读', '作业', '研讨', '反思'],
    titles: ['问题思考', '案例故事', '互动园地', '分析与建议', '拓展案例', '多角度评点', '相关链接', '作业'],
    sizes: ['小', '标准', '大', '特大'], spacings: ['紧', '标准', '松'], widths: ['窄', '标准', '宽'],
    find: '在本文中查找', findBack: '上一处', findOn: '下一处', print: '打印整篇阅读',
    panel: '划线与笔记', byKeys: '用按键选句子', allNotes: '全部学习笔记', none: '这一部分还没有。选中一段文字，就能划线、写笔记。',
    counting: '计时', first: '四个问题', item: '上一次收学生的手机', quote: '几个人一起读的话',
    next: '下一部分：案例故事', before: '上一步', back: '回目录', after: '下一步：作业',
    // Highlights and notes.
    card: '划线', markAs: '标成', marks: ['要点', '可借用', '有疑问', '有感触'], on: '下一句',
    write: '写笔记', change: '改笔记', remove: '删除划线', close: '关上', save: '保存笔记', later: '先不保存',
    note: '这条划线的笔记', noted: '有笔记：先听他说完', kept: '先听他说完',
    notes: '学习笔记', intro: '你的划线、笔记和视频里的回答都在这里', show: '显示',
    filters: ['全部', '要点', '可借用', '有疑问', '有感触', '思考题的回答'],
    markdown: '导出为 Markdown', printNotes: '打印', where: '师德与法律素养 · 读：往上翻 · 案例故事',
    toPlace: '回到原处', made: '整理于',
    // Search.
    search: '搜索', searchLabel: '搜课程文字、字幕、笔记和帖子', typed: '铁皮柜', many: '手机', hits: '找到 \\d+ 条',
    reading: '阅读', hit: '早上锁进讲台边的铁皮柜', noHit: '没有找到',
    // Projection.
    project: /^投影这个专题.*往上翻/, topic: '往上翻', begin: '按空格、翻页笔或点一下，开始', keys: '/^B 黑屏，/', controls: '投影操作',
    acts: ['上一页', '下一步', '跳到', '结束投影', '黑屏', '暂停计时', '聚光灯', '全屏'], shown: '已放',
    think: '问题思考', ask: '先想一想', questions: ['您放在哪儿了', '桌上那部收来的手机'],
    analysis: '分析与建议', covered: '还盖着 \\d+ 条，按一下揭开一条', aboveTable: '分析与建议 · 把这件事拆开看', columns: ['时间', '她做的', '站得住吗', '为什么'],
    heard: '大家怎么说', hear: '记下大家的话，按回车', keep: '记下', takeBack: '撤回上一条',
    list: '跳到', jumps: ['往上翻', '看：三点十二分', '问题思考', '案例故事', '互动园地', '分析与建议', '拓展案例', '多角度评点'],
    black: '黑屏中：点一下恢复', timeUp: '时间到',
  },
  en: {
    steps: 'Steps of this topic', kinds: ['Video', 'Reading', 'Assignment', 'Discussion', 'Reflection'],
    titles: ['Think first', 'The case', 'Interaction', 'Analysis and advice', 'Further cases', 'Comments from several angles', 'Links', 'Assignment'],
    sizes: ['Small', 'Usual', 'Large', 'Largest'], spacings: ['Tight', 'Usual', 'Loose'], widths: ['Narrow', 'Usual', 'Wide'],
    find: 'Find in this text', findBack: 'Previous', findOn: 'Next', print: 'Print the whole reading',
    panel: 'Highlights and notes', byKeys: 'Choose a sentence with keys', allNotes: 'All study notes', none: 'None in this part yet. Select some text to highlight it and write a note.',
    counting: 'ounting', first: 'Four questions', item: 'The last time you took', quote: 'Reading this with colleagues',
    next: 'Next part: The case', before: 'Step before', back: 'Back to the outline', after: 'Next step: Assignment',
    card: 'Highlight', markAs: 'Mark as', marks: ['Key point', 'To use', 'Question', 'Touched me'], on: 'Next sentence',
    write: 'Write a note', change: 'Change the note', remove: 'Remove highlight', close: 'Close', save: 'Save note', later: 'Not now',
    note: 'Note on this highlight', noted: 'Note: let him finish first', kept: 'let him finish first',
    notes: 'Study notes', intro: 'Your highlights, notes and answers', show: 'Show',
    filters: ['Everything', 'Key point', 'To use', 'Question', 'Touched me', 'Answers in videos'],
    markdown: 'Export as Markdown', printNotes: 'Print', where: 'Professional ethics and the law · Read: Scrolling up · The case',
    toPlace: 'Back to the place', made: 'Put together on',
    search: 'Search', searchLabel: 'Search texts, captions, notes and posts', typed: 'METAL cabinet', many: 'phone', hits: '\\d+ results?',
    reading: 'Reading', hit: 'locked in the metal cabinet beside', noHit: 'Nothing found',
    project: /^Project this topic.*Scrolling up/, topic: 'Scrolling up', begin: 'Press space, the clicker, or tap to begin', keys: '/^B. black/', controls: 'Projection',
    acts: ['Back', 'On', 'Jump to', 'End', 'Black', 'Stop the clock', 'Spotlight', 'Full screen'], shown: 'Shown for',
    think: 'Think first', ask: 'Think first', questions: ['where did you put it', 'A phone you have taken'],
    analysis: 'Analysis and advice', covered: 'Covered: \\d+\\. Press on to uncover one', aboveTable: 'Analysis and advice', tableTitle: 'When you ring the mother', columns: ['Say', 'Leave out'],
    heard: 'What the room says', hear: 'What is said', keep: 'Keep', takeBack: 'Undo last',
    list: 'Jump to', jumps: ['Scrolling up', 'Watch: 3:12 in the afternoon', 'Think first', 'The case', 'Interaction', 'Analysis and advice', 'Further cases', 'Comments from several angles'],
    black: 'The screen is black: tap to go on', timeUp: 'Time is up',
  },
};

/** More stops than any of these screens has. */
const STOPS = 90;
const SMALLEST = 24;
/** What a window of 1366 × 768 has left at 200 %, and one of 1280 × 1024 at 400 %. */
const SMALL = [[683, 384], [320, 256]];

const deck = (page) => page.getByRole('dialog');
const button = (within, name) => within.getByRole('button', { name, exact: true });
const hear = (page, own) => deck(page).getByRole('textbox', { name: own.hear });
const jumps = (page, own) => deck(page).getByRole('navigation', { name: own.list });
const curtain = (page) => page.locator('.deck .curtain');
const card = (page, own) => page.getByRole('region', { name: own.card, exact: true });
/** A summary has no role that it could be found by. */
const fold = (page, label) => page.locator('summary').filter({ hasText: label });
const place = async (page) => Number((await page.locator('.deck .above .number').innerText()).split(' / ')[0]);

/** Lines of a snapshot, one for each name; quoted, as a name may have a colon in it. */
const lines = (indent, role, names) => names.map((name) => `${' '.repeat(indent)}- '${role} "${name}"'`).join('\n');
const items = (indent, role, names) =>
  names.map((name) => `${' '.repeat(indent)}- listitem:\n${' '.repeat(indent + 2)}- '${role} ${name}'`).join('\n');
const begins = (names) => names.map((name) => `/^${name}/`);

async function openReading(page, own, part = 'think') {
  await page.goto(`#/step/m1t1-reading/${part}`);
  await textArrived(page, own);
}

async function textArrived(page, own) {
  await expect(page.locator('.prose p').first()).toBeVisible();
  await expect(fold(page, own.panel)).toBeVisible();
}

async function openDeck(page) {
  await page.goto('#/deck/m1t1');
  await expect(deck(page).getByRole('heading', { level: 1 })).toBeVisible();
  await expect(deck(page)).toBeFocused();
}

/** A key, and what it does is on the page. */
async function press(page, key) {
  await page.keyboard.press(key);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => done())));
}

/** Goes on until something is there; the last sheet ends it. */
async function onTo(page, there, key = 'PageDown') {
  for (let step = 0; step < 120 && !(await there()); step += 1) await press(page, key);
  expect(await there()).toBe(true);
}

const onToAnswers = (page, own, key) => onTo(page, async () => (await hear(page, own).count()) === 1, key);
const onToCovered = (page, own, key) =>
  onTo(page, async () => (await page.locator('.deck .still').filter({ hasText: new RegExp(own.covered) }).count()) === 1, key);

/** Everything that a screen reader comes by, as the browser tells it. */
async function readOut(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return nodes.filter(({ ignored }) => !ignored).map(({ name }) => name?.value ?? '').join('\n');
}

/** Marks the first sentence of the case, with the buttons for it. */
async function mark(page, own) {
  await openReading(page, own, 'case');
  await fold(page, own.panel).click();
  await button(page, own.byKeys).click();
  await button(card(page, own), own.marks[0]).click();
  await expect(page.locator('.prose mark').first()).toBeVisible();
}

async function note(page, own, words = own.kept) {
  await button(card(page, own), own.write).click();
  await page.getByRole('textbox', { name: own.note }).fill(words);
}

/** Presses Tab until `wanted` has the focus; every stop on the way is in sight. */
async function tabTo(page, wanted, key = 'Tab') {
  await expect(wanted).toBeVisible();
  for (let stop = 0; stop < STOPS; stop += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
    // After the last stop the focus leaves the page, and comes back at its beginning.
    if (await page.evaluate(() => document.activeElement !== document.body)) await expectFocusInSight(page);
  }
  await expect(wanted).toBeFocused();
}

async function follow(page, wanted, key) {
  await tabTo(page, wanted, key);
  await page.keyboard.press('Enter');
}

/** What has the focus can be seen, and so can the line around it. */
async function expectFocusInSight(page) {
  const seen = await page.evaluate(() => {
    const focused = document.activeElement;
    const style = getComputedStyle(focused);
    const box = focused.getBoundingClientRect();
    return {
      what: focused.outerHTML.slice(0, 100),
      outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0,
      inView: box.width > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
    };
  });
  expect(seen).toEqual({ what: seen.what, outlined: true, inView: true });
}

/** The focus is on something: the next key goes on from there. */
const expectFocusHeld = (page) =>
  expect.poll(() => page.evaluate(() => document.activeElement?.tagName), 'the focus is lost').not.toBe('BODY');

const beyond = (page) => page.evaluate(() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth);

/** Everything to press or to fill in that is smaller than it may be; links within a sentence may. */
const tooSmall = (page) =>
  page.evaluate((smallest) => {
    const within = document.querySelector('dialog[open]') ?? document;
    const runsOn = (sibling) => {
      let at = sibling.start;
      while (at && at.nodeType === Node.TEXT_NODE && !at.data.trim()) at = at[sibling.to];
      return at && (at.nodeType === Node.TEXT_NODE || getComputedStyle(at).display === 'inline');
    };
    const inText = (link) =>
      link.tagName === 'A' &&
      getComputedStyle(link).display === 'inline' &&
      (runsOn({ start: link.previousSibling, to: 'previousSibling' }) || runsOn({ start: link.nextSibling, to: 'nextSibling' }));
    return [...within.querySelectorAll('a, button, select, input, textarea, summary')]
      .filter((element) => element.checkVisibility() && !element.matches('.skip') && !inText(element))
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width < smallest || box.height < smallest)
      .map(({ element, box }) => `${element.tagName} ${element.textContent.trim()}: ${Math.round(box.width)}×${Math.round(box.height)}`);
  }, SMALLEST);

/** Controls of the deck that are not wholly within the window, nor can be brought there. */
const outside = (page) =>
  page.locator('.deck .reach button').evaluateAll((buttons) =>
    buttons
      .map((each) => {
        each.scrollIntoView();
        return { each, box: each.getBoundingClientRect() };
      })
      .filter(({ box }) => box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1)
      .map(({ each, box }) => `${each.textContent}: ${Math.round(box.left)}–${Math.round(box.right)}, ${Math.round(box.top)}–${Math.round(box.bottom)}`),
  );

test.beforeEach(({ page }) => openAllSteps(page));

for (const words of [zh, en]) {
  const own = said[words.tag];

  test.describe(`in ${words.tag}`, () => {
    test.use({ locale: words.tag });

    test('the tree of the reader: parts, choices, search, highlights, text, and the way on', async ({ page }) => {
      await openReading(page, own);
      await fold(page, words.typeSet).click();
      await fold(page, own.find).click();
      await fold(page, own.panel).click();
      await expect(page.getByRole('main')).toMatchAriaSnapshot(`
        - main:
          - article:
            - /children: equal
            - paragraph: ${own.topic}
            - 'navigation "${own.steps}"':
              - list:
                - /children: equal
${items(16, 'link', begins(own.kinds))}
            - 'heading "${words.firstReading}" [level=1]'
            - 'navigation "${words.parts}"':
              - list:
                - /children: equal
${items(16, 'link', begins(own.titles))}
            - group:
              - text: /^${words.typeSet}/
              - 'combobox "${words.typeSize}"':
${lines(16, 'option', own.sizes)}
              - 'combobox "${words.typeSpacing}"':
${lines(16, 'option', own.spacings)}
              - 'combobox "${words.typeWidth}"':
${lines(16, 'option', own.widths)}
              - 'button "${words.typeReset}"'
            - group:
              - text: /^${own.find}/
              - search:
                - 'searchbox "${own.find}"'
                - 'button "${own.findBack}"'
                - 'button "${own.findOn}"'
                - status
            - group:
              - text: /^${own.panel}/
              - paragraph: ${own.none}
              - 'button "${own.byKeys}"'
              - paragraph:
                - 'link "${own.allNotes}"'
              - 'button "${own.print}"'
              - alert
            - status: /${own.counting}/
            - text: /26/
            - 'heading "${own.titles[0]}" [level=2]'
            - paragraph: /^${own.first}/
            - list:
              - listitem: /^${own.item}/
              - listitem
              - listitem
              - listitem
            - blockquote:
              - paragraph: /^${own.quote}/
            - paragraph:
              - 'link "${own.next}"'
            - 'navigation "${words.outline}"':
              - /children: equal
              - 'link "${own.before}"'
              - 'link "${own.back}"'
              - 'link "${own.after}"'
      `);
      // A snapshot does not tell which part is open.
      await expect(page.locator('.parts [aria-current]')).toHaveText(new RegExp(`^${own.titles[0]}`));
    });

    test('the tree of a highlight, of its note, and of the study notes', async ({ page }) => {
      await mark(page, own);
      await note(page, own);
      await expect(card(page, own)).toMatchAriaSnapshot(`
        - 'region "${own.card}"':
          - paragraph: /.{3,}/
          - 'textbox "${own.note}"': ${own.kept}
          - 'button "${own.save}"'
          - 'button "${own.later}"'
      `);
      await button(page, own.save).click();
      await expect(card(page, own)).toMatchAriaSnapshot(`
        - 'region "${own.card}"':
          - /children: equal
          - paragraph: /.{3,}/
          - paragraph: ${own.kept}
          - 'group "${own.markAs}"':
            - /children: equal
            - 'button "${own.marks[0]}" [pressed]'
${lines(12, 'button', own.marks.slice(1))}
          - 'button "${own.change}"'
          - 'button "${own.remove}"'
          - 'button "${own.close}"'
      `);
      await expect(page.locator('.prose')).toMatchAriaSnapshot(`
        - mark:
          - text: /.{3,}/
          - 'button "${own.noted}"'
      `);
      await page.goto('#/notes');
      await expect(page.getByRole('listitem')).toHaveCount(1);
      await expect(page.getByRole('main')).toMatchAriaSnapshot(`
        - main:
          - article:
            - /children: equal
            - 'heading "${own.notes}" [level=1]'
            - paragraph: /^${own.intro}/
            - text: ${own.show}
            - 'combobox "${own.show}"':
${lines(14, 'option', own.filters)}
            - 'button "${own.markdown}"'
            - 'button "${own.printNotes}"'
            - paragraph: /${own.made}/
            - 'heading "${own.where}" [level=2]'
            - list:
              - listitem:
                - /children: equal
                - paragraph:
                  - strong: ${own.marks[0]}
                - paragraph: /.{3,}/
                - paragraph: ${own.kept}
                - 'link "${own.toPlace}"'
      `);
    });

    test('the tree of the search, with what it found', async ({ page }) => {
      await page.goto('#/search');
      await page.getByRole('searchbox').fill(own.typed);
      await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(1);
      await expect(page.getByRole('main')).toMatchAriaSnapshot(`
        - main:
          - article:
            - /children: equal
            - 'heading "${own.search}" [level=1]'
            - search:
              - 'searchbox "${own.searchLabel}"': ${own.typed}
            - status: /^${own.hits}$/
            - list:
              - listitem:
                - /children: equal
                - paragraph: /^${own.reading} .*${own.titles[1]}$/
                - paragraph:
                  - 'link /${own.hit}/':
                    - mark
      `);
    });

    test('the tree of the title sheet and of the list to jump by', async ({ page }) => {
      await openDeck(page);
      await expect(deck(page)).toMatchAriaSnapshot(`
        - 'dialog "${own.topic}"':
          - /children: equal
          - paragraph: /^1 \\/ \\d+$/
          - 'heading "${own.topic}" [level=1]'
          - paragraph: ${own.begin}
          - paragraph: ${own.keys}
          - status
          - 'toolbar "${own.controls}"':
            - /children: equal
${lines(12, 'button', own.acts)}
            - text: /^${own.shown} \\d+:\\d\\d$/
      `);
      await press(page, 'l');
      await expect(jumps(page, own)).toMatchAriaSnapshot(`
        - 'navigation "${own.list}"':
          - /children: equal
          - 'heading "${own.list}" [level=2]'
          - list:
            - /children: equal
${items(12, 'button', own.jumps.map((title) => `/^\\d+ · ${title}$/`))}
          - 'button "${own.close}"'
      `);
      await press(page, 'Escape');
      await press(page, 'b');
      await expect(deck(page)).toMatchAriaSnapshot(`
        - status:
          - 'button "${own.black}"'
      `);
    });

    test('the tree of a question alone', async ({ page }) => {
      await openDeck(page);
      await onTo(page, async () => (await deck(page).getByRole('timer').count()) === 1);
      await expect(deck(page)).toMatchAriaSnapshot(`
        - 'dialog "${own.topic}"':
          - /children: equal
          - paragraph: /^${own.think} \\d+ \\/ \\d+$/
          - paragraph:
            - text: ${own.ask}
            - timer: /^(3:00|2:5\\d)$/
          - paragraph: /^1\\. .*${own.questions[0]}/
          - status
          - 'toolbar "${own.controls}"'
      `);
      expect(await readOut(page)).not.toContain(own.questions[1]);
    });

    test('what is covered is not in the tree, and is there once it is uncovered', async ({ page }) => {
      await openDeck(page);
      await onToCovered(page, own);
      const sheet = await place(page);
      await expect(deck(page)).toMatchAriaSnapshot(`
        - 'dialog "${own.topic}"':
          - /children: equal
          - paragraph: /^${own.analysis} \\d+ \\/ \\d+$/
          - 'paragraph': '/^${own.covered}$/'
          - status
          - 'toolbar "${own.controls}"'
      `);
      const before = await readOut(page);
      await press(page, 'PageDown');
      await expect(page.locator('.deck .still')).toHaveCount(0);
      expect(await place(page)).toBe(sheet);
      expect(before).not.toContain(await page.locator('.deck .told :is(p, h2)').first().innerText());
      // The next sheet begins with its first point: here the first row of a table.
      await onTo(page, async () => (await deck(page).getByRole('table').count()) === 1);
      const first = await page.locator('.deck tbody tr').evaluate((row) => row.lastElementChild.textContent);
      await expect(deck(page)).toMatchAriaSnapshot(`
        - 'dialog "${own.topic}"':
          - /children: equal
          - paragraph: /^${own.aboveTable} \\d+ \\/ \\d+$/
${own.tableTitle ? `          - 'heading "${own.tableTitle}" [level=2]'\n` : ''}          - table:
            - rowgroup:
              - row:
                - /children: equal
${lines(16, 'columnheader', own.columns)}
            - rowgroup:
              - /children: equal
              - row:
                - /children: equal
${own.columns.map(() => '                - cell').join('\n')}
          - status
          - 'toolbar "${own.controls}"'
      `);
      const after = await readOut(page);
      await press(page, 'PageDown');
      // On the same sheet, or, where that was full, on the next.
      const second = await page.locator('.deck tbody tr').last().evaluate((row) => row.lastElementChild.textContent);
      expect(before).not.toContain(first);
      expect(before).not.toContain(second);
      expect(after).toContain(first);
      expect(after).not.toContain(second);
      expect(await readOut(page)).toContain(second);
    });

    test('the tree of the sheet where what the room says is written down', async ({ page }) => {
      await openDeck(page);
      await onToAnswers(page, own);
      await hear(page, own).fill(own.kept);
      await press(page, 'Enter');
      await expect(page.locator('.deck .told')).toContainText(own.kept);
      await expect(deck(page)).toMatchAriaSnapshot(`
        - 'dialog "${own.topic}"':
          - /children: equal
          - paragraph: /^${own.think} \\d+ \\/ \\d+$/
          - paragraph: ${own.heard}
          - paragraph: /${own.kept}/
          - 'textbox "${own.hear}"'
          - 'button "${own.keep}"'
          - 'button "${own.takeBack}"'
          - status
          - 'toolbar "${own.controls}"'
      `);
    });

    test('by keys alone from the course home to a reading, a larger type, a highlight, a note, and back to its place', async ({ page }) => {
      await page.goto('');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await follow(page, page.getByRole('link', { name: words.outline, exact: true }));
      await expect(page.getByRole('heading', { level: 1, name: words.outline })).toBeFocused();
      await follow(page, page.getByRole('link', { name: words.firstReading, exact: true }));
      await expect(page.getByRole('heading', { level: 1, name: words.firstReading })).toBeFocused();
      await textArrived(page, own);

      await follow(page, page.getByRole('navigation', { name: words.parts }).getByRole('link', { name: new RegExp(`^${own.titles[1]}`) }));
      await expect(page.getByRole('heading', { level: 2, name: own.titles[1] })).toBeFocused();
      await textArrived(page, own);

      const size = () => page.locator('.prose').evaluate((prose) => parseFloat(getComputedStyle(prose).fontSize));
      const usual = await size();
      await follow(page, fold(page, words.typeSet), 'Shift+Tab');
      const sizes = page.getByRole('combobox', { name: words.typeSize });
      await tabTo(page, sizes);
      await page.keyboard.press('End');
      await expect.poll(size).toBeGreaterThan(usual * 1.3);
      await expect(sizes).toBeFocused();

      await follow(page, fold(page, own.panel));
      await follow(page, button(page, own.byKeys));
      await expect(button(card(page, own), own.on)).toBeFocused();
      const chosen = card(page, own).getByRole('status');
      const sentence = await chosen.innerText();
      await page.keyboard.press('Enter');
      await expect(chosen).not.toHaveText(sentence);
      const next = await chosen.innerText();
      await follow(page, button(card(page, own), own.marks[0]));
      await expect(page.locator('.prose mark').first()).toContainText(next.slice(0, 6));
      await expect(button(card(page, own), own.write)).toBeFocused();
      await expectFocusInSight(page);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('textbox', { name: own.note })).toBeFocused();
      await expectFocusInSight(page);
      await page.keyboard.insertText(own.kept);
      await follow(page, button(page, own.save));
      await expect(page.locator('.prose .hl-noted')).toHaveCount(1);

      await follow(page, page.getByRole('link', { name: own.allNotes }), 'Shift+Tab');
      await expect(page.getByRole('heading', { level: 1, name: own.notes })).toBeFocused();
      const entry = page.getByRole('listitem').filter({ hasText: own.kept });
      await follow(page, entry.getByRole('link', { name: own.toPlace }));
      await expect(page).toHaveURL(/#\/step\/m1t1-reading\/case$/);
      await expect(button(card(page, own), own.change)).toBeFocused();
      await expect(page.locator('.prose mark').first()).toBeInViewport();
      // As large as it was chosen.
      expect(await size()).toBeGreaterThan(usual * 1.3);
    });

    test('by keys alone a topic is projected: questions, clock, what is covered, list, black, what the room says, and back', async ({ page }) => {
      await page.clock.install();
      await page.goto('');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await follow(page, page.getByRole('link', { name: words.outline, exact: true }));
      await follow(page, page.getByRole('link', { name: own.project }));
      await expect(deck(page)).toBeFocused();
      await expect(deck(page).getByRole('heading', { level: 1, name: own.topic })).toBeVisible();

      // The questions, one at a time, each with its time.
      const clock = deck(page).getByRole('timer');
      await onTo(page, async () => (await clock.count()) === 1, 'Space');
      await expect(deck(page)).toContainText(own.questions[0]);
      await expect(clock).toHaveText(/^(3:00|2:5\d)$/);
      await press(page, 'p');
      const stands = await clock.innerText();
      await page.clock.runFor(20_000);
      await expect(clock).toHaveText(stands);
      await press(page, 'p');
      await page.clock.runFor(20_000);
      await expect(clock).toHaveText(/^2:[34]\d$/);
      await expectFocusHeld(page);
      // The same by its button, which keeps the focus.
      await follow(page, button(deck(page), own.acts[5]));
      const again = await clock.innerText();
      await page.clock.runFor(20_000);
      await expect(clock).toHaveText(again);
      await page.keyboard.press('Enter');
      await page.clock.runFor(180_000);
      await expect(clock).toHaveText(own.timeUp);
      await expect(button(deck(page), own.acts[5])).toBeFocused();

      // What the room says.
      await onToAnswers(page, own);
      await tabTo(page, hear(page, own));
      await page.keyboard.insertText(own.kept);
      await page.keyboard.press('Enter');
      const told = page.locator('.deck .told');
      await expect(told).toContainText(own.kept);
      await expect(hear(page, own)).toBeFocused();
      await expectFocusInSight(page);
      await page.keyboard.insertText('12345');
      await page.keyboard.press('Enter');
      await expect(told).toContainText('12345');
      await expect(hear(page, own)).toBeFocused();
      // What was written down a moment ago may not be known yet.
      await expect(async () => {
        await follow(page, button(deck(page), own.takeBack));
        await expect(told).not.toContainText('12345', { timeout: 500 });
      }).toPass();
      await expect(told).toContainText(own.kept);
      await expect(hear(page, own)).toBeFocused();

      // What is covered; forward by the button, which keeps the focus from sheet to sheet.
      await tabTo(page, button(deck(page), own.acts[1]));
      await onToCovered(page, own, 'Enter');
      await expect(button(deck(page), own.acts[1])).toBeFocused();
      const sheet = await place(page);
      await page.keyboard.press('Enter');
      await expect(page.locator('.deck .still')).toHaveCount(0);
      expect(await place(page)).toBe(sheet);
      await expectFocusHeld(page);

      // Black, and back; by key and by button.
      for (const key of ['b', '.']) {
        await page.keyboard.press('b');
        await expect(button(deck(page), own.black)).toBeVisible();
        await expectFocusHeld(page);
        await page.keyboard.press(key);
        await expect(curtain(page)).toHaveCount(0);
        await expectFocusHeld(page);
      }
      await follow(page, button(deck(page), own.acts[4]));
      await expect(curtain(page)).toBeVisible();
      await page.keyboard.press('Enter');
      await expect(curtain(page)).toHaveCount(0);
      await expect(button(deck(page), own.acts[4])).toBeFocused();
      await expect(page.locator('.deck .told :is(p, h2)').first()).toBeVisible();

      // The list: it takes the focus where one is, and leads to a sheet.
      await follow(page, button(deck(page), own.acts[2]), 'Shift+Tab');
      await expect(jumps(page, own).getByRole('button', { name: `· ${own.jumps[5]}` })).toBeFocused();
      await expectFocusInSight(page);
      await follow(page, jumps(page, own).getByRole('button', { name: `· ${own.think}` }), 'Shift+Tab');
      await expect(jumps(page, own)).toHaveCount(0);
      await expect.poll(() => place(page)).toBe(3);

      // Escape leads out of the field, then back into the flow.
      await onToAnswers(page, own);
      await expect(told).toContainText(own.kept);
      await tabTo(page, hear(page, own));
      await page.keyboard.press('Escape');
      await expect(deck(page)).toBeFocused();
      await page.keyboard.press('Escape');
      await expect(deck(page)).toHaveCount(0);
      await expect(page.getByRole('heading', { level: 1, name: words.firstReading })).toBeFocused();
    });

    test('everything to press or fill in is large enough: projection', async ({ page }) => {
      await openDeck(page);
      expect.soft(await tooSmall(page), 'the title sheet').toEqual([]);
      await onTo(page, async () => (await deck(page).getByRole('timer').count()) === 1);
      expect.soft(await tooSmall(page), 'a question').toEqual([]);
      await onToAnswers(page, own);
      expect.soft(await tooSmall(page), 'what the room says').toEqual([]);
      await press(page, 'l');
      await expect(jumps(page, own)).toBeVisible();
      expect.soft(await tooSmall(page), 'the list').toEqual([]);
    });

    test('everything to press or fill in is large enough: reader, study notes and search', async ({ page }) => {
      await mark(page, own);
      await fold(page, words.typeSet).click();
      expect.soft(await tooSmall(page), 'the reader with a highlight').toEqual([]);
      await note(page, own);
      expect.soft(await tooSmall(page), 'a note that is written').toEqual([]);
      await button(page, own.save).click();
      await expect(page.locator('.prose .hl-noted')).toHaveCount(1);
      expect.soft(await tooSmall(page), 'the reader with a note').toEqual([]);
      await page.goto('#/notes');
      await expect(page.getByRole('listitem')).toHaveCount(1);
      expect.soft(await tooSmall(page), 'the study notes').toEqual([]);
      await page.goto('#/search');
      await page.getByRole('searchbox').fill(own.many);
      await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible();
      expect.soft(await tooSmall(page), 'the search').toEqual([]);
      await page.getByRole('searchbox').fill('zzzz');
      await expect(page.getByRole('main').getByRole('status')).toHaveText(own.noHit);
      expect.soft(await tooSmall(page), 'a search that found nothing').toEqual([]);
    });

    for (const [width, height] of SMALL) {
      test.describe(`at ${width}×${height}`, () => {
        test.use({ viewport: { width, height } });

        test('reader, study notes and search do not scroll sideways', async ({ page }) => {
          await mark(page, own);
          // In the lowest window the card lies over all else, but for keys.
          await fold(page, words.typeSet).press('Enter');
          expect.soft(await beyond(page), 'the reader with a highlight').toBe(0);
          await note(page, own, own.kept.repeat(30));
          expect.soft(await beyond(page), 'a note that is written').toBe(0);
          await button(page, own.save).click();
          await expect(page.locator('.prose .hl-noted')).toHaveCount(1);
          expect.soft(await beyond(page), 'the reader with a note').toBe(0);
          await page.goto('#/notes');
          await expect(page.getByRole('listitem')).toHaveCount(1);
          expect.soft(await beyond(page), 'the study notes').toBe(0);
          await page.goto('#/search');
          await page.getByRole('searchbox').fill(own.many);
          await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible();
          expect.soft(await beyond(page), 'the search').toBe(0);
        });

        test('all controls of the deck are within the window', async ({ page }) => {
          await openDeck(page);
          expect.soft(await outside(page), 'the title sheet').toEqual([]);
          expect.soft(await deck(page).evaluate((node) => node.scrollWidth - node.clientWidth), 'sideways').toBe(0);
          await onToAnswers(page, own);
          expect.soft(await outside(page), 'what the room says').toEqual([]);
          expect.soft(await deck(page).evaluate((node) => node.scrollWidth - node.clientWidth), 'sideways').toBe(0);
        });

        test('nothing lies over what is to be pressed: neither in the list nor beside what the room says', async ({ page }) => {
          await openDeck(page);
          await onToAnswers(page, own);
          const covered = [];
          const reach = async (wanted) => {
            for (const each of await wanted.all()) {
              // As a person would, it is scrolled to first; nothing is pressed.
              const free = await each.click({ trial: true, timeout: 1_000 }).then(() => true, () => false);
              if (!free) covered.push((await each.getAttribute('aria-label')) ?? (await each.innerText()));
            }
          };
          await reach(page.locator('.deck .hear').locator('input, button'));
          await press(page, 'l');
          await reach(jumps(page, own).getByRole('button'));
          expect(covered).toEqual([]);
        });
      });
    }
  });
}

test.describe('the focus is not lost', () => {
  const own = said['zh-CN'];

  const closings = {
    'with Escape': (page) => page.keyboard.press('Escape'),
    'with its button': (page) => follow(page, button(jumps(page, own), own.close)),
    'by choosing a sheet': (page) => page.keyboard.press('Enter'),
  };
  for (const [how, close] of Object.entries(closings)) {
    test(`where the list to jump by is closed ${how}`, async ({ page }) => {
      await openDeck(page);
      await follow(page, button(deck(page), own.acts[2]));
      await expect(jumps(page, own).getByRole('button', { name: `· ${own.jumps[0]}` })).toBeFocused();
      await close(page);
      await expect(jumps(page, own)).toHaveCount(0);
      await expectFocusHeld(page);
    });
  }

  test('where the clicker goes on while something is typed', async ({ page }) => {
    await openDeck(page);
    await onToAnswers(page, own);
    await tabTo(page, hear(page, own));
    await page.keyboard.insertText(own.kept);
    await page.keyboard.press('PageDown');
    await expect(hear(page, own)).toHaveCount(0);
    await expectFocusHeld(page);
  });

  test('where the curtain is lifted by what lies on it', async ({ page }) => {
    await openDeck(page);
    await page.keyboard.press('b');
    await follow(page, button(deck(page), own.black));
    await expect(curtain(page)).toHaveCount(0);
    await expectFocusHeld(page);
  });

  for (const [over, key] of [['the curtain', 'b'], ['the list to jump by', 'l']]) {
    test(`to what lies behind ${over}`, async ({ page }) => {
      await openDeck(page);
      await onToAnswers(page, own);
      await press(page, key);
      const hidden = new Set();
      for (let stop = 0; stop < 30; stop += 1) {
        await page.keyboard.press('Tab');
        const behind = await page.evaluate(() => {
          const focused = document.activeElement;
          if (!focused.closest('.deck .frame')) return '';
          const box = focused.getBoundingClientRect();
          const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
          return top?.closest('.curtain, .jumps') ? focused.getAttribute('aria-label') ?? focused.textContent : '';
        });
        if (behind) hidden.add(behind);
      }
      expect([...hidden]).toEqual([]);
    });
  }

  const endings = {
    'where a note is kept': async (page) => {
      await follow(page, button(card(page, own), own.write));
      await page.keyboard.insertText(own.kept);
      await follow(page, button(page, own.save));
      await expect(page.locator('.prose .hl-noted')).toHaveCount(1);
    },
    'where a note is left for later': async (page) => {
      await follow(page, button(card(page, own), own.write));
      await follow(page, button(page, own.later));
      await expect(page.getByRole('textbox', { name: own.note })).toHaveCount(0);
    },
    'where a highlight is marked as something else': async (page) => {
      await follow(page, button(card(page, own), own.marks[2]));
      await expect(button(card(page, own), own.marks[2])).toHaveAttribute('aria-pressed', 'true');
    },
    'where the card of a highlight is closed': async (page) => {
      await follow(page, button(card(page, own), own.close));
      await expect(card(page, own)).toBeHidden();
    },
  };
  for (const [ending, end] of Object.entries(endings)) {
    test(ending, async ({ page }) => {
      await mark(page, own);
      await expect(button(card(page, own), own.write)).toBeFocused();
      await end(page);
      await expectFocusHeld(page);
    });
  }
});

// What a button does is told by another name or as pressed; the room sees it, a screen reader does not.
for (const [what, at] of [['the clock stands', 4], ['the spotlight is on', 5]]) {
  test(`that ${what} is told by its button`, async ({ page }) => {
    const own = said['zh-CN'];
    await openDeck(page);
    const control = deck(page).getByRole('toolbar').getByRole('button').nth(at);
    await expect(control).toHaveText(own.acts[at]);
    const before = await control.ariaSnapshot();
    await follow(page, control);
    await expect.poll(() => control.ariaSnapshot()).not.toBe(before);
  });
}

test.describe('by touch', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 683, height: 384 } });

  test('the list to jump by is closed by its button', async ({ page }) => {
    const own = said['zh-CN'];
    await openDeck(page);
    await button(deck(page), own.acts[2]).tap();
    await button(jumps(page, own), own.close).tap({ timeout: 5_000 });
    await expect(jumps(page, own)).toHaveCount(0);
  });
});
