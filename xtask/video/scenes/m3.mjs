// Scenes of “Two steps back”: each draws a whole slide of 854 × 480; the lowest 106 px stay empty.
import { ACCENT, INK, LINE, PAPER, SOFT, TINT, WARN } from '../chrome.mjs';
import { draw, person, soft, text } from './kit.mjs';

const PALE = '#b9d0d1';
const label = (words) => text(56, 84, 28, ACCENT, words, 'start');

/** Head and shoulders, the shoulders' foot at (x, y). */
const bust = (x, y, colour, size = 1) => `<g transform="translate(${x} ${y}) scale(${size})">
<circle cx="0" cy="-19" r="8.5" fill="${colour}"/><path d="M-11.5 0 a11.5 10 0 0 1 23 0z" fill="${colour}"/></g>`;

/** Forty-four singers on four steps, eleven to a step. */
function choir(x, y, size = 1, colour = PALE) {
  const rows = [3, 2, 1, 0].flatMap((row) => Array.from({ length: 11 }, (_, i) =>
    bust(x + i * 29 * size, y - row * 33 * size, colour, size)));
  return rows.join('');
}

/** The group as photographed: four rows, one child kneeling in front, a teacher at either side. */
const group = (x, y, size) => `${bust(x - 31 * size, y - 6 * size, INK, size * 1.2)}${bust(x + 321 * size, y - 6 * size, INK, size * 1.2)}
${choir(x, y - 24 * size, size)}${bust(x + 145 * size, y + 6 * size, '#8fb3b6', size)}`;

const m3titleFull = (t) => `${label(t.label)}${text(54, 204, 92, INK, t.big, 'start', 600)}
${text(58, 272, 32, SOFT, t.line, 'start')}
<g transform="rotate(2 638 208)"><rect x="476" y="92" width="324" height="232" rx="4" fill="#fff" stroke="${INK}" stroke-width="3"/>
<rect x="492" y="108" width="292" height="178" fill="${TINT}"/>${group(533, 262, 0.72)}</g>`;

const m3stageFull = (t) => {
  const steps = [0, 1, 2, 3].map((i) => `<path d="M446 ${250 - i * 33} H780" stroke="${LINE}" stroke-width="3"/>`).join('');
  return `${label(t.label)}${text(54, 206, 96, ACCENT, t.big, 'start', 600)}${text(58, 268, 34, INK, t.line, 'start')}
${steps}${choir(468, 248)}${person(613, 348, INK, { scale: 0.86 })}
<path d="M626 312 l22 -16 M600 312 l-22 -16" stroke="${INK}" stroke-width="6" stroke-linecap="round"/>`;
};

const m3oneFull = (t) => {
  const marks = Array.from({ length: 46 }, (_, i) => {
    const x = 70 + (i % 23) * 32.4;
    const y = i < 23 ? 92 : 140;
    return i === 45
      ? `<circle cx="${x}" cy="${y}" r="11" fill="${PAPER}" stroke="${WARN}" stroke-width="4"/>`
      : `<circle cx="${x}" cy="${y}" r="11" fill="${PALE}"/>`;
  }).join('');
  return `${marks}${text(427, 282, 100, INK, `${t.all} − ${t.stage} = <tspan fill="${WARN}">${t.left}</tspan>`, 'middle', 600)}
${text(427, 350, 32, SOFT, t.line)}`;
};

const m3rowFull = (t) => {
  const row = Array.from({ length: 11 }, (_, i) => bust(112 + i * 63, 352, i === 10 ? WARN : i > 4 ? '#8fb3b6' : PALE, 2)).join('');
  return `${label(t.label)}
<path d="M150 116 H704 V220 H726 L756 264 L690 220 H150 Z" fill="${TINT}" stroke="${ACCENT}" stroke-width="3" stroke-linejoin="round"/>
${text(427, 184, 44, INK, t.line, 'middle', 600)}${row}<path d="M56 354 H798" ${soft}/>`;
};

const m3handFull = (t) => {
  const seats = Array.from({ length: 46 }, (_, i) => {
    const x = 452 + (i % 8) * 46;
    const y = 92 + Math.floor(i / 8) * 52;
    if (i !== 35) return bust(x, y, PALE, 1.15);
    return `${bust(x, y, ACCENT, 1.15)}<path d="M${x + 10} ${y - 4} L${x + 18} ${y - 22} L${x + 16} ${y - 42}" fill="none" stroke="${ACCENT}" stroke-width="5.5" stroke-linecap="round" stroke-linejoin="round"/>`;
  }).join('');
  return `${label(t.label)}${text(54, 210, 104, ACCENT, t.big, 'start', 600)}${text(178, 208, 46, INK, t.unit, 'start')}
${text(42, 282, 34, INK, t.line, 'start')}${seats}`;
};

