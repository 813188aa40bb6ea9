/** What may be a code of ours at all, and the rule that one physical badge is one scan. */

const TOKEN = /^[0-9A-Z]{8,40}$/;
const SAME_CODE_MS = 3000;

/** The token in a QR, or null: a stranger's QR (an address, a ticket, a password) is never sent anywhere. */
export function tokenIn(text) {
  const token = text.trim();
  return TOKEN.test(token) ? token : null;
}

/** A typed code without blanks, hyphens and other signs. Letters stay: the server knows which ones are meant. */
export const typedCode = (text) => text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, "");

export class RepeatGuard {
  #seen = new Map();

  /** Whether `code` was not seen for three seconds. Asking renews them: a badge left in view is scanned once. */
  isNew(code, now = performance.now()) {
    for (const [known, at] of this.#seen) if (now - at >= SAME_CODE_MS) this.#seen.delete(known);
    const fresh = !this.#seen.has(code);
    this.#seen.set(code, now);
    return fresh;
  }

  /** Renews a code that is known and takes no notice of others: they wait for their turn. */
  renew(code, now = performance.now()) {
    if (this.#seen.has(code)) this.#seen.set(code, now);
  }

  /** Forgets a code whose scan could not be kept, so that it may be scanned again at once. */
  forget(code) {
    this.#seen.delete(code);
  }
}

/** A random UUID; `crypto.randomUUID` is missing in older phones and outside secure contexts. */
export function newNonce() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
