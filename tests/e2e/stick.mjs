// A stick with the portable edition and a course on it.

import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { zipped } from './packet.mjs';
import { Site } from './site.mjs';

const root = new URL('../../', import.meta.url);
const site = new Site();

/** The sample course as its files, every step open. */
export function course() {
  site.openAllSteps();
  const read = (path) => site.bytes(`courses/p2-growth/${path}`);
  const { files } = JSON.parse(read('course.json'));
  return ['course.json', ...files.map(({ path }) => path)].map((path) => [path, read(path)]);
}

export class Stick {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'zhixing-stick-'));
    writeFileSync(this.path('course.zip'), zipped(course()));
  }

  path(name) {
    return join(this.folder, name);
  }

  address(name) {
    return pathToFileURL(this.path(name)).href;
  }

  /** Makes the portable edition of the last build. */
  make(name, ...more) {
    const program = process.env.ZHIXING_XTASK;
    const [command, before] = program ? [program, []] : ['cargo', ['xtask']];
    execFileSync(command, [...before, 'portable', '--no-build', ...more], { cwd: root, stdio: 'ignore' });
    copyFileSync(new URL('target/portable/zhixing.html', root), this.path(name));
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
