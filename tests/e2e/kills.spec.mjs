// A kill at a random moment of each thing that a learner does; `cargo xtask soak` makes two hundred.

import { expect, test } from '@playwright/test';
import { kills } from './kills.mjs';

// A trace cannot be taken from a browser that is killed.
test.use({ trace: 'off' });

test('whenever the browser is killed, two seconds are lost at most, and nothing that was acknowledged', async () => {
  test.setTimeout(240_000);
  const costs = await kills({ count: 8, seed: 18 });
  expect(new Set(costs.map(({ name }) => name)).size).toBe(8);
  expect(costs.filter(({ lost }) => lost > 0)).toEqual([]);
});
