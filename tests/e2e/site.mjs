// A web server for a copy of the build that can be cut off, be slow, change what it serves, and
// counts what it was asked for: what a school's network and a new version of the app do.

import { createHash } from 'node:crypto';
import { readFileSync, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../../target/dist/', import.meta.url));

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.mp4': 'video/mp4',
  '.vtt': 'text/vtt',
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

const digest = (bytes) => createHash('sha256').update(bytes).digest('hex');

export class Site {
  constructor(folder = '/app/') {
    this.folder = folder;
    this.changed = new Map();
    this.asked = [];
    this.bytesSent = 0;
    /** Called with path and response before a file is sent; answers true if it answered itself. */
    this.fault = null;
  }

  async start(port = 0) {
    this.server = createServer((request, response) => this.answer(request, response));
    await new Promise((resolve) => this.server.listen(port, '127.0.0.1', resolve));
    this.port = this.server.address().port;
    this.address = `http://127.0.0.1:${this.port}${this.folder}`;
    return this;
  }

  /** Takes the server away, with everything that is under way. */
  async cut() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** The server is there again. */
  async back() {
    await this.start(this.port);
  }

  bytes(path) {
    if (this.changed.has(path)) return this.changed.get(path);
    const file = join(DIST, normalize(path || 'index.html'));
    return file.startsWith(DIST) && existsSync(file) && statSync(file).isFile() ? readFileSync(file) : null;
  }

  /** Serves the first course with every step open. */
  openAllSteps() {
    const list = 'courses/p2-growth/course.json';
    const course = JSON.parse(this.bytes(list));
    for (const module of course.modules) {
      for (const topic of module.topics) {
        for (const step of topic.steps) step.gate = { kind: 'free' };
      }
    }
    this.changed.set(list, Buffer.from(JSON.stringify(course)));
  }

  /** Serves a newer version of the app, whose page carries `mark`. */
  release(mark) {
    const page = this.bytes('').toString('utf8');
    const older = digest(Buffer.from(page));
    const newer = Buffer.from(page.replace(/<head>/, `<head><meta name="test-release" content="${mark}">`));
    const worker = this.bytes('sw.js').toString('utf8');
    const version = /VERSION="([0-9a-f]+)"/.exec(worker)[1];
    const list = worker.replace(older, digest(newer)).replace(version, digest(Buffer.from(mark)).slice(0, 16));
    this.changed.set('', newer);
    this.changed.set('index.html', newer);
    this.changed.set('sw.js', Buffer.from(list));
  }

  answer(request, response) {
    const url = new URL(request.url, this.address);
    const path = decodeURIComponent(url.pathname).slice(this.folder.length);
    this.asked.push({ path, range: request.headers.range ?? null });
    if (this.fault?.(path, response, request)) return;
    const bytes = url.pathname.startsWith(this.folder) ? this.bytes(path) : null;
    if (!bytes) {
      response.writeHead(404).end();
      return;
    }
    const headers = {
      'Content-Type': TYPES[extname(path)] ?? TYPES['.html'],
      'Cache-Control': 'no-cache',
      'Accept-Ranges': 'bytes',
    };
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    const from = range ? Number(range[1]) : 0;
    const to = range?.[2] ? Number(range[2]) : bytes.length - 1;
    const part = bytes.subarray(from, to + 1);
    if (range) headers['Content-Range'] = `bytes ${from}-${to}/${bytes.length}`;
    headers['Content-Length'] = part.length;
    response.writeHead(range ? 206 : 200, headers);
    this.bytesSent += part.length;
    response.end(request.method === 'HEAD' ? undefined : part);
  }
}
