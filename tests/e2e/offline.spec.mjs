// The app without a network: the service worker keeps it, a newer version waits for consent.

import { expect, test } from '@playwright/test';
import { Site } from './site.mjs';
import { backend } from './soak.mjs';
import { cutAndBack, download, signIn } from './walk.mjs';
import { en, zh } from './words.mjs';

test.use({ serviceWorkers: 'allow' });

let site;
test.beforeEach(async () => {
  site = await new Site().start();
});
test.afterEach(async () => {
  await site.cut();
});

/** Waits until the worker has everything and answers for the page. */
async function kept(page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) {
      await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }));
    }
  });
}

const release = (page) => page.locator('meta[name="test-release"]').getAttribute('content', { timeout: 1_000 }).catch(() => null);
const offer = (page, words) => page.getByRole('button', { name: words.takeNewer });

for (const words of [zh, en]) {
  test.describe(`in ${words.tag}`, () => {
    test.use({ locale: words.tag });

    test('after one visit every screen opens with the network cut, in a sub-folder', async ({ page }) => {
      await page.goto(site.address);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await kept(page);
      await site.cut();
      await page.reload();
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      for (const route of ['outline', 'standing', 'ledger', 'archive', 'courses', 'device', 'records', 'backend', 'class']) {
        await page.goto(`${site.address}#/${route}`);
        await page.reload();
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(page.getByText(words.notFetched)).toHaveCount(0);
      }
      await site.back();
    });
  });
}

test('after a download a module is studied with the network cut, over a reload, and all of it is accepted later', async ({ page, context }) => {
  test.setTimeout(180_000);
  site.openAllSteps();
  const server = await backend();
  try {
    await signIn(page, site.address, server.address);
    await kept(page);
    await download(page, site.address);
    await cutAndBack(page, context, site, site.address, async () => {
      await page.reload();
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    });
  } finally {
    await context.setOffline(false);
    server.close();
  }
});

test('a newer version waits until somebody takes it, where nothing is under way, and takes over whole', async ({ page, context }) => {
  await page.goto(site.address);
  await kept(page);
  site.release('two');
  await page.goto(`${site.address}#/step/m1t1-reading`);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.evaluate(() => navigator.serviceWorker.ready.then((kept) => kept.update()));
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.ready.then((kept) => Boolean(kept.waiting)))).toBe(true);
  await expect(offer(page, zh)).toHaveCount(0);
  // Where nothing is written it is offered; the older one goes on until then.
  await page.getByRole('link', { name: zh.outline, exact: true }).first().click();
  await expect(offer(page, zh)).toBeVisible();
  expect(await release(page)).toBe(null);

  // Another tab would miss the older version's files.
  const other = await context.newPage();
  await other.goto(site.address);
  await expect(other.getByRole('heading', { level: 1 })).toBeVisible();
  await offer(page, zh).click();
  await expect(page.getByText(zh.othersOpen)).toBeVisible();
  expect(await release(page)).toBe(null);
  await other.close();
  await offer(page, zh).click();
  await expect.poll(() => release(page)).toBe('two');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();

  // The new one is whole: it starts with the network cut.
  await site.cut();
  await page.reload();
  await expect.poll(() => release(page)).toBe('two');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await site.back();
});

test('an update that breaks off, or brings a wrong file, leaves the older version working', async ({ page }) => {
  await page.goto(site.address);
  await kept(page);
  site.release('broken');
  const update = () => page.evaluate(() => navigator.serviceWorker.ready.then((kept) => kept.update()).then(() => 'found', () => 'failed'));
  const gone = () => page.evaluate(() => navigator.serviceWorker.ready.then((kept) => !kept.installing && !kept.waiting));
  // The page arrives cut short: not what the list says.
  site.changed.set('', site.bytes('').subarray(0, 900));
  await update();
  await expect.poll(gone).toBe(true);
  await site.cut();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await release(page)).toBe(null);
  await expect(offer(page, zh)).toHaveCount(0);
  // Once it can be had whole, it is offered.
  await site.back();
  site.changed.delete('sw.js');
  site.changed.delete('');
  site.release('mended');
  await update();
  await expect(offer(page, zh)).toBeVisible();
});

test('an older version that meets a newer store changes nothing, and the newer one is offered', async ({ page }) => {
  await page.goto(site.address);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await kept(page);
  // Another version of the app wrote here: the database has a version that this one does not know.
  const upgraded = page.evaluate(
    () =>
      new Promise((done, failed) => {
        const opening = indexedDB.open('zhixing', 99);
        opening.onsuccess = () => {
          opening.result.close();
          done(true);
        };
        opening.onerror = () => failed(opening.error);
      }),
  );
  expect(await upgraded).toBe(true);
  await page.reload();
  await expect(page.getByRole('alert').getByText(zh.newerStore)).toBeVisible();
  site.release('two');
  await page.evaluate(() => navigator.serviceWorker.ready.then((worker) => worker.update()));
  await offer(page, zh).click();
  await expect.poll(() => release(page)).toBe('two');
  const version = page.evaluate(() => indexedDB.databases().then((all) => all.find(({ name }) => name === 'zhixing').version));
  expect(await version).toBe(99);
});

test('the page can be installed: manifest, icons, start and shortcuts are there', async ({ page, request }) => {
  await page.goto(site.address);
  const address = await page.locator('link[rel="manifest"]').evaluate((link) => link.href);
  const manifest = await (await request.get(address)).json();
  expect(manifest.display).toBe('standalone');
  expect(new URL(manifest.start_url, address).href).toBe(site.address);
  expect(new URL(manifest.scope, address).href).toBe(site.address);
  const sizes = [];
  for (const icon of manifest.icons.filter(({ type }) => type === 'image/png')) {
    const size = await page.evaluate(async (src) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, new URL(icon.src, address).href);
    expect(size).toBe(icon.sizes);
    sizes.push(size);
  }
  expect(sizes).toContain('192x192');
  expect(sizes).toContain('512x512');
  for (const { url } of manifest.shortcuts) {
    await page.goto(new URL(url, address).href);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByText(zh.notFound)).toHaveCount(0);
  }
  // What the browser itself says of it.
  const session = await page.context().newCDPSession(page);
  const { errors } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
});
