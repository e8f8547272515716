// The score: every point explained by its records, what is left planned, and what nobody vouches
// for told apart. Grades and lists come in as packets.

import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { faults } from './axe.mjs';
import { LEARNER, chain } from './chain.mjs';
import { exported, packet, recordLines, takeIn, unpacked } from './packet.mjs';
import { changeCourse } from './study.mjs';
import { en, zh } from './words.mjs';

const names = {
  [zh.tag]: {
    standing: '成绩与计划', ledger: '学时明细', archive: '成长档案', courses: '课程', device: '本机内容', score: '成绩', short: '还差 60 分达到“合格”',
    provisional: '暂计', everything: '做完全部', ticked: '做完勾选的', imported: /新增/, complete: '结业，定下成绩',
    frozen: /成绩已定/, open: '打开', whole: /首尾相接/, broken: /第 2 条接不上前一条/, refused: /考核方案有误/,
  },
  [en.tag]: {
    standing: 'Score and plan', ledger: 'Study ledger', archive: 'Growth archive', courses: 'Courses', device: 'On this device', score: 'Score',
    short: '60 short of “Pass”', provisional: 'provisional', everything: 'With everything', ticked: 'With what is ticked',
    imported: /new/, complete: 'Complete, and freeze the figures', frozen: /figures frozen/, open: 'Open',
    whole: /nothing missing or changed/, broken: /record 2 does not follow/, refused: /assessment scheme is faulty/,
  },
};

const heading = (page, name) => page.getByRole('heading', { level: 1, name });

const score = (page) => page.locator('.headline .big');

/** Opens a course of the shelf before the app starts. */
const course = (page, path) => page.addInitScript((chosen) => localStorage.setItem('zhixing-course', chosen), path);

/** The learner's first record, and a way to bring records of others in. */
async function registration(page, words) {
  await page.goto('#/records');
  await expect(heading(page, words.records)).toBeVisible();
  return JSON.parse(recordLines(unpacked((await exported(page, words)).bytes))[0]).registration;
}

async function bring(page, words, lines) {
  await page.goto('#/records');
  const file = { name: 'marks.zip', mimeType: 'application/zip', buffer: packet(lines) };
  await takeIn(page, words, file);
  await expect(page.getByRole('main').getByRole('status')).toHaveText(names[words.tag].imported);
}

/** Marks, each body with its kind; of what one says twice the later stands. */
const marks = (registration, bodies, hoursAgo = 0, actor = 'tutor') => [
  ...chain(bodies.length, (seq) => {
    const [kind, body] = bodies[seq - 1];
    const at = Date.now() - hoursAgo * 3_600_000 + seq;
    return { kind, audience: 'tutor', registration, actor, at, body };
  }),
];

