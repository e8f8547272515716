// Renders a case video from its data file: slides, sound, MP4, captions and poster, per language.
// Usage, from the repository's root: node xtask/video/render.mjs [xtask/video/p2-m2-t1.json] [--slides DIR]
// Needs chromium, ffmpeg and a CJK font. --slides only draws the slides into DIR, to look at them.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { screenshot } from './chrome.mjs';
import { HEIGHT, WIDTH, slidePage } from './slide.mjs';
import { writeBed } from './sound.mjs';

/** A video is rendered in both languages unless its data name others. */
const languagesOf = (video) => video.languages ?? ['zh', 'en'];
const RATE = 25;
const ffmpeg = (args) => execFileSync('ffmpeg', ['-v', 'error', '-y', ...args], { stdio: ['ignore', 'inherit', 'inherit'] });

/** Start of every slide in seconds, and the whole length; refuses captions outside their slide. */
function schedule(slides) {
  let start = 0;
  const starts = slides.map((slide) => {
    const mine = start;
    start += slide.seconds;
    for (const cue of slide.captions) {
      if (cue.from < mine || cue.to > start || cue.to - cue.from < 2 || cue.to - cue.from > 6) {
        throw new Error(`caption at ${cue.from} s: outside its slide, or not 2 to 6 s long`);
      }
    }
    return mine;
  });
  return { starts, total: start };
}

function drawSlides(video, lang, dir) {
  return video.slides.map((slide, i) => {
    const file = join(dir, `${lang}-${String(i + 1).padStart(2, '0')}.png`);
    screenshot(slidePage(slide, lang), WIDTH, HEIGHT, file);
    return file;
  });
}

const stamp = (seconds) => {
  const ms = Math.round(seconds * 1000);
  const pad = (n, width = 2) => String(n).padStart(width, '0');
  return `00:${pad(Math.floor(ms / 60_000))}:${pad(Math.floor(ms / 1000) % 60)}.${pad(ms % 1000, 3)}`;
};

function captions(video, lang) {
  const cues = video.slides.flatMap((slide) => slide.captions);
  return `WEBVTT\n\n${cues.map((cue, i) => `${i + 1}\n${stamp(cue.from)} --> ${stamp(cue.to)}\n${cue[lang]}\n`).join('\n')}`;
}

/** Cross-fades the still slides; every fade ends exactly where the next slide's time begins. */
function fadeGraph(video, starts) {
  let last = '[0:v]';
  const steps = video.slides.slice(1).map((_, i) => {
    const name = `[f${i + 1}]`;
    const step = `${last}[${i + 1}:v]xfade=transition=fade:duration=${video.fade}:offset=${(starts[i + 1] - video.fade).toFixed(3)}${name}`;
    last = name;
    return step;
  });
  return `${steps.join(';')};${last}format=yuv420p[v]`;
}

function encode(video, { starts, total }, slides, sound, out) {
  const stills = slides.flatMap((file, i) => {
    const lead = i === 0 ? 0 : video.fade;
    return ['-loop', '1', '-framerate', String(RATE), '-t', (video.slides[i].seconds + lead).toFixed(3), '-i', file];
  });
  ffmpeg([
    ...stills, '-i', sound,
    '-filter_complex', fadeGraph(video, starts), '-map', '[v]', '-map', `${slides.length}:a`,
    '-c:v', 'libx264', '-profile:v', 'main', '-level', '3.1', '-preset', 'slow', '-tune', 'stillimage', '-crf', '31',
    '-r', String(RATE), '-g', String(RATE * 2), '-keyint_min', String(RATE * 2), '-sc_threshold', '0',
    '-c:a', 'aac', '-b:a', '32k', '-ac', '1', '-t', String(total),
    '-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact',
    '-movflags', '+faststart', out,
  ]);
}

function render(video) {
  const plan = schedule(video.slides);
  const work = mkdtempSync(join(tmpdir(), 'zx-video-'));
  mkdirSync(video.outDir, { recursive: true });
  try {
    const sound = join(work, 'bed.wav');
    writeBed(sound, plan.total, video.chimeAt);
    for (const lang of languagesOf(video)) {
      const base = join(video.outDir, `${video.name}.${lang}`);
      const slides = drawSlides(video, lang, work);
      encode(video, plan, slides, sound, `${base}.mp4`);
      writeFileSync(`${base}.vtt`, captions(video, lang));
      ffmpeg(['-i', slides[video.poster - 1], '-c:v', 'libwebp', '-quality', '86', `${base}.poster.webp`]);
      console.log(`${base}.mp4: ${plan.total} s, ${statSync(`${base}.mp4`).size} bytes`);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const args = process.argv.slice(2);
const only = args.indexOf('--slides');
const target = only < 0 ? null : args.splice(only, 2)[1];
const video = JSON.parse(readFileSync(args[0] ?? 'xtask/video/p2-m2-t1.json', 'utf8'));
if (target) {
  mkdirSync(target, { recursive: true });
  languagesOf(video).forEach((lang) => drawSlides(video, lang, target));
} else {
  render(video);
}