/** A folded coat with its number. */
const coat = (x, y) => `<path d="M${x} ${y} v-24 l9 -8 h8 l9 8 v24 z" fill="#fff" stroke="${INK}" stroke-width="2.2" stroke-linejoin="round"/>
<rect x="${x + 8}" y="${y - 20}" width="10" height="9" fill="${ACCENT}"/>`;

const m3coatsFull = (t) => {
  const benches = [0, 1, 2, 3].map((row) => {
    const y = 122 + row * 66;
    const coats = Array.from({ length: 11 }, (_, i) => coat(394 + i * 31, y)).join('');
    return `${coats}<path d="M382 ${y + 3} H${row === 3 ? 786 : 742} M402 ${y + 3} v16 M722 ${y + 3} v16" ${draw}/>`;
  }).join('');
  return `${label(t.label)}${text(54, 202, 96, ACCENT, t.big, 'start', 600)}${text(180, 200, 40, INK, t.unit, 'start')}
${text(58, 266, 34, INK, t.line, 'start')}${benches}${coat(752, 320)}`;
};

const m3photoFull = (t) => `${label(t.label)}
<path d="M40 354 H814" ${soft}/>${group(494, 344, 0.86)}
${person(150, 352, ACCENT, { scale: 1.25 })}
<path d="M166 300 l18 -16" stroke="${ACCENT}" stroke-width="8" stroke-linecap="round"/>
<rect x="182" y="258" width="16" height="30" rx="3" fill="${INK}"/>
<path d="M204 270 L440 196 M204 276 L440 346" stroke="${LINE}" stroke-width="3" stroke-dasharray="3 9" stroke-linecap="round"/>
<path d="M106 326 H64 M74 316 l-11 10 l11 10" fill="none" stroke="${WARN}" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/>
<path d="M226 76 H810 V154 H226 Z" fill="${TINT}" stroke="${ACCENT}" stroke-width="3"/>
${text(518, 128, 38, INK, t.line, 'middle', 600)}`;

const m3groupFull = (t) => `${label(t.label)}${text(54, 196, 88, ACCENT, t.clock, 'start', 600)}
<rect x="352" y="40" width="250" height="166" rx="6" fill="#fff" stroke="${INK}" stroke-width="3"/>
<rect x="364" y="52" width="226" height="142" fill="${TINT}"/>${group(391, 178, 0.59)}
<path d="M352 230 H790 a10 10 0 0 1 10 10 V318 a10 10 0 0 1 -10 10 H352 a10 10 0 0 1 -10 -10 V296 l-22 -14 l22 -14 V240 a10 10 0 0 1 10 -10z" fill="#fff" stroke="${INK}" stroke-width="3" stroke-linejoin="round"/>
${text(574, 292, 36, INK, t.line, 'middle', 600)}`;

/** Words in the squares of composition paper. */
function squares(x, y, words, side, fill = INK) {
  return words.map((word, i) => `<rect x="${x + i * side}" y="${y}" width="${side}" height="${side}" fill="#fff" stroke="${LINE}" stroke-width="2"/>
${text(x + (i + 0.5) * side, y + side * 0.7, side * 0.56, fill, word)}`).join('');
}

const m3bookFull = (t) => `${label(t.label)}${squares(67, 190, [...t.line], 80)}
<ellipse cx="427" cy="230" rx="126" ry="50" fill="none" stroke="${WARN}" stroke-width="5"/>
${text(427, 166, 54, WARN, t.mark, 'middle', 600)}${text(787, 334, 34, WARN, t.note, 'end')}`;

const m3fixFull = (t) => `${label(t.label)}${squares(57, 122, t.first, 74)}${squares(57, 226, t.second, 74, ACCENT)}`;

const m3askFull = (t) => `${squares(57, 42, t.above, 60, ACCENT)}
<path d="M56 136 H798 V278 H190 L160 314 V278 H56 Z" fill="${TINT}" stroke="${ACCENT}" stroke-width="3" stroke-linejoin="round"/>
${text(427, 226, 50, INK, t.line, 'middle', 600)}`;

export const scenes = {
  m3titleFull, m3stageFull, m3oneFull, m3rowFull, m3handFull, m3coatsFull, m3photoFull, m3groupFull,
  m3bookFull, m3fixFull, m3askFull,
};
