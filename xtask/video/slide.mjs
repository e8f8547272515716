// Lays one slide out: clock and key words left, drawing right, the morning's time line below.
// The lowest 22 % (from y = 374) stays empty for the captions.
import { ACCENT, INK, LINE, PAPER, SOFT, TINT, WARN, page } from './chrome.mjs';
import { scenes } from './scenes/index.mjs';

export const WIDTH = 854;
export const HEIGHT = 480;

const minutes = (clock) => clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
const START = minutes('7:25');
const END = minutes('8:30');
const at = (clock) => 56 + ((minutes(clock) - START) / (END - START)) * (WIDTH - 112);

/** The time line up to `clock`; without a clock the whole morning with its gap. */
function timeline(clock) {
  const now = clock ? minutes(clock) : END;
  const shown = (mark) => minutes(mark) <= now;
  const ticks = ['7:31', '7:44', '8:00'].map((mark) => {
    const past = shown(mark);
    return `<path d="M${at(mark)} 330 v12" stroke="${past ? INK : LINE}" stroke-width="2"/>
<text x="${at(mark)}" y="364" font-size="17" text-anchor="middle" fill="${past ? SOFT : '#b9b4a8'}">${mark}</text>`;
  }).join('');
  const gate = shown('8:03') ? `<circle cx="${at('8:03')}" cy="336" r="8" fill="${PAPER}" stroke="${ACCENT}" stroke-width="4"/>
<text x="${at('8:03')}" y="318" font-size="17" text-anchor="middle" fill="${ACCENT}">8:03</text>` : '';
  const gapEnd = clock ? Math.min(now, minutes('8:22')) : minutes('8:22');
  const gap = now > minutes('8:05')
    ? `<path d="M${at('8:03') + 12} 336 H${56 + ((gapEnd - START) / (END - START)) * (WIDTH - 112) - 12}" stroke="${WARN}" stroke-width="5" stroke-dasharray="1 10" stroke-linecap="round"/>`
    : '';
  const seat = shown('8:22')
    ? `<circle cx="${at('8:22')}" cy="336" r="9" fill="${ACCENT}"/><text x="${at('8:22')}" y="364" font-size="17" text-anchor="middle" fill="${SOFT}">8:22</text>`
    : '';
  const here = clock && !['8:03', '8:22'].includes(clock)
    ? `<circle cx="${at(clock)}" cy="336" r="6" fill="${INK}"/>` : '';
  return `<path d="M56 336 H${WIDTH - 56}" stroke="${LINE}" stroke-width="3" stroke-linecap="round"/>${ticks}${gap}${gate}${seat}${here}`;
}

const words = (x, y, size, fill, content, weight = 500, anchor = 'start') =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}" font-weight="${weight}" text-anchor="${anchor}">${content}</text>`;

/** Key words broken so that no line is wider than the left half. */
function keyWords(lang, line) {
  const room = lang === 'zh' ? 11 : 24;
  const units = lang === 'zh' ? line.split(/(?<=，)/) : line.split(/(?<=\s)/);
  const lines = [''];
  for (const unit of units) {
    if (lines.at(-1) && (lines.at(-1) + unit).trim().length > room) lines.push('');
    lines[lines.length - 1] += unit;
  }
  return lines.map((row, i) => words(row.startsWith('“') && lang === 'zh' ? 42 : 58, 216 + i * 44, lang === 'zh' ? 32 : 29, INK, row.trim())).join('');
}

function opening(t, lang) {
  const gap = `<path d="M58 330 H796" stroke="${LINE}" stroke-width="3" stroke-linecap="round"/>
<circle cx="496" cy="330" r="10" fill="${PAPER}" stroke="${ACCENT}" stroke-width="5"/><circle cx="712" cy="330" r="11" fill="${ACCENT}"/>
<path d="M514 330 H694" stroke="${WARN}" stroke-width="6" stroke-dasharray="1 11" stroke-linecap="round"/>`;
  return `${gap}${words(56, 84, 24, ACCENT, t.label)}
${words(54, 196, lang === 'zh' ? 96 : 82, INK, t.big, 600)}
${words(58, 264, 32, SOFT, t.line)}`;
}

function registers(t) {
  const book = (x, head, time, fill) => `<rect x="${x}" y="96" width="210" height="132" rx="6" fill="#fff" stroke="${INK}" stroke-width="3"/>
<path d="M${x + 20} 96 v132" stroke="${LINE}" stroke-width="2"/>
${words(x + 114, 132, 23, SOFT, head, 500, 'middle')}${words(x + 114, 204, 62, fill, time, 600, 'middle')}`;
  return `${words(56, 66, 24, ACCENT, t.label)}${book(70, t.left, '8:03', ACCENT)}${book(574, t.right, '8:22', ACCENT)}
<path d="M304 164 H552" stroke="${WARN}" stroke-width="5" stroke-dasharray="1 13" stroke-linecap="round"/>
${words(427, 290, 30, INK, t.line, 500, 'middle')}`;
}

const nineteen = (t) => `${words(427, 76, 26, SOFT, t.label, 500, 'middle')}
${words(410, 266, 190, WARN, t.big, 600, 'end')}${words(434, 262, 52, INK, t.unit)}`;

const question = (t, lang) => `${words(56, 84, 24, ACCENT, t.label)}
<path d="M56 116 H798 V258 H190 L160 292 V258 H56 Z" fill="${TINT}" stroke="${ACCENT}" stroke-width="3" stroke-linejoin="round"/>
${words(427, lang === 'zh' ? 204 : 200, lang === 'zh' ? 48 : 35, INK, t.line, 600, 'middle')}`;

const SPECIAL = { title: opening, registers, nineteen, question };

/** The HTML page of one slide in one language. */
export function slidePage(slide, lang) {
  const t = slide[lang];
  const special = SPECIAL[slide.scene];
  // A scene whose name ends in “Full” draws the whole slide itself, without clock and time line.
  const full = slide.scene.endsWith('Full');
  const content = full ? scenes[slide.scene](t) : special
    ? special(t, lang)
    : `${words(54, 144, 104, ACCENT, slide.clock, 600)}${keyWords(lang, t.line)}
<g transform="translate(424 34)">${scenes[slide.scene](t)}</g>`;
  const line = full || slide.scene === 'title' || slide.scene === 'question' ? '' : timeline(slide.clock);
  return page(lang === 'zh' ? 'zh-CN' : 'en', WIDTH, HEIGHT,
    `<svg width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" style="font-variant-numeric:tabular-nums">${content}${line}</svg>`);
}
