// The app's database, read and written without the app.

/** Reads with `read` in the page; once more where the app began anew meanwhile, which changes nothing stored. */
export async function fromStore(page, read) {
  for (;;) {
    try {
      return await page.evaluate(read);
    } catch (error) {
      if (!String(error).includes('Execution context was destroyed')) throw error;
      await page.waitForLoadState();
    }
  }
}

/** Everything in it: `{version, stores: {name: [[key, row], …]}}`, bytes in rows as base64. */
export function dump(page) {
  return fromStore(page, async () => {
    const done = (request) => new Promise((give, refuse) => {
      request.onsuccess = () => give(request.result);
      request.onerror = () => refuse(request.error);
    });
    const base64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    const database = await done(indexedDB.open('zhixing'));
    const stores = {};
    for (const name of database.objectStoreNames) {
      const store = database.transaction(name).objectStore(name);
      const [keys, rows] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
      stores[name] = [];
      for (const [at, row] of rows.entries()) {
        const plain = { ...row };
        if (row.bytes) plain.bytes = { base64: base64(row.bytes) };
        if (row.blob) plain.blob = { base64: base64(new Uint8Array(await row.blob.arrayBuffer())) };
        stores[name].push([keys[at], plain]);
      }
    }
    const { version } = database;
    database.close();
    return { version, stores };
  });
}

/** Writes a dump, on a page of the same origin that is not the app, where no database is yet. */
export function fill(page, { version, stores }) {
  return page.evaluate(
    ([version, stores]) =>
      new Promise((give, refuse) => {
        const bytes = ({ base64 }) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const opening = indexedDB.open('zhixing', version);
        opening.onerror = () => refuse(opening.error);
        opening.onupgradeneeded = () => {
          for (const name of Object.keys(stores)) opening.result.createObjectStore(name);
        };
        opening.onsuccess = () => {
          const database = opening.result;
          const writing = database.transaction(Object.keys(stores), 'readwrite');
          for (const [name, rows] of Object.entries(stores)) {
            for (const [key, row] of rows) {
              const whole = { ...row };
              if (row.bytes) whole.bytes = bytes(row.bytes);
              if (row.blob) whole.blob = new Blob([bytes(row.blob)]);
              writing.objectStore(name).put(whole, key);
            }
          }
          writing.onerror = () => refuse(writing.error);
          writing.oncomplete = () => {
            database.close();
            give(null);
          };
        };
      }),
    [version, stores],
  );
}
