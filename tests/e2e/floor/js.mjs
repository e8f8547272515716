// Lint of the built JavaScript: its syntax, and every name that a member or a global has.
//
// A name is reported when no interface whatever had a member of that name at the floor: so
// nothing that is there is reported, and a newer member with an older namesake is not seen.

import { parse } from 'acorn';
import { full } from 'acorn-walk';
import { allowed, data, lacksAll } from './support.mjs';

/** The last ECMAScript edition whose syntax the floor has, but for what `syntax` reports. */
const EDITION = 2022;

/** In wasm-bindgen's glue, the object of what the module itself exports. */
const OWN_EXPORTS = 'wasm';

const names = new Map();
const add = (name, feature) => {
  if (!feature.__compat) return;
  const plain = name.replace(/_static$/, '');
  names.set(plain, [...(names.get(plain) ?? []), feature]);
};
for (const group of [data.api, data.javascript.builtins, data.webassembly.api]) {
  for (const [name, owner] of Object.entries(group)) {
    add(name, owner);
    for (const [member, feature] of Object.entries(owner)) {
      if (member !== '__compat' && !member.endsWith('_event')) add(member, feature);
    }
  }
}

/** The nodes' names that reach outside the file, with their place. */
function used(tree) {
  const found = [];
  const declared = new Set();
  const reads = [];
  const keys = (pattern) => {
    for (const one of pattern.properties) {
      if (one.key && !one.computed) found.push([one.key.name ?? String(one.key.value), one.key]);
    }
  };
  full(tree, (node, state, type) => {
    // What a pattern takes apart is declared as well, whatever a minifier calls it.
    if (type === 'VariablePattern') declared.add(node.name);
    if (node.type === 'MemberExpression' && node.object.name === OWN_EXPORTS) return;
    if (node.type === 'MemberExpression' && !node.computed) found.push([node.property.name, node.property]);
    if (node.type === 'MemberExpression' && typeof node.property.value === 'string') {
      found.push([node.property.value, node.property]);
    }
    if (node.type === 'ObjectPattern') keys(node);
    if (node.type === 'VariableDeclarator' || node.type.endsWith('Function') || node.type.startsWith('Function')) {
      for (const one of [node.id, ...(node.params ?? [])]) if (one?.name) declared.add(one.name);
    }
    if (node.type === 'ClassDeclaration' && node.id) declared.add(node.id.name);
    if (node.type === 'Identifier') reads.push([node.name, node]);
  });
  return [...found, ...reads.filter(([name]) => !declared.has(name))];
}

/** Syntax of the edition that Safari 16.0 does not have. */
function syntax(tree) {
  const found = [];
  full(tree, (node) => {
    if (node.type === 'StaticBlock') found.push(['static {} in a class: safari 16.4', node]);
    if (node.regex && /\(\?<[=!]/.test(node.regex.pattern)) found.push(['lookbehind in a pattern: safari 16.4', node]);
  });
  return found;
}

function tree(source) {
  const options = { ecmaVersion: EDITION, locations: true, allowHashBang: true };
  try {
    return parse(source, { ...options, sourceType: 'module' });
  } catch (asModule) {
    try {
      return parse(source, { ...options, sourceType: 'script' });
    } catch {
      throw asModule;
    }
  }
}

/** The problems of one script, as lines of text. */
export function lintScript(source, file) {
  let program;
  try {
    program = tree(source);
  } catch (error) {
    return [`${file}: syntax that ECMAScript ${EDITION} does not have: ${error.message}`];
  }
  const problems = syntax(program).map(([what, node]) => `${file}:${node.loc.start.line} ${what}`);
  const seen = new Set();
  for (const [name, node] of used(program)) {
    if (seen.has(name) || Object.hasOwn(allowed.javascript, name)) continue;
    seen.add(name);
    const lacking = lacksAll(names.get(name) ?? []);
    if (lacking.length > 0) problems.push(`${file}:${node.loc.start.line} ${name}: ${lacking.join(', ')}`);
  }
  return problems;
}

/** The inline scripts of a page. */
export function inlineScripts(html) {
  return [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/gi)]
    .filter(([, attributes]) => !/\bsrc\s*=/.test(attributes) && !/type\s*=\s*["']?[^"'>]*json/.test(attributes))
    .map(([, , text]) => text);
}