for (const words of [zh, en]) {
  const said = names[words.tag];
  test.describe(words.tag, () => {
    test.use({ locale: words.tag });

    test('the standing says what there is, what is left and what it would bring', async ({ page }) => {
      await page.goto('#/');
      await page.getByRole('navigation').getByRole('link', { name: said.score, exact: true }).click();
      await expect(heading(page, said.standing)).toBeVisible();
      await expect(page.getByText(said.short)).toBeVisible();
      const first = page.getByRole('checkbox').first();
      await expect(page.getByText(said.everything)).toBeVisible();
      await first.check();
      await expect(page.getByText(said.ticked)).toBeVisible();
      await first.uncheck();
      await expect(page.getByText(said.everything)).toBeVisible();
      expect(await faults(page)).toEqual([]);
    });

    test('ledger, archive and courses read well', async ({ page }) => {
      for (const screen of ['ledger', 'archive', 'courses', 'device']) {
        await page.goto(`#/${screen}`);
        await expect(heading(page, said[screen])).toBeVisible();
      }
      await page.goto('#/ledger');
      await expect(page.getByText(said.whole)).toBeVisible();
      expect(await faults(page)).toEqual([]);
      await page.goto('#/archive');
      await expect(page.getByRole('heading', { level: 3 }).first()).toBeVisible();
      expect(await faults(page)).toEqual([]);
      await page.goto('#/courses');
      await expect(page.getByRole('heading', { level: 2 })).toHaveCount(5);
      expect(await faults(page)).toEqual([]);
      await page.setViewportSize({ width: 390, height: 844 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(wide).toBe(false);
    });
  });
}

test('marks by others count provisionally, with the record behind them a click away', async ({ page }) => {
  await course(page, 'p3-school/');
  const own = await registration(page, zh);
  await bring(page, zh, marks(own, [
    ['attendance', { step: 'm2t1-pairing', status: 'absent' }],
    ['attendance', { step: 'm2t1-visit', status: 'late' }],
    ['grade', { indicator: 'notes', points: 8_000, text: '记得细，第三页的问题问得好。' }],
    ['grade', { indicator: 'exam', percent: 72_000 }],
    ['grade', { indicator: 'assignments', points: 16_000 }],
  ]));
  await page.goto('#/standing');
  // 10 − 2 − 1, 8, 72 % of 60, 16.
  await expect(score(page)).toHaveText('74.2 满分 100 分');
  await expect(page.getByText('其中 64.2 分出自他人的评定')).toBeVisible();
  const notes = page.locator('.indicators > li').filter({ hasText: '学习笔记' });
  await notes.locator('summary').first().click();
  await notes.getByText('看原文').click();
  await expect(notes.getByText('记得细，第三页的问题问得好。')).toBeVisible();
  await expect(notes.getByText(names[zh.tag].provisional).first()).toBeVisible();
  expect(await faults(page)).toEqual([]);
});

test('an absence too many closes the gate, whatever the score', async ({ page }) => {
  await course(page, 'p3-school/');
  const own = await registration(page, zh);
  const sessions = ['m2t1-pairing', 'm2t1-visit', 'm2t1-workshop', 'm2t1-research'];
  await bring(page, zh, marks(own, [
    ...sessions.map((step) => ['attendance', { step, status: 'absent' }]),
    ['attendance', { step: 'm2t1-sharing', status: 'late' }],
    ['grade', { indicator: 'exam', percent: 100_000 }],
    ['grade', { indicator: 'notes', points: 10_000 }],
    ['grade', { indicator: 'assignments', points: 20_000 }],
  ]));
  await page.goto('#/standing');
  await expect(page.getByText('这一轮不合格：触到了一票否决的条件')).toBeVisible();
  await expect(score(page)).toHaveText('91 满分 100 分');
  await expect(page.getByText('已触到：现在 1 分，不得低于 2 分')).toBeVisible();
});

test('a studio sees how it will be judged before anybody has, and the scheme that was chosen stays', async ({ page }) => {
  await course(page, 'p5-studio/');
  await page.goto('#/standing');
  await page.getByLabel('考核方案').selectOption('studio');
  await expect(page.getByText('终期占 60%：工作室自评 20% · 学员 30% · 专家 50%')).toBeVisible();
  const planning = page.locator('.indicators > li').filter({ hasText: 'A 规划' });
  await planning.locator('summary').first().click();
  await planning.getByText('怎样评').click();
  await expect(planning.getByText(/周期规划 · 8 分/)).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.reload();
  await expect(page.getByLabel('考核方案')).toHaveValue('studio');
  await page.goto('#/archive');
  await expect(page.getByRole('heading', { name: '按小组考核' })).toBeVisible();
});

test('a pass is frozen in a certificate that later marks do not change', async ({ page }) => {
  await course(page, 'p4-register/');
  const own = await registration(page, zh);
  const tasks = (points) => Object.entries(points).map(([task, each]) => [
    'grade', { indicator: ['account', 'followup'].includes(task) ? 'result' : 'process', task, points: each * 1_000 },
  ]);
  await bring(page, zh, marks(own, tasks({ reading: 40, discussion: 30, reflection: 30, district: 30, school: 10, account: 30, followup: 25 })));
  await page.goto('#/archive');
  const said = names[zh.tag];
  await page.getByRole('button', { name: said.complete }).click();
  await page.getByRole('button', { name: said.complete }).click();
  await expect(page.getByText(said.frozen)).toBeVisible();
  // 195 of 250 are 78 %.
  await expect(page.getByText(/成绩 78 分（满分 100 分）/)).toBeVisible();
  await bring(page, zh, marks(own, tasks({ school: 30, account: 50, followup: 40 }), -1));
  await page.goto('#/standing');
  await expect(score(page)).toHaveText('100 满分 100 分');
  await expect(page.getByText('各项合计 250 / 250，折算成满分 100 的成绩')).toBeVisible();
  await page.goto('#/archive');
  await expect(page.getByText(/成绩 78 分（满分 100 分）/)).toBeVisible();
  expect(await faults(page)).toEqual([]);

  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '存成网页文件' }).click()]);
  const html = await readFile(await file.path(), 'utf8');
  expect(html).toContain('成绩 78 分');
  expect(html).not.toMatch(/<script/i);
  const alone = await page.context().newPage();
  await alone.setContent(html);
  await expect(alone.getByRole('heading', { level: 1, name: '成长档案' })).toBeVisible();
  await expect(alone.getByText(/导出，记录链尾代码 [0-9a-f]{4}-[0-9a-f]{4}/)).toBeVisible();
  await expect(alone.getByRole('heading', { name: '学时登记' })).toBeVisible();
  await expect(alone.getByRole('textbox').or(alone.getByRole('button'))).toHaveCount(0);
});

