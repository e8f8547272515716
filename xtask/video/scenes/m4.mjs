// Scenes of “The left-hand column”: each draws a whole slide above the captions, 854 × 374.
import { ACCENT, INK, LINE, PAPER, SOFT, TINT, WARN } from '../chrome.mjs';
import { draw, person, soft, text } from './kit.mjs';

const QUIET = '#b9d0d1';
/** What somebody said, an opening quotation mark hung to the left. */
const said = (x, y, lines, size = 32, fill = INK) =>
  lines.map((line, i) => text(x - (line.startsWith('“') ? size : 0), y + i * size * 1.4, size, fill, line, 'start')).join('');

/** An open book with a line down the middle of its one page. */
const ruled = (x, y, width, height) => `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" fill="#fff" stroke="${INK}" stroke-width="3"/>
<path d="M${x + width / 2} ${y} v${height}" stroke="${ACCENT}" stroke-width="5"/>`;

const m4TitleFull = (t) => {
  const rows = [0, 1, 2, 3, 4].map((i) => `<path d="M612 ${128 + i * 38} h60 M716 ${128 + i * 38} h${[58, 40, 62, 34, 52][i]}" stroke="${QUIET}" stroke-width="4" stroke-linecap="round"/>`).join('');
  return `${text(58, 90, 28, ACCENT, t.label, 'start')}${text(52, 206, 96, INK, t.big, 'start', 600)}${text(58, 276, 34, SOFT, t.line, 'start')}
${ruled(590, 80, 208, 246)}<rect x="592" y="82" width="99" height="242" rx="6" fill="${TINT}"/>${rows}`;
};

/** Eleven entries, nine of them with the verdict. */
const m4VerdictsFull = (t) => {
  const rows = Array.from({ length: 11 }, (_, i) => {
    const y = 56 + i * 28;
    const verdict = [1, 6].includes(i) ? '' : `<rect x="296" y="${y - 15}" width="58" height="17" rx="4" fill="${WARN}"/>`;
    return `<path d="M84 ${y} h${verdict ? 190 : 236}" stroke="${LINE}" stroke-width="4" stroke-linecap="round"/>${verdict}`;
  }).join('');
  return `<rect x="58" y="20" width="330" height="340" rx="8" fill="#fff" stroke="${INK}" stroke-width="3"/>${rows}
${text(452, 146, 54, INK, t.big, 'start', 600)}${text(452, 234, 54, WARN, t.verdict, 'start', 600)}${text(452, 312, 34, SOFT, t.line, 'start')}`;
};

const m4SilentFull = (t) => `${person(150, 330, ACCENT, { scale: 2.4 })}
<path d="M262 62 H796 V226 H300 L246 262 L262 214 Z" fill="${PAPER}" stroke="${WARN}" stroke-width="4" stroke-dasharray="10 10" stroke-linejoin="round"/>
${text(529, 162, 44, WARN, t.big, 'middle', 600)}${text(529, 310, 34, INK, t.line)}`;

/** The two columns with their heads and one entry. */
const spread = ({ when, heads, left, right, foot }, late) => `${text(58, 52, 30, ACCENT, when ?? '', 'start', 600)}
${ruled(58, 74, 738, 220)}<rect x="60" y="76" width="364" height="53" rx="6" fill="${TINT}"/>
<path d="M58 130 H796" stroke="${INK}" stroke-width="2"/>${text(242, 114, 30, ACCENT, heads[0], 'middle', 600)}${text(611, 114, 30, SOFT, heads[1], 'middle', 600)}
${said(106, 190, left, 30)}${said(476, 190, right, 30)}
${foot ? text(796, 344, 34, late ? WARN : INK, foot, 'end', 600) : ''}`;

const m4ColumnFull = (t) => `${spread({ ...t, left: [], right: [] }, false)}${text(242, 228, 44, INK, t.words, 'middle')}
${text(611, 228, 44, SOFT, t.verdict, 'middle')}<path d="M556 213 h110" stroke="${WARN}" stroke-width="6" stroke-linecap="round"/>
${text(427, 344, 34, INK, t.line, 'middle')}`;
const m4AskFull = (t) => spread(t, true);
const m4TellFull = (t) => spread(t, false);

/** Fourteen entries in three rows; a filled dot was not the truth. */
const m4CountFull = (t) => t.rows.map(([label, all, untrue], i) => {
  const y = 92 + i * 86;
  const dots = Array.from({ length: all }, (_, n) => (n < untrue
    ? `<circle cx="${420 + n * 54}" cy="${y}" r="18" fill="${WARN}"/>`
    : `<circle cx="${420 + n * 54}" cy="${y}" r="16.5" fill="${PAPER}" stroke="${INK}" stroke-width="3"/>`)).join('');
  return text(58, y + 12, 36, INK, label, 'start', i === 2 ? 600 : 500) + dots + text(796, y + 12, 36, untrue ? WARN : ACCENT, `${untrue}`, 'end', 600);
}).join('') + `<circle cx="76" cy="334" r="12" fill="${WARN}"/>${text(102, 344, 30, SOFT, t.line, 'start')}`;

