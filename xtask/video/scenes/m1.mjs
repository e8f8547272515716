// Scenes of “Scrolling up”: each draws a whole 854 × 480 slide and leaves y from 374 to the captions.
import { ACCENT, INK, LINE, PAPER, SOFT, TINT, WARN } from '../chrome.mjs';
import { draw, person, soft, text } from './kit.mjs';

const QUIET = '#b9d0d1';
const left = (x, y, size, fill, content, weight = 500) => text(x, y, size, fill, content, 'start', weight);

/** About how wide words are, in ems: Chinese characters are full, Latin letters about half. */
const ems = (words) => [...words].reduce((sum, sign) => sum + (sign >= '\u2e80' ? 1 : /['.,:;! il]/.test(sign) ? 0.32 : 0.6), 0);

/** `size`, or as much less as it takes for the longest of `lines` to fit in `room`. */
const fit = (size, room, ...lines) => Math.min(size, Math.floor(room / Math.max(...lines.map(ems))));

/** The left half: the clock where there is one, and the few big words. */
function heading(t) {
  const clock = t.clock ? left(52, 148, 100, ACCENT, t.clock, 600) : '';
  const top = t.clock ? 222 : 176;
  const size = fit(t.clock ? 36 : 46, 350, ...t.lines);
  return clock + t.lines.map((line, i) => left(56, top + i * (size + 14), size, INK, line, t.clock ? 500 : 600)).join('');
}

/** An upright telephone; `inside` is drawn on its screen. */
function phone(x, y, w, h, inside, { lit = true } = {}) {
  return `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="20" fill="${INK}"/>
<rect x="${x + 9}" y="${y + 9}" width="${w - 18}" height="${h - 18}" rx="13" fill="${lit ? '#fff' : '#3a4248'}"/>${inside}`;
}

/** A speech bubble whose tail points down, to the left or to the right; `words` are one line or several. */
function speech(x, y, w, h, words, { size = 36, fill = TINT, stroke = ACCENT, tail = 'left', colour = INK } = {}) {
  const base = y + h;
  const tip = tail === 'none' ? '' : tail === 'left' ? `H${x + 150} L${x + 122} ${base + 17} L${x + 112} ${base}` : `H${x + w - 82} L${x + w - 92} ${base + 30} L${x + w - 120} ${base}`;
  const lines = [words].flat();
  const type = lines.length > 1 ? fit(34, w - 26, ...lines) : fit(size, w - 26, ...lines);
  const row = (i) => y + h / 2 + type * 0.36 + (i - (lines.length - 1) / 2) * (type + 6);
  return `<path d="M${x} ${y} H${x + w} V${base} ${tip} H${x} Z" fill="${fill}" stroke="${stroke}" stroke-width="3" stroke-linejoin="round"/>
${lines.map((line, i) => text(x + w / 2, row(i), type, colour, line, 'middle', 600)).join('')}`;
}

/** One message as a plain bar: there is something, it is not shown what. */
const bar = (x, y, w, mine) => `<rect x="${x}" y="${y}" width="${w}" height="17" rx="8" fill="${mine ? QUIET : LINE}"/>`;

/** A desk seen from the front, its top at y. */
const desk = (x, y, w, h) => `<path d="M${x} ${y} H${x + w}" stroke="${INK}" stroke-width="7" stroke-linecap="round"/>
<path d="M${x + 14} ${y} V${y + h} M${x + w - 14} ${y} V${y + h}" ${draw}/>`;

/** Head and shoulders of somebody sitting, cut off at y. */
const sitting = (x, y, colour, scale = 1) => `<g transform="translate(${x} ${y}) scale(${scale})"><circle cx="0" cy="-62" r="17" fill="${colour}"/>
<path d="M-26 0 v-14 a26 26 0 0 1 52 0 v14 z" fill="${colour}"/></g>`;

const thumb = (x, y) => `<path d="M${x + 92} ${y + 96} C${x + 66} ${y + 74} ${x + 26} ${y + 52} ${x + 4} ${y + 26} C${x - 10} ${y + 8} ${x + 8} ${y - 8} ${x + 24} ${y + 4} C${x + 52} ${y + 26} ${x + 86} ${y + 36} ${x + 126} ${y + 60} Z" fill="${PAPER}" stroke="${INK}" stroke-width="3" stroke-linejoin="round"/>`;

const m1TitleFull = (t) => {
  const rows = [40, 74, 108, 142, 176, 210, 244].map((dy, i) => bar(i % 2 ? 690 : 640, 62 + dy, i % 2 ? 84 : 100 - (i % 3) * 14, i % 2)).join('');
  return `${left(56, 84, 28, ACCENT, t.label)}${left(52, 206, fit(104, 490, t.big), INK, t.big, 600)}${left(58, 276, fit(36, 490, t.line), SOFT, t.line)}
${phone(616, 54, 182, 300, rows)}
<path d="M584 300 V110 M564 136 L584 108 L604 136" fill="none" stroke="${WARN}" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"/>`;
};

const m1DeskFull = (t) => `${heading(t)}
${sitting(610, 190, ACCENT, 1.5)}
<path d="M470 190 H780" stroke="${INK}" stroke-width="7" stroke-linecap="round"/>
<path d="M490 190 V352 M760 190 V352 M490 262 H760" ${draw}/>
<path d="M548 176 h62 l8 14 h-78 z" fill="#fff" stroke="${INK}" stroke-width="2.5"/>
<g transform="rotate(-14 662 228)"><rect x="634" y="208" width="58" height="36" rx="6" fill="${INK}"/><rect x="640" y="213" width="46" height="26" rx="3" fill="#fff"/></g>
<path d="M640 186 C690 196 712 214 696 236" fill="none" stroke="${ACCENT}" stroke-width="11" stroke-linecap="round"/>
<path d="M716 212 l18 -8 M720 232 h20" stroke="${WARN}" stroke-width="4" stroke-linecap="round"/>`;

const m1TableFull = (t) => {
  const books = [0, 1, 2, 3, 4].map((i) => `<rect x="${448 + (i % 2) * 6}" y="${226 - i * 22}" width="150" height="20" rx="3" fill="${i === 4 ? TINT : '#fff'}" stroke="${INK}" stroke-width="3"/>`).join('');
  return `${heading(t)}${left(58, 300, fit(28, 340, t.label), SOFT, t.label)}
<path d="M412 250 H806" stroke="${INK}" stroke-width="8" stroke-linecap="round"/><path d="M434 250 V360 M784 250 V360" ${draw}/>${books}
<path d="M500 128 l86 -34" stroke="${WARN}" stroke-width="7" stroke-linecap="round"/>
<path d="M654 244 L676 206 H770 L790 244 Z" fill="${INK}" stroke="${INK}" stroke-width="3" stroke-linejoin="round"/>
<path d="M669 238 L683 212 H763 L776 238 Z" fill="#5d676e"/>`;
};

const m1LightFull = (t) => {
  const size = fit(30, 290, ...t.first, ...t.second);
  const note = (y, lines) => `<rect x="466" y="${y}" width="320" height="124" rx="14" fill="#fff" stroke="${ACCENT}" stroke-width="3"/>
${left(488, y + 35, 28, ACCENT, t.name, 600)}${left(488, y + 73, size, INK, lines[0])}${left(488, y + 108, size, INK, lines[1])}`;
  return `${heading(t)}
<path d="M436 374 V44 a24 24 0 0 1 24 -24 H792 a24 24 0 0 1 24 24 V374" fill="${TINT}" stroke="${INK}" stroke-width="7"/>
<path d="M586 40 h80" stroke="${INK}" stroke-width="5" stroke-linecap="round"/>${note(72, t.first)}${note(214, t.second)}
<path d="M418 96 l-16 -8 M416 130 h-20 M418 164 l-16 8" stroke="${WARN}" stroke-width="4" stroke-linecap="round"/>`;
};

const m1OfficeFull = (t) => {
  const others = [[456, 110], [548, 110], [668, 110], [760, 110]].map(([x, y]) => `${sitting(x, y, QUIET, 0.9)}${desk(x - 38, y, 76, 40)}`).join('');
  return `${heading(t)}${others}
${sitting(556, 272, INK, 1.25)}${desk(486, 272, 170, 80)}
<rect x="614" y="258" width="34" height="10" rx="4" fill="${INK}"/>
${person(716, 352, ACCENT, { scale: 1.6 })}`;
};

const pair = `${sitting(210, 340, INK, 1.2)}${desk(134, 340, 190, 22)}<rect x="276" y="326" width="36" height="10" rx="4" fill="${INK}"/>${person(640, 362, ACCENT, { scale: 1.3 })}`;

const m1AskFull = (t) => `${pair}${speech(88, 66, 340, 108, t.ask, { size: 44 })}
${speech(500, 96, 240, 94, t.answer, { size: 40, fill: '#fff', stroke: INK, tail: 'right' })}`;

const m1OpenFull = (t) => `${pair}${speech(64, 30, 376, 80, t.ask, { tail: 'none' })}
${speech(64, 136, 376, 88, t.push, { size: 38, stroke: WARN, fill: '#f7e9e4', colour: WARN })}
${speech(540, 84, 190, 90, t.answer, { size: 44, fill: '#fff', stroke: INK, tail: 'right' })}`;

const m1UnlockFull = (t) => {
  const keys = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((i) => `<circle cx="${596 + (i % 3) * 46}" cy="${226 + Math.floor(i / 3) * 42}" r="15" fill="${TINT}" stroke="${ACCENT}" stroke-width="2"/>`).join('');
  const dots = [0, 1, 2, 3, 4, 5].map((i) => `<circle cx="${582 + i * 24}" cy="176" r="8" fill="${INK}"/>`).join('');
  return `${heading(t)}${phone(536, 34, 212, 326, `<rect x="614" y="104" width="56" height="44" rx="6" fill="${ACCENT}"/>
<path d="M624 104 V84 a18 18 0 0 1 35 -6" fill="none" stroke="${ACCENT}" stroke-width="7" stroke-linecap="round"/>${dots}${keys}`)}`;
};

const m1FoundFull = (t) => {
  // A row may take two lines; then all of them stand closer.
  const rows = t.rows.flatMap((row, i) => [row].flat().map((words) => ({ words, colour: i === 1 ? WARN : INK })));
  const [top, step, type] = rows.length > 3 ? [167, 37, 30] : [178, 46, 34];
  const size = fit(type, 272, ...rows.map((row) => row.words));
  return `${heading(t)}
${phone(446, 34, 356, 326, `${bar(476, 66, 150, false)}${bar(640, 98, 130, true)}
<rect x="470" y="132" width="308" height="160" rx="14" fill="#f7e9e4" stroke="${WARN}" stroke-width="4"/>
${rows.map((row, i) => left(492, top + i * step, size, row.colour, row.words, 600)).join('')}${bar(476, 314, 120, false)}`)}`;
};

const m1ThumbFull = (t) => {
  const stops = [52, 132, 212, 300];
  const rows = stops.map((y, i) => {
    const last = i === 3;
    const colour = last ? WARN : QUIET;
    return `<rect x="604" y="${y - 14}" width="${last ? 140 : 96 + i * 14}" height="22" rx="10" fill="${colour}"/><rect x="${last ? 604 : 672}" y="${y + 18}" width="${last ? 110 : 94}" height="22" rx="10" fill="${last ? '#e3b7aa' : LINE}"/>
${text(566, y + 14, 28, last ? WARN : SOFT, t.marks[i], 'end', last ? 600 : 500)}`;
  }).join('');
  return `${heading(t)}
<path d="M584 374 V14 M786 14 V374" stroke="${INK}" stroke-width="8" stroke-linecap="butt"/>${rows}${thumb(690, 268)}
<path d="M814 236 V100" stroke="${WARN}" stroke-width="5" stroke-linecap="round" stroke-dasharray="14 10"/>
<path d="M798 108 L814 82 L830 108" fill="none" stroke="${WARN}" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/>`;
};

const m1QuestionFull = (t) => `${left(56, 84, 32, ACCENT, t.label)}
<path d="M56 116 H798 V258 H190 L160 296 V258 H56 Z" fill="${TINT}" stroke="${ACCENT}" stroke-width="3" stroke-linejoin="round"/>
${text(427, 206, fit(50, 680, t.line), INK, t.line, 'middle', 600)}
<path d="M430 362 H798" ${soft}/>
<path d="M560 358 L582 322 H676 L696 358 Z" fill="${INK}" stroke="${INK}" stroke-width="3" stroke-linejoin="round"/>
<path d="M575 352 L589 328 H669 L682 352 Z" fill="#fff"/>`;

export const scenes = {
  m1TitleFull, m1DeskFull, m1TableFull, m1LightFull, m1OfficeFull, m1AskFull, m1OpenFull, m1UnlockFull, m1FoundFull, m1ThumbFull, m1QuestionFull,
};
