// What the benches need of the open device.

/** The registration of the learner who has just begun. */
export function registrationOf(page) {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        indexedDB.open('zhixing').onsuccess = ({ target: { result: database } }) => {
          database.transaction('log').objectStore('log').getAll().onsuccess = ({ target: { result } }) => {
            database.close();
            resolve(JSON.parse(result[0].json).registration);
          };
        };
      }),
  );
}
