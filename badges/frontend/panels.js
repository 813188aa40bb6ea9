/** The sheets over the camera: a typed code, a search by name, the queue. Each shows and reports; none decides. */

import { typedCode } from "./codes.js";
import { timeOfDay } from "./texts.js";
import { showLetter } from "./verdict.js";

const LEAST_LETTERS = 2;
const TYPING_PAUSE_MS = 250;
const byId = (id) => document.getElementById(id);

/** Every sheet closes by its own button, by Escape, and by a tap on what is behind it. */
export function wireSheets() {
  for (const sheet of document.querySelectorAll("dialog")) {
    sheet.addEventListener("click", (event) => {
      if (event.target === sheet || event.target.closest("[data-close]")) sheet.close();
    });
  }
}

export class TypePanel {
  constructor({ onCode }) {
    this.sheet = byId("type-dialog");
    this.input = byId("type-code");
    byId("type-form").addEventListener("submit", (event) => {
      event.preventDefault();
      const code = typedCode(this.input.value);
      if (!code) return this.input.focus();
      this.sheet.close();
      onCode(code);
    });
  }

  open() {
    this.input.value = "";
    this.sheet.showModal();
    this.input.focus();
  }
}

export class SearchPanel {
  #pause = null;
  #asking = null;

  constructor({ api, text, onPerson }) {
    Object.assign(this, { api, text, onPerson });
    this.sheet = byId("search-dialog");
    this.input = byId("search-input");
    this.list = byId("search-results");
    this.status = byId("search-status");
    this.input.addEventListener("input", () => this.#later());
    byId("search-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#search();
    });
    this.list.addEventListener("click", (event) => this.#chosen(event.target.closest("button")));
    // Names do not stay on the phone once the sheet is closed.
    this.sheet.addEventListener("close", () => this.#clear());
  }

  open() {
    this.#clear();
    this.sheet.showModal();
    this.input.focus();
  }

  #clear() {
    clearTimeout(this.#pause);
    this.#asking?.abort();
    this.input.value = "";
    this.list.replaceChildren();
    this.#say("search_hint");
  }

  #later() {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#search(), TYPING_PAUSE_MS);
  }

  async #search() {
    clearTimeout(this.#pause);
    this.#asking?.abort();
    const query = this.input.value.trim();
    if (query.length < LEAST_LETTERS) {
      this.list.replaceChildren();
      return this.#say("search_hint");
    }
    const asking = (this.#asking = new AbortController());
    this.#say("search_busy");
    const result = await this.api.people(query, asking.signal);
    if (asking.signal.aborted) return;
    if (!result.ok) return this.#say("search_failed");
    const people = Array.isArray(result.data) ? result.data : (result.data.results ?? []);
    this.list.replaceChildren(...people.map((person) => this.#row(person)));
    this.#say(people.length ? "search_choose" : "search_none");
  }

  #row(person) {
    const row = byId("search-row").content.firstElementChild.cloneNode(true);
    row.querySelector("button").dataset.registration = person.registration;
    const state = person.state === "confirmed" ? "" : (person.state_label ?? this.text("search_not_confirmed"));
    for (const [field, value] of Object.entries({ ...person, state })) {
      const node = row.querySelector(`[data-field="${field}"]`);
      if (node) [node.textContent, node.hidden] = [value ?? "", !value];
    }
    showLetter(row.querySelector("[data-field=letter]"), person);
    return row;
  }

  #chosen(button) {
    if (!button) return;
    const { registration } = button.dataset;
    this.sheet.close();
    this.onPerson(registration);
  }

  #say(key) {
    this.status.textContent = this.text(key);
  }
}

export class QueuePanel {
  #late = [];

  constructor({ outbox, text, holder }) {
    Object.assign(this, { outbox, text, holder });
    this.sheet = byId("queue-dialog");
    this.list = byId("queue-list");
    this.lateList = byId("late-list");
    byId("queue-send").addEventListener("click", () => outbox.flush());
    byId("late-clear").addEventListener("click", () => this.#forgetLate());
    this.list.addEventListener("click", (event) => {
      const { nonce } = event.target.closest("button")?.dataset ?? {};
      if (nonce) outbox.again(nonce);
    });
    outbox.addEventListener("change", () => this.draw());
  }

  open() {
    this.sheet.showModal();
    this.draw();
  }

  /** Kept in memory only: it names a person. */
  addLate(answer) {
    this.#late.unshift(answer);
    this.draw();
  }

  draw() {
    const { items } = this.outbox;
    // A refusal that came too late is the more urgent: somebody is inside who should not be.
    byId("queue-count").textContent = this.#late.length || items.length;
    byId("queue-button").dataset.waiting = this.#late.length ? "late" : items.length ? "unsent" : "nothing";
    byId("queue-empty").hidden = items.length > 0;
    byId("queue-send").hidden = this.outbox.unsent.length === 0 || this.outbox.paused;
    byId("late-part").hidden = this.#late.length === 0;
    if (!this.sheet.open) return;
    this.list.replaceChildren(...items.map((item) => this.#row(item)));
    this.lateList.replaceChildren(...this.#late.map((answer) => this.#lateRow(answer)));
  }

  #row(item) {
    const row = byId("queue-row").content.firstElementChild.cloneNode(true);
    const refused = item.state === "refused";
    const state = refused ? item.problem : this.text(item.holder === this.holder() ? "queue_waiting" : "queue_other");
    row.querySelector("[data-field=time]").textContent = timeOfDay(item.scan.device_time);
    row.querySelector("[data-field=method]").textContent = this.text(`method_${item.scan.method}`);
    row.querySelector("[data-field=state]").textContent = state;
    const again = row.querySelector("button");
    [again.hidden, again.dataset.nonce] = [!refused, item.nonce];
    return row;
  }

  #lateRow(answer) {
    const row = byId("late-row").content.firstElementChild.cloneNode(true);
    row.dataset.severity = answer.severity;
    row.querySelector("[data-field=name]").textContent = answer.person?.name ?? "";
    row.querySelector("[data-field=title]").textContent = answer.title;
    row.querySelector("[data-field=next_step]").textContent = answer.next_step;
    return row;
  }

  #forgetLate() {
    this.#late = [];
    this.draw();
  }
}
