// `cargo xtask soak`: 1,000 records, 30 % of all requests hurt, the browser killed 10 times. ADDRESS
// is that of the served app; RECORDS, KILLS and SEED change the run.

import { soak } from '../soak.mjs';

const count = Number(process.env.RECORDS ?? 1_000);
const kills = Number(process.env.KILLS ?? 10);
const seed = Number(process.env.SEED ?? 1);
const begun = performance.now();
const { here, there, requests } = await soak({ app: process.env.ADDRESS, count, kills, seed, say: console.log });
const same = here.length === there.length && here.every((line, at) => line === there[at]);
console.log(`requests: ${Object.entries(requests).map(([name, times]) => `${name} ${times}`).join(', ')}`);
console.log(`${here.length} records here, ${there.length} there: ${same ? 'the same' : 'NOT the same'}`);
console.log(`${kills} kills, seed ${seed}, ${((performance.now() - begun) / 1_000).toFixed(0)} s`);
if (!same) process.exitCode = 1;
