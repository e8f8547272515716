// `cargo xtask soak`, second part: a session of study killed 200 times at random moments. STUDY_KILLS and
// SEED change the run.

import { kills } from '../kills.mjs';

const count = Number(process.env.STUDY_KILLS ?? 200);
const seed = Number(process.env.SEED ?? 1);
const begun = performance.now();
const costs = await kills({ count, seed, say: console.log });
const lost = costs.filter((cost) => cost.lost > 0);
const kinds = new Map();
for (const { name } of costs) kinds.set(name, (kinds.get(name) ?? 0) + 1);
console.log([...kinds].map(([name, times]) => `${name} ${times}`).join(', '));
console.log(`${count} kills, seed ${seed}, ${((performance.now() - begun) / 1_000).toFixed(0)} s: ${lost.length} lost more than they may`);
if (lost.length > 0) process.exitCode = 1;
