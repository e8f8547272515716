// Scenes of “Nineteen minutes”: each returns SVG for a 400 × 270 area.
import { ACCENT, INK, PAPER, SOFT, TINT, WARN } from '../chrome.mjs';
import { draw, person, road, soft, text } from './kit.mjs';

function bus(x, label, rider) {
  const windows = [0, 1, 2, 3].map((i) => {
    const wx = x + 18 + i * 42;
    const head = rider && i === 2
      ? `<circle cx="${wx + 16}" cy="140" r="9" fill="${ACCENT}"/><path d="M${wx + 4} 160 a12 13 0 0 1 24 0z" fill="${ACCENT}"/>`
      : '';
    return `<rect x="${wx}" y="124" width="32" height="36" rx="4" fill="${PAPER}" stroke="${INK}" stroke-width="3"/>${head}`;
  }).join('');
  return `<rect x="${x}" y="104" width="196" height="108" rx="14" fill="${TINT}" stroke="${INK}" stroke-width="3"/>${windows}
${text(x + 88, 194, 22, INK, label)}
<circle cx="${x + 44}" cy="214" r="17" fill="${PAPER}" stroke="${INK}" stroke-width="4"/>
<circle cx="${x + 152}" cy="214" r="17" fill="${PAPER}" stroke="${INK}" stroke-width="4"/>`;
}

const stop = (label) => `<path d="M44 233 V96" ${draw}/><rect x="10" y="62" width="68" height="40" rx="6" fill="${ACCENT}"/>
${text(44, 90, label.length > 4 ? 18 : 21, '#fff', label)}`;

const busGone = (t) => `${road}${stop(t.stop)}${bus(196, t.stop, false)}
<path d="M176 140 h-34 M176 168 h-52 M176 196 h-30" ${soft}/>`;

const busRide = (t) => `${road}${bus(104, t.stop, true)}<path d="M84 140 h-34 M84 168 h-52 M84 196 h-30" ${soft}/>`;

/** Forty-eight seats; the one by the back door stays empty. */
function seats({ note, jitter = false, teacher = false }) {
  const marks = [];
  for (let row = 0; row < 6; row += 1) {
    for (let col = 0; col < 8; col += 1) {
      const x = 40 + col * 40;
      const y = 46 + row * 34;
      if (row === 5 && col === 7) {
        marks.push(`<circle cx="${x}" cy="${y}" r="13" fill="${PAPER}" stroke="${WARN}" stroke-width="3" stroke-dasharray="5 5"/>`);
        continue;
      }
      // A fixed, uneven displacement: the drawing is the same at every run.
      const dx = jitter ? ((row * 7 + col * 13) % 9 - 4) * 4 : 0;
      const dy = jitter ? ((row * 11 + col * 5) % 9 - 4) * 3 : 0;
      marks.push(`<circle cx="${x + dx}" cy="${y + dy}" r="12" fill="${jitter && (row + col * 2) % 3 === 0 ? '#8fb3b6' : '#b9d0d1'}"/>`);
    }
  }
  const room = `<path d="M352 262 H10 V16 H352 V190" ${draw}/><path d="M352 232 V262" ${draw}/><path d="M352 190 l26 34" ${draw}/>`;
  const who = teacher ? person(384, 268, INK, { scale: 0.62 }) : '';
  const label = note ? text(342, 252, 20, WARN, note, 'end', 600) : '';
  return room + marks.join('') + label + who;
}

const classroom = (t) => seats({ note: t.note });
const classroomTeacher = (t) => seats({ note: t.note, teacher: true });
const breakTime = () => seats({ note: '', jitter: true });

const gate = (t) => `${road}
<rect x="24" y="74" width="30" height="158" fill="${TINT}" stroke="${INK}" stroke-width="3"/>
<rect x="236" y="74" width="30" height="158" fill="${TINT}" stroke="${INK}" stroke-width="3"/>
<path d="M18 74 H272" stroke="${INK}" stroke-width="6" stroke-linecap="round"/>
<path d="M54 232 V150 H96 V232 M68 150 V232 M82 150 V232" ${draw}/>
${person(146, 232, ACCENT, { bag: true })}<path d="M112 178 h-12 M114 196 h-20" ${soft}/>
<path d="M292 188 H366 M302 188 V232 M356 188 V232" ${draw}/>
<path d="M312 184 l34 0 l-4 -22 l-34 0z" fill="#fff" stroke="${INK}" stroke-width="2.5"/>
${text(332, 146, 19, SOFT, t.note)}${person(384, 232, INK)}`;

const route = (t) => {
  const floors = [0, 1, 2, 3].map((i) => `<path d="M196 ${232 - i * 50} H380" ${draw}/>`).join('');
  return `${road}<path d="M196 232 V32 H380 V232" ${draw}/>${floors}
<rect x="316" y="40" width="54" height="42" rx="4" fill="${TINT}" stroke="${ACCENT}" stroke-width="3"/>
<path d="M34 222 H232 L262 182 L232 132 L262 82 H306" fill="none" stroke="${ACCENT}" stroke-width="5" stroke-dasharray="2 11" stroke-linecap="round"/>
<path d="M298 73 l11 9 l-11 9" fill="none" stroke="${ACCENT}" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/>
<circle cx="34" cy="222" r="9" fill="${PAPER}" stroke="${ACCENT}" stroke-width="4"/>
${text(34, 200, 20, INK, t.gate)}${text(380, 24, 20, INK, t.room, 'end')}${text(190, 262, 21, ACCENT, t.walk, 'middle', 600)}`;
};

const door = (t) => `${road}<rect x="150" y="30" width="120" height="202" fill="${TINT}" stroke="${INK}" stroke-width="3"/>
<path d="M270 30 L330 52 V250 L270 232" fill="${PAPER}" stroke="${INK}" stroke-width="3" stroke-linejoin="round"/>
<circle cx="318" cy="148" r="5" fill="${INK}"/>${person(206, 232, ACCENT, { scale: 1.35, bag: true })}
${text(92, 60, 20, SOFT, t.note)}`;

export const scenes = { busGone, busRide, classroom, classroomTeacher, breakTime, gate, route, door };
