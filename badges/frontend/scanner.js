/** One scan, from what was found (a code or a person) to the verdict on the screen. */

import { newNonce } from "./codes.js";

const ANSWER_MS = 3000;
const BAD_NETWORK_MS = 1000; // the last try failed: do not keep the queue of people waiting for it
const KEEP_MS = 1500;
const PATIENCE_MS = 250;

export class Scanner {
  #turn = Promise.resolve();
  #underWay = 0;
  online = true;

  constructor({ outbox, verdict, sound, text, checking, pass, photo }) {
    Object.assign(this, { outbox, verdict, sound, text, checking, pass, photo });
  }

  get isFree() {
    return this.#underWay === 0 && this.verdict.isReplaceable;
  }

  /** `found`: `{method, code}` or `{method, registration}`. One person after the other; resolves to what was shown. */
  submit(found) {
    this.#underWay += 1;
    const turn = this.#turn.then(() => this.#one(found)).finally(() => (this.#underWay -= 1));
    this.#turn = turn.catch((fault) => console.error(fault)); // A fault in one scan must not block the next.
    return turn;
  }

  async #one(found) {
    this.verdict.clearStrip();
    const waiting = setTimeout(() => (this.checking.hidden = false), PATIENCE_MS);
    try {
      const answer = await this.#ask(this.#newScan(found));
      this.verdict.show(answer);
      this.sound.play(answer.sound);
      if (answer.person?.photo) this.#photo(answer.scan); // After the verdict, which waits for nothing.
      return answer;
    } finally {
      clearTimeout(waiting);
      this.checking.hidden = true;
    }
  }

  async #photo(nonce) {
    this.verdict.showPhoto(nonce, await this.photo(nonce));
  }

  /** A stranger's QR: told at once, sent nowhere. */
  refuseForeign() {
    this.verdict.show(this.#own("foreign", { outcome: "unknown_code", severity: "red", admit: false, sound: "refuse" }));
    this.sound.play("refuse");
  }

  #newScan(found) {
    const { point, direction } = this.pass();
    // Made once; every retry sends the same nonce and the same moment.
    return { nonce: newNonce(), point: point.slug, direction, device_time: new Date().toISOString(), ...found };
  }

  async #ask(scan) {
    const kept = await withLimit(this.outbox.add(scan), KEEP_MS);
    const result = await this.outbox.send(scan.nonce, this.online ? ANSWER_MS : BAD_NETWORK_MS);
    if (result.ok) return result.data;
    if (result.kind === "status" && result.goOn && result.status < 500) return this.#notAccepted(result);
    return kept ? this.#saved(result) : this.#lost();
  }

  #saved(result) {
    const step = result.kind === "paused" ? "saved_paused" : "saved_step";
    return { ...this.#own("saved", { outcome: "saved", severity: "amber", admit: null, sound: "warn", shape: "saved" }), next_step: this.text(step) };
  }

  #lost() {
    return this.#own("lost", { outcome: "not_saved", severity: "red", admit: null, sound: "refuse" });
  }

  #notAccepted(result) {
    const answer = this.#own("refused", { outcome: "not_accepted", severity: "red", admit: null, sound: "refuse" });
    return { ...answer, reason: result.message || answer.reason };
  }

  #own(name, rest) {
    return {
      ...rest,
      title: this.text(`${name}_title`),
      reason: this.text(`${name}_reason`),
      next_step: this.text(`${name}_step`),
      person: null,
    };
  }
}

/** Whether `work` succeeded in time. A storage that hangs must not hang the door. */
function withLimit(work, ms) {
  const limit = new Promise((resolve) => setTimeout(resolve, ms, false));
  return Promise.race([work.then(() => true, () => false), limit]);
}
