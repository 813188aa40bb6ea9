/** Puts the parts of the scanner together. Every part does one thing; only this file knows them all. */

import { createApi } from "./api.js";
import { Camera } from "./camera.js";
import { RepeatGuard, tokenIn } from "./codes.js";
import { Decoder } from "./decoder.js";
import { Outbox } from "./outbox.js";
import { QueuePanel, SearchPanel, TypePanel, wireSheets } from "./panels.js";
import { Pass } from "./pass.js";
import { Scanner } from "./scanner.js";
import { Sound } from "./sound.js";
import { askToPersist, openStore } from "./store.js";
import { readTexts } from "./texts.js";
import { VerdictView } from "./verdict.js";

const ASK_SERVER_MS = 30000;
const KNOWN_CODE_MS = 200;
const byId = (id) => document.getElementById(id);
const onClick = (ids, action) => ids.split(" ").forEach((id) => byId(id).addEventListener("click", action));
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const isRefused = (result) => result.kind === "status" && [401, 403].includes(result.status);

class App {
  #cameFrom = "start";
  #comeBackTo = null;

  constructor({ page, store, lens }) {
    const text = readTexts(byId("scanner-texts"));
    const holder = () => this.pass.value?.holder ?? null;
    this.page = page;
    this.store = store;
    this.api = createApi({
      root: page.dataset.api,
      enrolUrl: byId("enrol-form").action,
      language: document.documentElement.lang,
      token: () => this.pass.value?.token ?? "",
    });
    this.pass = new Pass({ store, api: this.api, text });
    this.outbox = new Outbox({ store, api: this.api, holder });
    this.sound = new Sound();
    this.verdict = new VerdictView({ screen: byId("verdict"), strip: byId("strip") });
    this.scanner = new Scanner({
      outbox: this.outbox,
      verdict: this.verdict,
      sound: this.sound,
      text,
      checking: byId("checking"),
      pass: () => this.pass.value,
      photo: (nonce) => this.api.photo(nonce),
    });
    this.decoder = new Decoder({ script: page.dataset.decoderScript, wasm: page.dataset.decoderWasm });
    this.camera = new Camera(byId("camera"), { look: (video) => this.look(video), lens });
    this.guard = new RepeatGuard();
    this.typing = new TypePanel({ onCode: (code) => this.submit({ method: "typed", code }, this.typing) });
    this.search = new SearchPanel({
      api: this.api,
      text,
      onPerson: (registration) => this.submit({ method: "search", registration }, this.search),
    });
    this.queue = new QueuePanel({ outbox: this.outbox, text, holder });
  }

  async start() {
    this.listen();
    this.wireButtons();
    await this.pass.load();
    await this.outbox.load();
    this.show(this.pass.value ? "start" : "enrol");
    this.askServer();
    setInterval(() => this.askServer(), ASK_SERVER_MS);
  }

  /** One frame. Never waits for the server: the camera goes on while a scan is under way. */
  async look(video) {
    if (this.page.dataset.view !== "scan" || document.querySelector("dialog[open]")) return;
    if (!(await this.decoderWorks())) return;
    const found = await this.decoder.read(video);
    if (found === null) return;
    if (this.scanner.isFree && this.guard.isNew(found)) return void this.found(found);
    this.guard.renew(found);
    // Nothing new in view: look less often, which spares battery and the decoder's memory (0.5 KB for each code it finds).
    await pause(KNOWN_CODE_MS);
  }

  async found(text) {
    const code = tokenIn(text);
    if (code === null) return this.scanner.refuseForeign();
    this.sound.play("seen");
    const answer = await this.scanner.submit({ method: "camera", code });
    // From the verdict on, not from the first look: a slow answer must not turn one badge into two scans.
    if (answer.outcome === "not_saved") this.guard.forget(text);
    else this.guard.isNew(text);
  }

