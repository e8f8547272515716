// What the oldest supported browsers can do, by MDN's compatibility data.
// Floor: the browsers named under "browserslist" in ../package.json.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const at = (path) => new URL(path, import.meta.url);

export const data = require('@mdn/browser-compat-data');
const { browserslist } = JSON.parse(readFileSync(at('../package.json'), 'utf8'));

/** The floor as `{ chrome: 97, ... }`. */
export const floor = Object.fromEntries(
  browserslist.map((line) => line.split(' ')).map(([browser, version]) => [browser, Number(version)]),
);

/** Names that may be used although the floor lacks them, each with the reason why that is safe. */
export const allowed = JSON.parse(readFileSync(at('./allow.json'), 'utf8'));

const number = (version) => (typeof version === 'string' ? Number.parseFloat(version.replace('≤', '')) : Infinity);

/** Since which version a browser has a feature under its own name and without a switch. */
function since(statements, browser) {
  const plain = [statements[browser] ?? []]
    .flat()
    .filter((one) => !one.flags && !one.prefix && !one.alternative_name)
    .filter((one) => !one.version_removed || number(one.version_removed) > floor[browser]);
  return Math.min(Infinity, ...plain.map((one) => number(one.version_added)));
}

/**
 * What one feature lacks at the floor: `[]` when every browser has it, else
 * `['chrome 110', 'firefox never']`.
 */
export function lacks(feature) {
  const support = feature?.__compat?.support;
  if (!support) return [];
  return Object.entries(floor).flatMap(([browser, least]) => {
    const version = since(support, browser);
    if (version <= least) return [];
    return [`${browser} ${version === Infinity ? 'never' : version}`];
  });
}

/** What is lacking for a name that several features bear: nothing if one of them is there. */
export function lacksAll(features) {
  const all = features.map(lacks);
  if (all.length === 0 || all.some((one) => one.length === 0)) return [];
  return all.sort((a, b) => a.length - b.length)[0];
}