test('the ledger tells what was credited, what not and why, and leaves as a table', async ({ page }) => {
  const own = await registration(page, zh);
  const started = Date.now() - 3_600_000;
  const session = '03030303-0303-4303-8303-030303030303';
  const stretch = (segments, elapsedMs, uncounted) => ['studied', {
    step: 'm2t1-video', medium: { kind: 'video' }, session, segments, startedAt: started + segments[0][0], elapsedMs, ...(uncounted && { uncounted }),
  }];
  await bring(page, zh, marks(own, [
    stretch([[0, 30_000]], 30_000),
    stretch([[20_000, 50_000]], 30_000, { paused: 65_000, 'too-fast': 4_000 }),
  ], 0, LEARNER));
  await bring(page, zh, marks(own, [stretch([[50_000, 90_000]], 40_000)], 0, 'somebody'));
  await page.goto('#/ledger');
  const line = page.getByRole('row').filter({ hasText: '已经计过' });
  await expect(line).toContainText('50 秒');
  await expect(page.getByRole('row').filter({ hasText: '总计' })).toContainText('50 秒');
  await expect(page.getByText('有 1 段学习是别人写进来的')).toBeVisible();
  await expect(line).toContainText('已经计过或这一步已计满 10 秒');
  await expect(line).toContainText('暂停 1 分 5 秒');
  await expect(line).toContainText('超过最高倍速的部分 4 秒');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出表格（CSV）' }).click()]);
  const bytes = await readFile(await file.path());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(bytes.toString('utf8')).toContain('暂停 1 分 5 秒');
  expect(bytes.toString('utf8')).toContain('"总计","","0.8","50","');
});

test('a record that was left out shows in the chain', async ({ page }) => {
  const own = await registration(page, zh);
  const lines = marks(own, [1, 2, 3].map((points) => ['grade', { indicator: 'practice', points: points * 1_000 }]));
  await bring(page, zh, [lines[0], lines[2]]);
  await page.goto('#/ledger');
  await expect(page.getByText(names[zh.tag].broken)).toBeVisible();
});

test('a scheme that does not add up is refused with field and reason, and nothing is lost', async ({ page }) => {
  await changeCourse(page, (course) => {
    course.schemes[0].indicators[0].points = 41;
  });
  await page.goto('#/standing');
  await expect(page.getByRole('alert')).toContainText(names[zh.tag].refused);
  await expect(page.getByRole('alert')).toContainText('schemes[0].fullMarks：各项分数加起来是 101，应为 100');
});

test('another course opens and what was done in the first stays', async ({ page }) => {
  await page.goto('#/courses');
  await page.getByRole('button', { name: /打开 班主任校本研修/ }).click();
  await expect(heading(page, '班主任校本研修')).toBeVisible();
  await page.goto('#/archive');
  await expect(page.getByRole('heading', { level: 2, name: '班主任校本研修' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 2, name: '“互联网+”班主任专业成长' })).toBeVisible();
});
