/** Tones made in the phone, one pattern per verdict, and the same rhythm in the hand. */

// [frequency in Hz, start in s, length in s]; told apart by rhythm and pitch, not by loudness.
const TONES = {
  seen: [[1400, 0, 0.04]],
  ok: [[880, 0, 0.09], [1318, 0.1, 0.16]],
  warn: [[660, 0, 0.12], [660, 0.2, 0.12]],
  refuse: [[196, 0, 0.55], [147, 0, 0.55]],
};
const SHAPES = { seen: "sine", ok: "triangle", warn: "square", refuse: "sawtooth" };
const RHYTHMS = { seen: [], ok: [70], warn: [90, 90, 90], refuse: [350, 90, 350] };
const LOUDNESS = 0.35;
const FADE_S = 0.012;

export class Sound {
  #context = null;

  /** Browsers start sound only from a tap: call this from one. */
  unlock() {
    const Context = window.AudioContext ?? window.webkitAudioContext;
    if (!Context) return;
    this.#context ??= new Context();
    this.resume();
  }

  resume() {
    if (this.#context?.state === "suspended") this.#context.resume().catch(() => {});
  }

  play(name) {
    const known = name in TONES ? name : "warn";
    if (RHYTHMS[known].length) navigator.vibrate?.(RHYTHMS[known]);
    if (this.#context?.state !== "running") return this.resume();
    for (const [frequency, start, length] of TONES[known]) this.#tone(SHAPES[known], frequency, start, length);
  }

  /** Oscillators stop by themselves and are then collected; nothing piles up over a day of scans. */
  #tone(shape, frequency, start, length) {
    const from = this.#context.currentTime + start;
    const gain = this.#context.createGain();
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(LOUDNESS, from + FADE_S);
    gain.gain.setValueAtTime(LOUDNESS, from + length - FADE_S);
    gain.gain.linearRampToValueAtTime(0, from + length);
    const tone = new OscillatorNode(this.#context, { type: shape, frequency });
    tone.connect(gain).connect(this.#context.destination);
    tone.onended = () => gain.disconnect();
    tone.start(from);
    tone.stop(from + length);
  }
}
