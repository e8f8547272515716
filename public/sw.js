// The app without a network: keeps the app's own files, as `cargo xtask seal` lists them, and hands
// them out; a newer version takes over only when it is whole and somebody asked for it.
'use strict';

const VERSION = '__VERSION__';
// Each file's path below the app's folder and the SHA-256 of its bytes; the page itself is ''.
const FILES = ['__FILES__'];

const OURS = 'zhixing-shell-';
const CACHE = OURS + VERSION;
// What whoever runs the app may change without a new build: the newest that came is kept. Settings
// are asked for anew; courses are handed out as they last came, and the newer ones at the next start,
// so that no start waits for the network.
const LOOSE = 'zhixing-loose';
const LOOSE_PATHS = /^(config\.json|courses\/(index|[\w-]+\/course)\.json)$/;
const AT_ONCE = /^courses\//;
// How long kept settings are held back in favour of what the network may still bring, in milliseconds.
const PATIENCE_MS = 3000;

const SCOPE = self.registration.scope;
const addressOf = (path) => new URL(path, SCOPE).href;
const KNOWN = new Map(FILES.map(([path, hash]) => [addressOf(path), hash]));

async function digest(bytes) {
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(sum, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function isSound(answer, hash) {
  return answer.ok && (await digest(await answer.clone().arrayBuffer())) === hash;
}

// The file from an older version, where it is the same, or from the network.
async function bring(address, hash, older) {
  for (const cache of older) {
    const kept = await cache.match(address);
    if (kept && (await isSound(kept, hash))) return kept;
  }
  // A cache on the way may hold what was there before: the second time past it.
  for (const cache of ['no-cache', 'reload']) {
    const answer = await fetch(address, { cache, redirect: 'error' });
    if (await isSound(answer, hash)) return answer;
  }
  throw new Error(address + ' is not the file of version ' + VERSION);
}

// Fills the cache of this version. What came before an interruption is not fetched again; the
// older version goes on until all is here.
async function fill() {
  const names = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
  const older = await Promise.all(names.map((name) => caches.open(name)));
  const cache = await caches.open(CACHE);
  for (const [address, hash] of KNOWN) {
    if (!(await cache.match(address))) await cache.put(address, await bring(address, hash, older));
  }
}

async function isJson(answer) {
  if (!answer.ok) return false;
  const whole = await answer.clone().json().then(() => true, () => false);
  return whole;
}

// Courses and settings as they are now, so that the next start needs no network.
async function fillLoose() {
  const cache = await caches.open(LOOSE);
  const keep = async (path) => {
    const answer = await fetch(addressOf(path), { cache: 'no-cache' });
    if (!(await isJson(answer))) return null;
    await cache.put(addressOf(path), answer.clone());
    return answer.json();
  };
  await keep('config.json').catch(() => null);
  const shelf = await keep('courses/index.json');
  for (const course of (shelf && shelf.courses) || []) {
    const path = 'courses/' + course.path + 'course.json';
    if (LOOSE_PATHS.test(path)) await keep(path).catch(() => null);
  }
}

self.addEventListener('install', (event) => {
  event.waitUntil(fill().then(() => fillLoose().catch(() => null)));
});

self.addEventListener('activate', (event) => {
  const clear = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith(OURS) && name !== CACHE) await caches.delete(name);
    }
    await self.clients.claim();
  };
  event.waitUntil(clear());
});

// A page asks for the newer version. Others that run on the older one would miss its files.
self.addEventListener('message', (event) => {
  const take = async () => {
    const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
    const ours = pages.filter((page) => page.url.startsWith(SCOPE));
    if (ours.length > 1) return event.ports[0].postMessage('others');
    return self.skipWaiting();
  };
  if (event.data === 'take') event.waitUntil(take());
});

async function kept(address) {
  const cache = await caches.open(CACHE);
  return (await cache.match(address)) || fetch(address);
}

async function newest(request, atOnce, keepAlive) {
  const cache = await caches.open(LOOSE);
  const last = await cache.match(request.url);
  const network = fetch(request).then(async (answer) => {
    const sound = await isJson(answer);
    if (sound) await cache.put(request.url, answer.clone());
    return sound || !last ? answer : last.clone();
  });
  keepAlive(network.catch(() => null));
  if (!last) return network;
  if (atOnce) return last;
  const patience = new Promise((done) => setTimeout(done, PATIENCE_MS, last.clone()));
  return Promise.race([network.catch(() => last.clone()), patience]);
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(SCOPE)) return;
  const path = request.url.slice(SCOPE.length).replace(/[?#].*$/, '');
  if (request.mode === 'navigate') {
    if (path === '' || path === 'index.html') event.respondWith(kept(addressOf('')));
  } else if (KNOWN.has(request.url)) {
    event.respondWith(kept(request.url));
  } else if (LOOSE_PATHS.test(path)) {
    event.respondWith(newest(request, AT_ONCE.test(path), (work) => event.waitUntil(work)));
  }
});
