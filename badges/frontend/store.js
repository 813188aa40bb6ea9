/**
 * The only IndexedDB of the scanner: `settings` by key, `outbox` by nonce. No names of people are ever put here.
 * Rejects when the browser keeps no data (some private windows); the page then says so instead of pretending.
 */

const VERSION = 1;

export async function openStore(name = "forum-scanner") {
  const db = await opened(name);
  // An update in another tab must not be blocked by this one.
  db.onversionchange = () => db.close();
  return {
    get: (key) => run(db, "settings", "readonly", (rows) => rows.get(key)),
    set: (key, value) => run(db, "settings", "readwrite", (rows) => rows.put(value, key)),
    forget: (key) => run(db, "settings", "readwrite", (rows) => rows.delete(key)),
    waiting: () => run(db, "outbox", "readonly", (rows) => rows.getAll()),
    keep: (item) => run(db, "outbox", "readwrite", (rows) => rows.put(item)),
    release: (nonce) => run(db, "outbox", "readwrite", (rows) => rows.delete(nonce)),
    close: () => db.close(),
  };
}

/** Asks the browser not to evict our data; it may say no. */
export const askToPersist = () => navigator.storage?.persist?.().catch(() => false);

function opened(name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("settings");
      request.result.createObjectStore("outbox", { keyPath: "nonce" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** One transaction; resolves once it is complete, that is on disk, not when the request succeeds. */
function run(db, table, mode, work) {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(table, mode);
    const request = work(transaction.objectStore(table));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}
