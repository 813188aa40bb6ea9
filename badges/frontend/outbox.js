/**
 * Scans that have no answer yet. A scan is kept before it is sent and released only by an answer about its own nonce.
 *
 * Events: `change` (lengths, paused), `network` (detail: boolean), `late` (detail: {answer, item}).
 */

const LATE_MS = 8000;
const LONGEST_WAIT_S = 60;

export class Outbox extends EventTarget {
  #items = new Map();
  #inFlight = new Map();
  #failures = 0;
  #timer = null;
  #flushing = false;
  #notBefore = 0;
  paused = false;

  constructor({ store, api, holder }) {
    super();
    this.store = store;
    this.api = api;
    this.holder = holder;
  }

  async load() {
    for (const item of await this.store.waiting()) this.#items.set(item.nonce, item);
    this.#changed();
  }

  /** Oldest first. */
  get items() {
    return [...this.#items.values()].sort((a, b) => a.scan.device_time.localeCompare(b.scan.device_time));
  }

  get unsent() {
    return this.items.filter((item) => item.state === "waiting");
  }

  async add(scan) {
    const item = { nonce: scan.nonce, holder: this.holder(), state: "waiting", scan };
    this.#items.set(item.nonce, item);
    this.#changed();
    await this.store.keep(item);
    return item;
  }

  /** Sends one scan; a second call while it is under way shares the first one's answer. */
  send(nonce, timeout = LATE_MS) {
    const item = this.#items.get(nonce);
    if (this.paused) return Promise.resolve({ ok: false, kind: "paused" });
    if (!this.#inFlight.has(nonce)) {
      const attempt = this.#attempt(item, timeout).finally(() => this.#inFlight.delete(nonce));
      this.#inFlight.set(nonce, attempt);
    }
    return this.#inFlight.get(nonce);
  }

  /** Sends everything that may be sent, one after the other; a scan refused by itself does not hold up the rest. */
  async flush() {
    if (this.#flushing || this.paused || Date.now() < this.#notBefore) return;
    this.#flushing = true;
    try {
      await this.#sendAll();
    } finally {
      this.#flushing = false;
    }
    this.#planNext();
  }

  /** After a new enrolment, or when the server has recognised the device again. */
  resume() {
    if (this.paused) {
      this.paused = false;
      this.#failures = 0;
      this.#changed();
    }
    return this.flush();
  }

  pause() {
    this.paused = true;
    clearTimeout(this.#timer);
    this.#changed();
  }

  /** Sends a quarantined scan once more, at the operator's wish. */
  async again(nonce) {
    const { problem: _, ...item } = this.#items.get(nonce);
    await this.#keep({ ...item, state: "waiting" });
    return this.flush();
  }

  async #sendAll() {
    for (const item of this.#mine().filter(({ nonce }) => !this.#inFlight.has(nonce))) {
      const result = await this.send(item.nonce);
      if (result.ok) this.#tell("late", { answer: result.data, item });
      else if (!result.goOn) return;
    }
  }

  /** What this holder may send: a colleague's scans wait for the colleague. */
  #mine() {
    return this.unsent.filter((item) => item.holder === this.holder());
  }

  async #attempt(item, timeout) {
    const result = await this.api.postScan(item.scan, timeout);
    if (result.ok && result.data.scan === item.nonce) return this.#answered(item, result);
    if (result.kind === "status" && [401, 403].includes(result.status)) return this.#refusedDevice(result);
    if (result.kind === "status" && isFinal(result.status)) return this.#quarantined(item, result);
    return this.#unanswered(result);
  }

  async #answered(item, result) {
    this.#failures = 0;
    this.#notBefore = 0;
    this.#items.delete(item.nonce);
    this.#tell("network", true);
    this.#changed();
    // Not released from disk? It will be sent again, which is harmless: the server knows the nonce.
    await this.store.release(item.nonce).catch(() => {});
    return result;
  }

  #refusedDevice(result) {
    this.#tell("network", true);
    this.pause();
    return { ...result, kind: "paused" };
  }

  async #quarantined(item, result) {
    this.#tell("network", true);
    await this.#keep({ ...item, state: "refused", problem: result.message });
    return { ...result, goOn: true };
  }

  #unanswered(result) {
    this.#failures += 1;
    this.#notBefore = result.retryAfter ? Date.now() + result.retryAfter * 1000 : 0;
    this.#tell("network", result.kind === "status");
    this.#planNext();
    // One scan that the server stumbles over must not hold up those behind it; no network holds up all.
    const goOn = result.kind === "status" && result.status >= 500;
    return { ...result, ok: false, kind: result.ok ? "garbage" : result.kind, goOn };
  }

  async #keep(item) {
    this.#items.set(item.nonce, item);
    this.#changed();
    await this.store.keep(item).catch(() => {});
  }

  #planNext() {
    clearTimeout(this.#timer);
    if (this.paused || !this.#mine().length) return;
    const wait = Math.min(LONGEST_WAIT_S, 2 ** Math.max(0, this.#failures - 1)) * 1000;
    // A little chance, so that a hundred phones do not come back in the same instant.
    const later = Math.max(wait * (0.8 + 0.4 * Math.random()), this.#notBefore - Date.now());
    this.#timer = setTimeout(() => this.flush(), later);
  }

  #changed() {
    this.#tell("change");
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** A client error in our own error shape that repeating will not cure. */
const isFinal = (status) => status >= 400 && status < 500 && ![401, 403, 408, 425, 429].includes(status);
