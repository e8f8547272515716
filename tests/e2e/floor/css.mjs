// Lint of style sheets. A line that must stay carries its reason:
// /* stylelint-disable-next-line zhixing/floor -- the reason */

import stylelint from 'stylelint';
import { allowed, floor } from './support.mjs';
import plugin, { ruleName } from './css-rule.mjs';

const config = {
  plugins: ['stylelint-no-unsupported-browser-features', plugin],
  reportDescriptionlessDisables: true,
  reportNeedlessDisables: true,
  rules: {
    [ruleName]: true,
    'plugin/no-unsupported-browser-features': [
      true,
      {
        browsers: Object.entries(floor).map(([browser, version]) => `${browser} ${version}`),
        ignore: Object.keys(allowed['css features']),
        ignorePartialSupport: true,
      },
    ],
  },
};

const lines = ({ results }, name) =>
  results.flatMap((one) =>
    [...one.warnings, ...one.parseErrors].map((w) => `${name ?? one.source}:${w.line ?? 0} ${w.text}`),
  );

/** The problems of the style sheets that match `pattern`, as lines of text. */
export async function lintStyles(pattern) {
  return lines(await stylelint.lint({ files: pattern, config, configBasedir: import.meta.dirname, allowEmptyInput: true }));
}

/** The problems of one style sheet. */
export async function lintStyle(code, name) {
  return lines(await stylelint.lint({ code, config, configBasedir: import.meta.dirname }), name);
}
