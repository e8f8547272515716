import { expect, test } from '@playwright/test';

test.use({ serviceWorkers: 'allow' });

test('the app starts, keeps its own security policy and reports no error', async ({ page }) => {
  const complaints = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));

  await page.goto('');

  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(complaints).toEqual([]);
});
