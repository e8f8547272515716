// A stylelint rule on MDN's compatibility data. It sees single properties, values, functions,
// units and selectors, of which the features of caniuse (the other rule) know few.
//
// Not reported: what stands inside `@supports`; a value after an older one of the same property
// in the same block; a property whose prefixed form stands beside it.

import stylelint from 'stylelint';
import { allowed, data, lacks, lacksAll } from './support.mjs';

export const ruleName = 'zhixing/floor';

const { properties, selectors, types, 'at-rules': atRules } = data.css;

const functions = new Map();
for (const [name, type] of Object.entries(types)) {
  for (const [key, feature] of [[name, type], ...Object.entries(type)]) {
    if (feature.__compat) functions.set(key, [...(functions.get(key) ?? []), feature]);
  }
}

/** Units that the data keeps under a family's name. */
const families = { d: 'viewport_percentage_units_dynamic', s: 'viewport_percentage_units_small', l: 'viewport_percentage_units_large' };
const unitFeature = (unit) => {
  if (/^cq(w|h|i|b|min|max)$/.test(unit)) return types.length.container_query_length_units;
  const [, family] = /^([dsl])v(w|h|i|b|min|max)$/.exec(unit) ?? [];
  return types.length[families[family] ?? unit];
};

const plain = (value) => value.replace(/url\([^)]*\)|"[^"]*"|'[^']*'/g, ' ').toLowerCase();

/** What a declaration's value needs, as `[name, lacking]`. */
function valueNeeds(property, value) {
  const text = plain(value);
  const own = properties[property] ?? {};
  const words = (text.match(/(?<![\w-])[a-z-]+(?![\w(-])/g) ?? []).map((word) => [word, lacks(own[word])]);
  const calls = [...text.matchAll(/(?<![\w-])([a-z][\w-]*)\(/g)].map(([, name]) => {
    const features = [own[name], own[`${name}_function`], ...(functions.get(name) ?? [])];
    return [`${name}()`, lacksAll(features.filter((one) => one?.__compat))];
  });
  const units = [...text.matchAll(/(?<![\w.#-])[+-]?[\d.]+([a-z]+)/g)].map(([, unit]) => [unit, lacks(unitFeature(unit))]);
  return [...words, ...calls, ...units].filter(([, lacking]) => lacking.length > 0);
}

const guarded = (node) => {
  for (let up = node.parent; up; up = up.parent) if (up.type === 'atrule' && up.name === 'supports') return true;
  return false;
};

const siblings = (declaration) => declaration.parent.nodes.filter((one) => one.type === 'decl' && one !== declaration);

function declarationProblems(declaration) {
  const property = declaration.prop.toLowerCase();
  if (property.startsWith('-')) return property.startsWith('--') ? valueNeeds('', declaration.value) : [];
  const lacking = lacks(properties[property]);
  if (lacking.length > 0) {
    const prefixed = siblings(declaration).some((one) => /^-(webkit|moz)-/.test(one.prop) && one.prop.endsWith(`-${property}`));
    return prefixed ? [] : [[property, lacking]];
  }
  const needs = valueNeeds(property, declaration.value);
  const before = siblings(declaration).filter((one) => one.prop === declaration.prop && declaration.parent.index(one) < declaration.parent.index(declaration));
  const hasOlder = before.some((one) => valueNeeds(property, one.value).length === 0);
  return hasOlder ? [] : needs;
}

const selectorProblems = (rule) =>
  [...plain(rule.selector).matchAll(/::?([a-z-]+)/g)].map(([whole, name]) => [whole, lacks(selectors[name])]);

function atRuleProblems(rule) {
  const own = atRules[rule.name.toLowerCase()];
  const features = rule.name === 'media' ? [...plain(rule.params).matchAll(/\(\s*([a-z-]+)/g)].map(([, name]) => [name, lacks(own[name])]) : [];
  return [[`@${rule.name}`, lacks(own)], ...features];
}

const problemsOf = { decl: declarationProblems, rule: selectorProblems, atrule: atRuleProblems };

const rule = (enabled) => (root, result) => {
  if (!enabled) return;
  root.walk((node) => {
    if (guarded(node)) return;
    for (const [name, lacking] of problemsOf[node.type]?.(node) ?? []) {
      if (lacking.length === 0 || Object.hasOwn(allowed.css, name)) continue;
      stylelint.utils.report({ result, ruleName, node, word: name, message: `${name}: ${lacking.join(', ')} (${ruleName})` });
    }
  });
};
rule.ruleName = ruleName;
rule.messages = {};

export default stylelint.createPlugin(ruleName, rule);
