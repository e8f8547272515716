// node floor/lint.mjs DIST STYLE: holds the built app to the oldest supported browsers.

import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { lintStyles } from './css.mjs';
import { inlineScripts, lintScript } from './js.mjs';
import { floor } from './support.mjs';

const [dist, style] = process.argv.slice(2);
const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((one) => one.isFile())
  .map((one) => join(one.parentPath, one.name));
const read = (file) => readFileSync(file, 'utf8');
const scripts = files.filter((file) => /\.m?js$/.test(file));
const pages = files.filter((file) => file.endsWith('.html'));

const problems = [
  ...scripts.flatMap((file) => lintScript(read(file), relative(dist, file))),
  ...pages.flatMap((file) => inlineScripts(read(file)).flatMap((text) => lintScript(text, `${relative(dist, file)} (inline)`))),
  ...(await lintStyles(join(style, '**/*.css'))),
];
for (const problem of problems) console.error(problem);
const shown = Object.entries(floor).map(([browser, version]) => `${browser} ${version}`);
console.log(`${scripts.length} scripts, ${pages.length} pages and the style sheets of ${relative('.', style)} held against ${shown.join(', ')}: ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
