/** QR out of video frames: one detector, one canvas, the wasm served by us. */

const LONGEST_SIDE = 800; // enough for a badge at arm's length; more only heats the phone
const RETRY_MS = 3000;
const fromCentre = (code, width, height) => {
  const box = code.boundingBox;
  return Math.hypot(box.x + box.width / 2 - width / 2, box.y + box.height / 2 - height / 2);
};

export class Decoder {
  #detector = null;
  #loading = null;
  #canvas = document.createElement("canvas");
  #pen = this.#canvas.getContext("2d", { willReadFrequently: true, alpha: false });

  constructor({ script, wasm }) {
    this.script = script;
    this.wasm = wasm;
  }

  /** Loads script and wasm, resolves to whether they work. A failure (no network) is tried again after a pause. */
  ready() {
    this.#loading ??= this.#load().then(
      () => true,
      (failure) => {
        console.error(failure);
        setTimeout(() => (this.#loading = null), RETRY_MS);
        return false;
      },
    );
    return this.#loading;
  }

  /** Returns the text of the code nearest the middle of what the operator sees, or null. */
  async read(video) {
    if (!this.#detector || !video.videoWidth) return null;
    const { width, height } = this.#draw(video);
    const codes = await this.#detector.detect(this.#pen.getImageData(0, 0, width, height));
    codes.sort((a, b) => fromCentre(a, width, height) - fromCentre(b, width, height));
    return codes[0]?.rawValue ?? null;
  }

  async #load() {
    const { BarcodeDetector, prepareZXingModule, purgeZXingModule } = await import(this.script);
    try {
      // Before the first detect: the library would fetch its wasm from a public network otherwise (CHK-7).
      await prepareZXingModule({ overrides: { locateFile: () => this.wasm }, fireImmediately: true });
    } catch (failure) {
      purgeZXingModule();
      throw failure;
    }
    this.#detector = new BarcodeDetector({ formats: ["qr_code"] });
  }

  /** Only the part on screen is drawn: a badge beside the picture is nobody's turn yet. */
  #draw(video) {
    const seen = visiblePart(video);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(seen.width, seen.height));
    const [width, height] = [Math.round(seen.width * scale), Math.round(seen.height * scale)];
    // Setting a size clears and reallocates the canvas: only when it changes.
    if (this.#canvas.width !== width || this.#canvas.height !== height) Object.assign(this.#canvas, { width, height });
    this.#pen.drawImage(video, seen.x, seen.y, seen.width, seen.height, 0, 0, width, height);
    return { width, height };
  }
}

/** The rectangle of the frame that `object-fit: cover` leaves visible, in pixels of the frame. */
export function visiblePart({ videoWidth, videoHeight, clientWidth, clientHeight }) {
  if (!clientWidth || !clientHeight) return { x: 0, y: 0, width: videoWidth, height: videoHeight };
  const cover = Math.max(clientWidth / videoWidth, clientHeight / videoHeight);
  const [width, height] = [clientWidth / cover, clientHeight / cover];
  return { x: (videoWidth - width) / 2, y: (videoHeight - height) / 2, width, height };
}
