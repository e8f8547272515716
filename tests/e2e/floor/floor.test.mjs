// The lints must go red: each fixture uses what the floor lacks, and what it has.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { lintStyle } from './css.mjs';
import { inlineScripts, lintScript } from './js.mjs';

const fixture = (name) => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');

/** The fixture's lines whose comment says that they must be reported. */
const marked = (text) => text.split('\n').flatMap((line, index) => (/(\/\/|\/\*) RED/.test(line) ? [index + 1] : []));

const reported = (problems) => [...new Set(problems.map((line) => Number(/:(\d+) /.exec(line)[1])))].sort((a, b) => a - b);

test('scripts: exactly the marked lines are reported', () => {
  const text = fixture('names.js');
  assert.deepEqual(reported(lintScript(text, 'names.js')), marked(text));
});

test('scripts: syntax of later editions is reported', () => {
  for (const text of ['import a from "./a.json" with { type: "json" };', 'const r = /a/v;', 'class A { static { A.b = 1; } }', 'const r = /(?<=a)b/;']) {
    assert.equal(lintScript(text, 'syntax.js').length, 1, text);
  }
  for (const text of ['class A { #b = 1; static c; d() { return #b in this; } }', 'await 0; a ??= b?.c;', 'const r = /a/d;']) {
    assert.deepEqual(lintScript(text, 'syntax.js'), [], text);
  }
});

test('styles: exactly the marked lines are reported', async () => {
  const text = fixture('styles.css');
  assert.deepEqual(reported(await lintStyle(text, 'styles.css')), marked(text));
});

test('styles: an exception without its reason is reported', async () => {
  const disable = (reason) => `a {\n/* stylelint-disable-next-line zhixing/floor${reason} */\ntranslate: 1px }\n`;
  assert.equal((await lintStyle(disable(''), 'a.css')).length, 1);
  assert.deepEqual(await lintStyle(disable(' -- moves nothing that matters'), 'a.css'), []);
});

test('pages: inline scripts are found, data blocks and files are not scripts', () => {
  const html = '<script type=module>a()</script><script src="b.js"></script><script type="application/json">{}</script>';
  assert.deepEqual(inlineScripts(html), ['a()']);
});
