// Turns a page of HTML into a PNG with headless Chromium.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--hide-scrollbars', '--force-device-scale-factor=1',
];

export const INK = '#20262b';
export const SOFT = '#5b646b';
export const PAPER = '#fbfaf6';
export const LINE = '#d9d3c5';
export const ACCENT = '#1d5c66';
export const TINT = '#e0eceb';
export const WARN = '#a63d22';
const FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif';
// The same design with narrow quotation marks, for pages in Latin script.
const LATIN = '"Noto Sans CJK KR",sans-serif';

/** A complete page of `width` × `height` CSS pixels around `body`. */
export function page(lang, width, height, body, css = '') {
  const font = lang.startsWith('zh') ? FONT : LATIN;
  return `<!doctype html><html lang="${lang}"><meta charset="utf-8"><style>
*{box-sizing:border-box;margin:0}
html,body{width:${width}px;height:${height}px;overflow:hidden;background:${PAPER};color:${INK};font-family:${font}}
svg{position:absolute;left:0;top:0;font-family:${font}}
${css}</style><body>${body}</body></html>`;
}

/** Writes `html`, drawn at `width` × `height`, to the PNG file `out`. */
export function screenshot(html, width, height, out) {
  const dir = mkdtempSync(join(tmpdir(), 'zx-chrome-'));
  try {
    const file = join(dir, 'page.html');
    writeFileSync(file, html);
    execFileSync('chromium', [
      ...FLAGS, `--user-data-dir=${join(dir, 'profile')}`,
      `--window-size=${width},${height}`, `--screenshot=${out}`, `file://${file}`,
    ], { stdio: 'ignore', timeout: 60_000 });
  } finally {
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
}
