// What the line drawings of every case share.
import { INK, LINE } from '../chrome.mjs';

/** A drawn line. */
export const draw = `fill="none" stroke="${INK}" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"`;
/** A line of little weight. */
export const soft = `fill="none" stroke="${LINE}" stroke-width="3" stroke-linecap="round"`;

/** Words in a drawing. */
export const text = (x, y, size, fill, words, anchor = 'middle', weight = 500) =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}" text-anchor="${anchor}" font-weight="${weight}">${words}</text>`;

/** A small standing person, feet at (x, y); `bag` puts a schoolbag in the hand. */
export function person(x, y, colour, { scale = 1, bag = false } = {}) {
  const load = bag
    ? `<path d="M16 -38 l4 12" stroke="${colour}" stroke-width="4" fill="none" stroke-linecap="round"/><rect x="12" y="-26" width="19" height="22" rx="4" fill="${INK}"/>`
    : '';
  return `<g transform="translate(${x} ${y}) scale(${scale})">
<circle cx="0" cy="-72" r="12" fill="${colour}"/>
<path d="M-16 -20 v-16 a16 18 0 0 1 32 0 v16 z" fill="${colour}"/>
<path d="M-7 -20 v18 M7 -20 v18" stroke="${colour}" stroke-width="8" stroke-linecap="round"/>${load}</g>`;
}

/** The ground line of an outdoor scene. */
export const road = `<path d="M6 233 H394" ${soft}/>`;
