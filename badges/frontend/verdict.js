/** The answer on the whole screen for a second and a half, then, unless it is a plain yes, as a strip that lingers. */

const WHOLE_SCREEN_MS = 1500;
const WITH_PHOTO_MS = 5000; // a face is compared, not read; a tap or the next badge ends it sooner
const LEAST_MS = 600; // nobody reads faster: only then may the next person's answer take its place
const LONG_NAME = 24;
const SHAPES = { green: "pass", amber: "check", red: "stop" };
const FIELDS = ["title", "name", "name_latin", "organisation", "category", "reason", "next_step"];

export class VerdictView extends EventTarget {
  #timer = null;
  #shownAt = 0;
  #answer = null;

  constructor({ screen, strip }) {
    super();
    this.screen = screen;
    this.strip = strip;
    screen.addEventListener("click", () => this.close());
    strip.addEventListener("click", () => this.clearStrip());
    document.addEventListener("keydown", (event) => {
      if (!this.isOpen || !["Escape", "Enter", " "].includes(event.key)) return;
      event.preventDefault();
      this.close();
    });
  }

  get isOpen() {
    return !this.screen.hidden;
  }

  get isReplaceable() {
    return !this.isOpen || performance.now() - this.#shownAt >= LEAST_MS;
  }

  show(answer) {
    this.clearStrip();
    this.#answer = answer;
    this.#shownAt = performance.now();
    wipe(this.screen);
    fill(this.screen, answer);
    this.screen.hidden = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.close(), WHOLE_SCREEN_MS);
  }

  /** The photo came while its answer is still shown: it stays long enough to compare. On a canvas, so that it has no address. */
  showPhoto(nonce, picture) {
    const place = this.screen.querySelector("[data-field=photo]");
    if (!picture || !this.isOpen || this.#answer.scan !== nonce) return;
    place.getContext("2d").drawImage(picture, 0, 0, place.width, place.height);
    place.hidden = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.close(), WITH_PHOTO_MS);
  }

  close() {
    if (!this.isOpen) return;
    clearTimeout(this.#timer);
    this.screen.hidden = true;
    wipe(this.screen);
    if (this.#answer.severity !== "green") this.linger(this.#answer);
    this.dispatchEvent(new Event("close"));
  }

  /** A second and a half is short for a reason and a next step, so they stay at the edge until the next scan. */
  linger(answer) {
    fill(this.strip, answer);
    this.strip.hidden = false;
  }

  /** Takes the strip away; with `outcome`, only when it tells of that. */
  clearStrip(outcome = null) {
    if (!outcome || this.strip.dataset.outcome === outcome) this.strip.hidden = true;
  }
}

/** No face stays in the page: not behind the next answer, not after this one. */
function wipe(screen) {
  const place = screen.querySelector("[data-field=photo]");
  place.hidden = true;
  place.getContext("2d").clearRect(0, 0, place.width, place.height);
}

/** What is shown stays in the page after hiding; only the attribute `hidden` says whether it counts. */
function fill(place, answer) {
  const { person } = answer;
  const values = { ...person, ...answer };
  place.dataset.outcome = answer.outcome;
  place.dataset.severity = answer.severity;
  place.dataset.admit = String(answer.admit);
  place.toggleAttribute("data-long", (person?.name ?? "").length > LONG_NAME);
  for (const field of FIELDS) {
    const node = place.querySelector(`[data-field="${field}"]`);
    if (node) [node.textContent, node.hidden] = [values[field] ?? "", !values[field]];
  }
  const late = place.querySelector("[data-field=late]");
  if (late) late.hidden = !answer.late;
  place.querySelector("use").setAttribute("href", `#shape-${answer.shape ?? SHAPES[answer.severity]}`);
  const letter = place.querySelector("[data-field=letter]");
  if (letter) showLetter(letter, person);
  const zones = place.querySelector("[data-field=zones]");
  if (zones) zones.replaceChildren(...(person?.zones ?? []).map(zoneMark));
}

/** The category's letter on its colour, in black or white, whichever reads better. Used by the search as well. */
export function showLetter(node, person) {
  node.hidden = !person?.category_letter;
  if (node.hidden) return;
  node.textContent = person.category_letter;
  const colour = /^#[0-9a-f]{6}$/i.test(person.category_colour ?? "") ? person.category_colour : "#5d6975";
  node.style.setProperty("--category", colour);
  node.style.setProperty("--on-category", luminance(colour) > 0.179 ? "#000000" : "#ffffff");
}

function zoneMark(letter) {
  const mark = document.createElement("li");
  mark.textContent = letter;
  return mark;
}

/** Relative luminance of WCAG; above 0.179 black has the better contrast. */
function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
