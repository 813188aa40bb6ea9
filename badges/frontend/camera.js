/**
 * The camera: stream, lens, torch, a bounded flow of frames, and a watchdog.
 *
 * `state`: `off`, `starting`, `on`, `silent` (no picture arrives, being restarted), `refused`, `missing`, `busy`, `insecure`.
 * Event `state` on every change. The stream is released while the page is hidden: it costs battery, and phones freeze it anyway.
 */

const INTERVAL_MS = 100; // about ten looks a second: quick to the eye, cool in the hand
const SILENT_MS = 3000;
const WATCH_MS = 1000;
const FAILURES = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  AbortError: "busy",
};

export class Camera extends EventTarget {
  #run = 0;
  #stream = null;
  #lastFrame = 0;
  #watch = null;
  #wanted = false;
  state = "off";
  torchOn = false;

  /** `look(video)` is awaited before the next frame is taken: slow phones see fewer frames, they never queue up. */
  constructor(video, { look, lens = null }) {
    super();
    this.video = video;
    this.look = look;
    this.lens = lens;
    document.addEventListener("visibilitychange", () => this.#follow());
    window.addEventListener("pagehide", () => this.#release());
  }

  async start() {
    this.#wanted = true;
    clearInterval(this.#watch);
    this.#watch = setInterval(() => this.#guard(), WATCH_MS);
    await this.#open();
  }

  stop() {
    this.#wanted = false;
    clearInterval(this.#watch);
    this.#release();
    this.#enter("off");
  }

  get hasTorch() {
    return Boolean(this.#track?.getCapabilities?.().torch);
  }

  async setTorch(on) {
    try {
      await this.#track?.applyConstraints({ advanced: [{ torch: on }] });
      this.torchOn = on;
    } catch {
      this.torchOn = false; // Some phones name a torch and have none.
    }
  }

  async lenses() {
    const devices = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
    return devices.filter((device) => device.kind === "videoinput").map((device) => device.deviceId);
  }

  /** Goes on to the next lens and returns its id, to be remembered: the first one is not always the sharp one. */
  async nextLens() {
    const lenses = await this.lenses();
    const current = this.#track?.getSettings?.().deviceId ?? this.lens;
    this.lens = lenses[(lenses.indexOf(current) + 1) % lenses.length] ?? null;
    await this.#open();
    return this.lens;
  }

  get #track() {
    return this.#stream?.getVideoTracks()[0];
  }

  async #open() {
    this.#release();
    const run = this.#run;
    if (!navigator.mediaDevices?.getUserMedia) return this.#enter(window.isSecureContext ? "missing" : "insecure");
    if (this.state !== "silent") this.#enter("starting");
    this.#lastFrame = performance.now();
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ video: this.#wish(), audio: false });
      // Stopped or restarted meanwhile: this stream is nobody's.
      if (run !== this.#run) return stream.getTracks().forEach((track) => track.stop());
      this.#stream = stream;
      this.video.srcObject = stream;
      await this.video.play();
      this.#lastFrame = performance.now();
      this.#flow(run);
    } catch (failure) {
      if (run === this.#run) this.#failed(failure);
    }
  }

  #wish() {
    const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
    return this.lens ? { ...size, deviceId: { exact: this.lens } } : { ...size, facingMode: { ideal: "environment" } };
  }

  #failed(failure) {
    this.#release();
    if (this.lens) {
      this.lens = null; // A remembered lens of another phone, or one unplugged.
      return this.#open();
    }
    this.#enter(FAILURES[failure.name] ?? "busy");
  }

  #release() {
    this.#run += 1;
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#stream = null;
    this.video.srcObject = null;
    this.torchOn = false;
  }

  async #flow(run) {
    while (run === this.#run) {
      const began = performance.now();
      await this.#nextFrame();
      if (run !== this.#run) return;
      this.#lastFrame = performance.now();
      if (this.state !== "on") this.#enter("on");
      try {
        await this.look(this.video);
      } catch (fault) {
        console.error(fault); // One bad frame must not end the shift.
      }
      await pause(INTERVAL_MS - (performance.now() - began));
    }
  }

  /** Waits for a really new picture, so that a frozen camera is noticed. */
  #nextFrame() {
    if (this.video.requestVideoFrameCallback) return new Promise((done) => this.video.requestVideoFrameCallback(done));
    const before = this.video.currentTime;
    return new Promise((done) => {
      const ask = () => (this.video.currentTime !== before || !this.#stream ? done() : setTimeout(ask, 30));
      ask();
    });
  }

  #guard() {
    // Without a stream somebody is being asked for permission: leave them time.
    if (document.hidden || !this.#stream || performance.now() - this.#lastFrame < SILENT_MS) return;
    this.#enter("silent");
    this.#open();
  }

  #follow() {
    if (!this.#wanted) return;
    if (document.hidden) this.#release();
    else this.#open();
  }

  #enter(state) {
    this.state = state;
    this.dispatchEvent(new Event("state"));
  }
}

const pause = (ms) => new Promise((done) => setTimeout(done, Math.max(0, ms)));
