// IndexedDB without the app: what another tab, an older app or a hostile browser does.

const answer = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const finished = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });

/// Opens a database and keeps it, deaf to others who want it; fails when it would have to wait.
export function hold(name, version) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.onblocked = () => reject(new Error("blocked"));
    answer(request).then(resolve, reject);
  });
}

/// Deletes a database; fails when it would have to wait.
export function remove(name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onblocked = () => reject(new Error("blocked"));
    answer(request).then(() => resolve(), reject);
  });
}

export async function exists(name) {
  return (await indexedDB.databases()).some((database) => database.name === name);
}

/// What version 1 of the app wrote, by its own words and not by ours. Never change it.
export async function writeVersion1(name, dump) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    for (const store of ["profiles", "log", "ids", "drafts", "running", "snapshots", "places"]) {
      request.result.createObjectStore(store);
    }
  };
  const db = await answer(request);
  const tables = Object.entries(JSON.parse(dump));
  const transaction = db.transaction(db.objectStoreNames, "readwrite");
  for (const [table, rows] of tables) {
    for (const [key, json] of rows) {
      transaction.objectStore(table).add({ profile: key[0], v: 1, json }, key);
    }
  }
  await finished(transaction);
  db.close();
}

/// A whole database: `{version, stores: {name: [[key, value], …]}}`.
export async function look(name) {
  const db = await answer(indexedDB.open(name));
  const stores = {};
  for (const store of db.objectStoreNames) {
    const all = db.transaction(store).objectStore(store);
    const [keys, values] = await Promise.all([answer(all.getAllKeys()), answer(all.getAll())]);
    stores[store] = keys.map((key, at) => [key, values[at]]);
  }
  const { version } = db;
  db.close();
  return JSON.stringify({ version, stores });
}

/// Replaces a member of an object until `restore`.
const replaced = [];
function replace(object, name, descriptor) {
  replaced.push([object, name, Object.getOwnPropertyDescriptor(object, name)]);
  Object.defineProperty(object, name, { configurable: true, ...descriptor });
}

export function restore() {
  for (const [object, name, descriptor] of replaced.splice(0).reverse()) {
    if (descriptor) Object.defineProperty(object, name, descriptor);
    else delete object[name];
  }
}

/// Notes every transaction from here on.
let seen = [];
export function watch() {
  seen = [];
  const begin = IDBDatabase.prototype.transaction;
  replace(IDBDatabase.prototype, "transaction", {
    value(stores, mode, options) {
      const transaction = begin.call(this, stores, mode, options);
      const note = { stores, mode, durability: options?.durability, complete: false };
      transaction.addEventListener("complete", () => (note.complete = true));
      seen.push({ note, db: this });
      return transaction;
    },
  });
}

export const watched = () => JSON.stringify(seen.map(({ note }) => note));

/// Closes the connection of the last transaction without a word, as a browser may.
export const closeUnheard = () => seen.at(-1).db.close();

/// Ends it the way a browser does that cleared its data or gave up on the disk.
export function closeByForce() {
  const { db } = seen.at(-1);
  db.close();
  db.dispatchEvent(new Event("close"));
}

/// The browser refuses `indexedDB`, or has none.
export function refuse(name) {
  replace(window, "indexedDB", {
    get() {
      throw new DOMException("no", name);
    },
  });
}
export const withhold = () => replace(window, "indexedDB", { value: null });

/// `indexedDB.open` fails with an error of this name.
export function failToOpen(name) {
  const open = IDBFactory.prototype.open;
  replace(IDBFactory.prototype, "open", {
    value(...these) {
      const request = open.apply(this, these);
      replace(request, "error", { get: () => new DOMException("no", name) });
      return request;
    },
  });
}

/// Every commit ends in an abort, with an error of this name or none.
export function abortCommits(name) {
  replace(IDBTransaction.prototype, "commit", {
    value() {
      this.abort();
    },
  });
  if (name) {
    replace(IDBTransaction.prototype, "error", { get: () => new DOMException("no", name) });
  }
}

/// The browser found a broken database and replaced it.
export function loseData() {
  const open = IDBFactory.prototype.open;
  replace(IDBFactory.prototype, "open", {
    value(...these) {
      const request = open.apply(this, these);
      request.addEventListener("upgradeneeded", (event) =>
        Object.defineProperty(event, "dataLoss", { value: "total" }),
      );
      return request;
    },
  });
}
