// A quiet bed of slow chords, computed sample by sample; no recording, no licence.
import { writeFileSync } from 'node:fs';

const RATE = 44_100;
// Four soft chords in Hz, each held for about nine seconds and overlapping its neighbours.
const CHORDS = [
  [130.81, 196.0, 246.94, 329.63],
  [110.0, 164.81, 196.0, 261.63],
  [87.31, 174.61, 220.0, 261.63],
  [98.0, 146.83, 220.0, 293.66],
];
const BELLS = [523.25, 659.25, 587.33, 783.99, 659.25, 440.0];
const HOLD = 8.75;
const OVERLAP = 3.5;

/** Rises and falls as a half cosine: 0 at the ends, 1 between the ramps. */
function envelope(t, length, ramp) {
  const edge = Math.min(t, length - t, ramp) / ramp;
  return edge <= 0 ? 0 : 0.5 - 0.5 * Math.cos(Math.PI * edge);
}

function addPad(left, right, start, chord) {
  const length = HOLD + OVERLAP;
  const first = Math.max(0, Math.floor(start * RATE));
  const last = Math.min(left.length, Math.floor((start + length) * RATE));
  chord.forEach((hz, voice) => {
    for (let i = first; i < last; i += 1) {
      const t = i / RATE - start;
      const slow = 1 + 0.12 * Math.sin(2 * Math.PI * (0.11 + voice * 0.03) * t + voice);
      const level = 0.032 * envelope(t, length, OVERLAP) * slow;
      const a = 2 * Math.PI * hz * t;
      left[i] += level * (Math.sin(a * 0.9988) + 0.22 * Math.sin(2 * a) + 0.05 * Math.sin(3 * a));
      right[i] += level * (Math.sin(a * 1.0012) + 0.22 * Math.sin(2 * a + 0.7) + 0.05 * Math.sin(3 * a));
    }
  });
}

function addBell(left, right, start, hz, level, pan) {
  const last = Math.min(left.length, Math.floor((start + 4) * RATE));
  for (let i = Math.floor(start * RATE); i < last; i += 1) {
    const t = i / RATE - start;
    const tone = Math.sin(2 * Math.PI * hz * t) + 0.3 * Math.exp(-3 * t) * Math.sin(2 * Math.PI * 2.01 * hz * t);
    const value = level * Math.min(1, t / 0.012) * Math.exp(-1.5 * t) * tone;
    left[i] += value * (1 - pan);
    right[i] += value * pan;
  }
}

function wav(left, right) {
  const data = Buffer.alloc(44 + left.length * 4);
  data.write('RIFF', 0);
  data.writeUInt32LE(36 + left.length * 4, 4);
  data.write('WAVEfmt ', 8);
  data.writeUInt32LE(16, 16);
  data.writeUInt16LE(1, 20);
  data.writeUInt16LE(2, 22);
  data.writeUInt32LE(RATE, 24);
  data.writeUInt32LE(RATE * 4, 28);
  data.writeUInt16LE(4, 32);
  data.writeUInt16LE(16, 34);
  data.write('data', 36);
  data.writeUInt32LE(left.length * 4, 40);
  for (let i = 0; i < left.length; i += 1) {
    data.writeInt16LE(Math.round(Math.max(-1, Math.min(1, left[i])) * 32_767), 44 + i * 4);
    data.writeInt16LE(Math.round(Math.max(-1, Math.min(1, right[i])) * 32_767), 46 + i * 4);
  }
  return data;
}

/** Writes `seconds` of sound to `file`; `chimeAt` is the moment of the school bell. */
export function writeBed(file, seconds, chimeAt) {
  const left = new Float64Array(Math.round(seconds * RATE));
  const right = new Float64Array(left.length);
  for (let n = 0, start = -1; start < seconds; n += 1, start += HOLD) {
    addPad(left, right, start, CHORDS[n % CHORDS.length]);
    if (start > 0) addBell(left, right, start + 4.2, BELLS[n % BELLS.length], 0.035, n % 2 ? 0.35 : 0.65);
  }
  addBell(left, right, chimeAt, 659.25, 0.09, 0.5);
  addBell(left, right, chimeAt + 0.7, 523.25, 0.09, 0.5);
  for (let i = 0; i < left.length; i += 1) {
    const t = i / RATE;
    const fade = Math.min(1, t / 2, (seconds - t) / 3);
    left[i] *= fade;
    right[i] *= fade;
  }
  writeFileSync(file, wav(left, right));
}