  /** Without a camera the sheet that was used is the way of working: it comes back for the next person. */
  submit(found, sheet) {
    this.#comeBackTo = ["on", "starting"].includes(this.camera.state) ? null : sheet;
    return this.scanner.submit(found);
  }

  async decoderWorks() {
    const works = await this.decoder.ready();
    this.page.dataset.decoder = works ? "ready" : "failed";
    return works;
  }

  show(view) {
    if (view === "enrol" && this.pass.value) this.#cameFrom = this.page.dataset.view === "scan" ? "scan" : "start";
    this.page.dataset.view = view;
    byId("enrol-cancel").hidden = !this.pass.value;
    if (view === "scan") this.camera.start();
    else this.camera.stop();
  }

  /** The browser's own "online" only means that there is an interface; the server's answer is the truth (CHK-13). */
  async askServer() {
    if (!this.pass.value || document.hidden) return;
    const result = await this.api.device();
    if (isRefused(result)) this.outbox.pause();
    if (result.ok) this.pass.refresh(result.data);
    this.showNetwork(result.ok || result.kind === "status");
    if (result.ok) this.outbox.resume();
  }

  showNetwork(online) {
    this.scanner.online = online;
    this.page.dataset.network = this.outbox.paused ? "paused" : online ? "online" : "offline";
  }

  showCamera() {
    const { camera } = this;
    this.page.dataset.camera = camera.state;
    byId("torch-button").hidden = !camera.hasTorch;
    byId("torch-button").setAttribute("aria-pressed", String(camera.torchOn));
    if (camera.state !== "on") return;
    camera.lenses().then((lenses) => (byId("lens-button").hidden = lenses.length < 2));
    navigator.wakeLock?.request("screen").catch(() => {});
  }

  showLate(answer) {
    if (answer.severity === "green") return;
    this.queue.addLate(answer);
    if (!this.verdict.isOpen) this.verdict.linger({ ...answer, late: true });
  }

  listen() {
    this.outbox.addEventListener("change", () => {
      this.showNetwork(this.scanner.online);
      if (!this.outbox.unsent.length) this.verdict.clearStrip("saved");
    });
    this.outbox.addEventListener("network", ({ detail }) => this.showNetwork(detail));
    this.outbox.addEventListener("late", ({ detail }) => this.showLate(detail.answer));
    this.verdict.addEventListener("close", () => {
      this.#comeBackTo?.open();
      this.#comeBackTo = null;
    });
    this.camera.addEventListener("state", () => this.showCamera());
    this.pass.addEventListener("enrolled", () => {
      askToPersist();
      this.outbox.resume();
      this.show("scan");
    });
    window.addEventListener("online", () => this.askServer());
    window.addEventListener("offline", () => this.showNetwork(false));
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) return;
      this.sound.resume();
      this.askServer();
    });
  }

  wireButtons() {
    const warmUp = () => {
      this.sound.unlock();
      this.decoderWorks();
    };
    wireSheets();
    onClick("enrol-submit", warmUp);
    onClick("start-button", () => [warmUp(), this.show("scan")]);
    onClick("enrol-cancel", () => this.show(this.#cameFrom));
    onClick("point-button start-change paused-button queue-change", () => {
      byId("queue-dialog").close();
      this.show("enrol");
    });
    onClick("camera-retry", () => [warmUp(), this.camera.start()]);
    onClick("type-button camera-type", () => this.typing.open());
    onClick("search-button camera-search", () => this.search.open());
    onClick("queue-button", () => this.queue.open());
    onClick("torch-button", async () => [await this.camera.setTorch(!this.camera.torchOn), this.showCamera()]);
    onClick("lens-button", async () => this.store.set("lens", await this.camera.nextLens()));
  }
}

const page = byId("scanner");
try {
  const store = await openStore();
  await new App({ page, store, lens: await store.get("lens") }).start();
} catch (failure) {
  console.error(failure);
  page.dataset.view = "broken";
}
