// A small soak; `cargo xtask soak` runs a large one.

import { expect, test } from '@playwright/test';
import { soak } from './soak.mjs';

test('whatever the network does, and though the browser is killed, both sides end with the same records', async ({ baseURL }) => {
  test.setTimeout(240_000);
  const { here, there, requests } = await soak({ app: baseURL, count: 150, kills: 2, seed: 7 });
  expect(here.length).toBeGreaterThan(150);
  expect(there).toEqual(here);
  const { well, ...hurt } = requests;
  expect(well).toBeGreaterThan(0);
  expect(Object.values(hurt).reduce((sum, one) => sum + one, 0)).toBeGreaterThan(0);
});
