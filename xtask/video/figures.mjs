// Renders the two illustrations of the topic as palette PNGs, in Chinese and English.
// Usage, from the repository's root: node xtask/video/figures.mjs
// In the data file a late morning is [week, weekday, gate, classroom]; times in minutes after 8:00.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACCENT, INK, LINE, PAPER, SOFT, TINT, WARN, page, screenshot } from './chrome.mjs';

const WIDTH = 1080;
const words = (x, y, size, fill, content, anchor = 'start', weight = 500) =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}" text-anchor="${anchor}" font-weight="${weight}">${content}</text>`;
const svg = (height, content) => `<svg width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}">${content}</svg>`;

/** Gate and classroom time of every late morning, one column a day. */
function arrivals(t, late) {
  const x = (week, day) => 124 + (week - 2) * 132 + (day - 1) * 24 + 12;
  const y = (minute) => 108 + (minute / 26) * 384;
  const weeks = t.week.map((name, i) => {
    const left = x(i + 2, 1) - 18;
    const days = t.day.map((d, k) => words(x(i + 2, k + 1), 526, 15, SOFT, d, 'middle')).join('');
    const band = i % 2 ? '' : `<rect x="${left}" y="96" width="132" height="408" fill="#f3f0e7"/>`;
    return `${band}${days}${words(left + 66, 558, 20, INK, name, 'middle')}`;
  }).join('');
  const rulers = [0, 5, 10, 15, 20, 25].map((m) => `<path d="M118 ${y(m)} H1042" stroke="${LINE}" stroke-width="${m % 20 ? 1 : 2}"/>
${words(106, y(m) + 6, 18, m % 20 ? SOFT : INK, `8:${String(m).padStart(2, '0')}`, 'end')}`).join('');
  const marks = late.map(([week, day, gate, room]) => {
    const px = x(week, day);
    const far = room - gate > 10;
    return `<path d="M${px} ${y(gate) + 8} V${y(room) - 8}" stroke="${far ? WARN : SOFT}" stroke-width="${far ? 3 : 2}" ${far ? 'stroke-dasharray="2 7" stroke-linecap="round"' : ''}/>
<circle cx="${px}" cy="${y(gate)}" r="7" fill="${PAPER}" stroke="${ACCENT}" stroke-width="3"/>
<circle cx="${px}" cy="${y(room)}" r="8" fill="${ACCENT}"/>`;
  }).join('');
  const flag = (week, day, minute, label) => `<path d="M${x(week, day)} ${y(minute)} v26" stroke="${INK}" stroke-width="2"/>
${words(x(week, day), y(minute) + 48, 19, INK, label, 'middle')}`;
  const rule = `<path d="M${x(4, 1) - 18} 96 V504" stroke="${INK}" stroke-width="2" stroke-dasharray="7 6"/>${words(x(4, 1) - 26, y(13) + 6, 19, INK, t.rule, 'end')}`;
  const legend = `<circle cx="124" cy="68" r="7" fill="${PAPER}" stroke="${ACCENT}" stroke-width="3"/>${words(140, 75, 20, INK, t.gate)}
<circle cx="344" cy="68" r="8" fill="${ACCENT}"/>${words(360, 75, 20, INK, t.room)}`;
  const notes = words(1042, y(0) - 8, 17, SOFT, t.bell, 'end') + words(132, y(20) - 8, 17, SOFT, t.over);
  return svg(580, `${words(38, 38, 26, INK, t.title, 'start', 600)}${legend}${weeks}${rulers}${rule}${marks}${flag(5, 2, 6.2, t.joke)}${notes}`);
}

/** The building in section: the short way to the classroom, and where he stopped. */
function route(t) {
  const floor = (n) => 432 - (n - 1) * 88;
  const floors = [1, 2, 3, 4].map((n) => `<path d="M396 ${floor(n)} H1010" stroke="${INK}" stroke-width="3"/>${words(1022, floor(n) - 34, 18, SOFT, t.floor[n - 1])}`).join('');
  const steps = [1, 2, 3].map((n) => {
    const from = n % 2 ? 432 : 532;
    const to = n % 2 ? 532 : 432;
    return `<path d="M${from} ${floor(n)} L${to} ${floor(n + 1)}" stroke="${LINE}" stroke-width="10"/>`;
  }).join('');
  const path = (d, colour) => `<path d="${d}" fill="none" stroke="${colour}" stroke-width="6" stroke-dasharray="1 13" stroke-linecap="round" stroke-linejoin="round"/>`;
  const walked = path(`M96 ${floor(1) - 12} H432 L532 ${floor(2) - 12} L432 ${floor(3) - 12} H648`, WARN);
  const rest = path(`M450 ${floor(3) - 22} L532 ${floor(4) - 12} H748`, ACCENT);
  return svg(500, `${words(38, 46, 26, INK, t.title, 'start', 600)}
<path d="M38 ${floor(1)} H1046" stroke="${LINE}" stroke-width="3"/>
<path d="M396 ${floor(1)} V80 H1010 V${floor(1)}" fill="none" stroke="${INK}" stroke-width="3"/>${floors}${steps}
${walked}${rest}
<rect x="660" y="${floor(3) - 62}" width="300" height="60" fill="#f8ebe6" stroke="${WARN}" stroke-width="3"/>
${words(810, floor(3) - 37, 20, WARN, t.toilet, 'middle', 600)}${words(810, floor(3) - 13, 18, WARN, t.stay, 'middle')}
<rect x="760" y="${floor(4) - 64}" width="200" height="62" fill="${TINT}" stroke="${ACCENT}" stroke-width="3"/>
${words(860, floor(4) - 38, 20, ACCENT, t.room, 'middle', 600)}${words(860, floor(4) - 13, 18, ACCENT, t.roomTime, 'middle')}
<path d="M62 ${floor(1)} V300 M130 ${floor(1)} V300 M52 300 H140" stroke="${INK}" stroke-width="5" stroke-linecap="round"/>
<circle cx="96" cy="${floor(1) - 12}" r="9" fill="${PAPER}" stroke="${ACCENT}" stroke-width="4"/>
${words(96, 282, 22, INK, t.gate, 'middle', 600)}${words(156, 372, 20, ACCENT, t.gateTime, 'start', 600)}${words(156, 470, 20, SOFT, t.short)}`);
}

const data = JSON.parse(readFileSync('xtask/video/p2-m2-t1-figures.json', 'utf8'));
const work = mkdtempSync(join(tmpdir(), 'zx-figures-'));
mkdirSync(data.outDir, { recursive: true });
try {
  for (const lang of ['zh', 'en']) {
    const drawings = { route: [route(data.route[lang]), 500], arrivals: [arrivals(data.arrivals[lang], data.arrivals.late), 580] };
    for (const [name, [body, height]] of Object.entries(drawings)) {
      const raw = join(work, `${name}.png`);
      const out = join(data.outDir, `${name}.${lang}.png`);
      screenshot(page(lang === 'zh' ? 'zh-CN' : 'en', WIDTH, height, body), WIDTH, height, raw);
      execFileSync('ffmpeg', ['-v', 'error', '-y', '-i', raw, '-vf', 'split[a][b];[a]palettegen=max_colors=48:reserve_transparent=0[p];[b][p]paletteuse=dither=none', '-frames:v', '1', out]);
      console.log(`${out}: ${statSync(out).size} bytes`);
    }
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