/** A child in a grown-up's coat, the sleeves turned up three times. */
const m4CoatFull = (t) => {
  const cuff = (x, turn) => `<g transform="translate(${x} 232) rotate(${turn})"><rect x="-25" y="-14" width="50" height="36" rx="5" fill="#fff" stroke="${INK}" stroke-width="3"/>
<path d="M-25 -2 h50 M-25 10 h50" stroke="${INK}" stroke-width="2.5"/><circle cx="0" cy="33" r="9" fill="${PAPER}" stroke="${INK}" stroke-width="3"/></g>`;
  return `<path d="M150 346 V318 M206 346 V318" stroke="${INK}" stroke-width="15" stroke-linecap="round"/>
<path d="M142 130 Q178 112 214 130 L242 318 H114 Z" fill="${TINT}" stroke="${INK}" stroke-width="3" stroke-linejoin="round"/>
<path d="M146 132 L96 156 L78 232 L118 238 L140 190 M210 132 L260 156 L278 232 L238 238 L216 190" fill="${TINT}" stroke="${INK}" stroke-width="3" stroke-linejoin="round"/>
<path d="M178 124 V318" ${draw}/>${[168, 212, 256].map((y) => `<circle cx="188" cy="${y}" r="4" fill="${INK}"/>`).join('')}
${cuff(97, 9)}${cuff(259, -9)}
<path d="M216 62 q34 8 26 58" fill="none" stroke="${INK}" stroke-width="14" stroke-linecap="round"/>
<circle cx="178" cy="78" r="40" fill="${PAPER}" stroke="${INK}" stroke-width="3"/><path d="M138 74 Q150 34 178 36 Q206 34 218 74 Q178 50 138 74 Z" fill="${INK}"/>
<path d="M20 350 H340" ${soft}/>
${text(396, 100, 30, ACCENT, t.when, 'start', 600)}${text(396, 178, 52, INK, t.big, 'start', 600)}${said(412, 250, t.right, 36, SOFT)}`;
};

const m4LetterFull = (t) => {
  const sheet = [0, 1, 2, 3].map((i) => `<path d="M90 ${132 + i * 58} H480" stroke="${LINE}" stroke-width="3"/>`).join('');
  const wave = (y, colour) => `<path d="M556 ${y} q20 -22 40 0 t40 0 t40 0 t40 0 t40 0 t40 0" fill="none" stroke="${colour}" stroke-width="4" stroke-linecap="round"/>`;
  return `<rect x="58" y="24" width="454" height="330" rx="6" fill="#fff" stroke="${INK}" stroke-width="3"/>${sheet}
${t.letter.map((row, i) => text(92, 120 + i * 58, 34, INK, row, 'start')).join('')}
<circle cx="742" cy="92" r="34" fill="${PAPER}" stroke="${ACCENT}" stroke-width="4"/>${wave(172, ACCENT)}${wave(206, '#8fb3b6')}${wave(240, QUIET)}
${text(676, 320, 32, WARN, t.line, 'middle', 600)}`;
};

const m4ClassmateFull = (t) => `<path d="M20 350 H340" ${soft}/>
<rect x="84" y="60" width="150" height="290" fill="${TINT}" stroke="${INK}" stroke-width="3"/>
<path d="M234 60 L300 84 V372 L234 350" fill="${PAPER}" stroke="${INK}" stroke-width="3" stroke-linejoin="round"/><circle cx="286" cy="212" r="5" fill="${INK}"/>
${person(158, 348, INK, { scale: 2.1 })}
<path d="M344 70 H796 V246 H400 L340 276 L358 246 H344 Z" fill="${TINT}" stroke="${ACCENT}" stroke-width="3" stroke-linejoin="round"/>${said(420, 142, t.right, 40)}
${text(796, 326, 30, SOFT, t.line, 'end')}`;

const m4PenFull = (t) => `${text(58, 62, 30, ACCENT, t.when, 'start', 600)}
<rect x="58" y="86" width="738" height="164" rx="6" fill="#fff" stroke="${INK}" stroke-width="3"/>
<path d="M90 136 H764" stroke="${LINE}" stroke-width="3"/><path d="M90 216 H764" stroke="${LINE}" stroke-width="3"/>
${text(98, 204, 52, WARN, t.big, 'start', 600)}
<g transform="translate(232 206) rotate(-38)"><path d="M0 0 L26 -11 V11 Z" fill="${WARN}"/><rect x="26" y="-11" width="128" height="22" rx="5" fill="${PAPER}" stroke="${WARN}" stroke-width="4"/></g>
${text(427, 324, 46, INK, t.line, 'middle', 600)}`;

export const scenes = {
  m4TitleFull, m4VerdictsFull, m4SilentFull, m4ColumnFull, m4AskFull, m4TellFull,
  m4CountFull, m4CoatFull, m4LetterFull, m4ClassmateFull, m4PenFull,
};
