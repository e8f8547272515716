// The app on plain http at a name of the school's own network: no secure context, and so no service worker.

import { expect, test } from '@playwright/test';
import { Site } from './site.mjs';
import { backend } from './soak.mjs';
import { cutAndBack, download, signIn } from './walk.mjs';

const name = 'school.test';
test.use({
  launchOptions: async ({ launchOptions }, use) => {
    const args = [...launchOptions.args, `--host-resolver-rules=MAP ${name} 127.0.0.1`];
    await use({ ...launchOptions, args });
  },
});

test('after a download a module is studied with the network cut, without a reload, and all of it is accepted later', async ({ page, context }) => {
  test.setTimeout(180_000);
  const site = await new Site().start();
  site.openAllSteps();
  const base = site.address.replace('127.0.0.1', name);
  const server = await backend();
  try {
    await signIn(page, base, server.address);
    const has = await page.evaluate(() => [isSecureContext, 'serviceWorker' in navigator, 'locks' in navigator]);
    expect(has).toEqual([false, false, false]);
    await download(page, base);
    await expect(page.getByText(/普通 http 的网址都不能/)).toBeVisible();
    await cutAndBack(page, context, site, base);
  } finally {
    await context.setOffline(false);
    server.close();
    await site.cut();
  }
});
