// What leaves for a Learning Record Store, held against the specification by a program that is not
// ours. The statements are those of the fixture, which the native tests hold the app to.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, test } from '@playwright/test';

const validator = createRequire(import.meta.url)('@learninglocker/xapi-validation');
const faultsOf = (statement) => validator.default(statement).map((fault) => JSON.stringify(fault));

const statements = JSON.parse(await readFile(new URL('../native/fixtures/statements.json', import.meta.url), 'utf8'));

test('every statement that leaves is valid xAPI', () => {
  expect(statements.length).toBeGreaterThan(30);
  for (const statement of statements) {
    expect(faultsOf(statement), JSON.stringify(statement)).toEqual([]);
  }
});

test('the validator finds what is wrong', () => {
  const [statement] = statements;
  for (const change of [{ timestamp: 'yesterday' }, { id: 'x' }, { actor: { account: { name: 'n' } } }, { extra: 1 }]) {
    expect(faultsOf({ ...statement, ...change })).not.toEqual([]);
  }
});
