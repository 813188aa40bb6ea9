/** The phone's pass: device token, point, direction. Chosen in the enrolment form, kept in the store, checked with the server. */

const byId = (id) => document.getElementById(id);

export class Pass extends EventTarget {
  value = null;

  constructor({ store, api, text }) {
    super();
    Object.assign(this, { store, api, text });
    byId("enrol-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#enrol(new FormData(event.target));
    });
    for (const direction of ["in", "out"]) {
      byId(`direction-${direction}`).addEventListener("click", () => this.#save({ ...this.value, direction }));
    }
  }

  async load() {
    this.value = (await this.store.get("pass")) ?? null;
    this.draw();
  }

  /** Takes over what the server says of this device: a point may have been renamed or moved meanwhile. */
  refresh({ point, directions }) {
    if (!this.value) return;
    const allowed = directions ?? this.value.directions;
    const direction = allowed.includes(this.value.direction) ? this.value.direction : allowed[0];
    const changed = { ...this.value, point: point ?? this.value.point, directions: allowed, direction };
    if (JSON.stringify(changed) !== JSON.stringify(this.value)) this.#save(changed);
  }

  draw() {
    if (!this.value) return;
    const { point, directions, direction } = this.value;
    for (const node of document.querySelectorAll("[data-point-name]")) node.textContent = point.name;
    for (const each of ["in", "out"]) {
      const button = byId(`direction-${each}`);
      button.hidden = !directions.includes(each);
      button.setAttribute("aria-pressed", String(each === direction));
    }
    byId("direction").dataset.only = String(directions.length === 1);
  }

  async #enrol(form) {
    const [button, error] = [byId("enrol-submit"), byId("enrol-error")];
    button.disabled = true;
    error.hidden = true;
    const result = await this.api.enrol(form);
    button.disabled = false;
    if (result.ok && result.data.token) return this.#accept(result.data);
    // Anything but a network failure is a session that ended; the link beside signs in again.
    const offline = ["network", "timeout"].includes(result.kind);
    error.hidden = false;
    error.querySelector("[data-field=text]").textContent =
      result.kind === "status" && result.status === 400 ? result.message : this.text(offline ? "enrol_offline" : "enrol_signed_out");
    byId("enrol-signin").hidden = offline || result.status === 400;
  }

  async #accept({ token, device, holder, point, directions, expires_at: until }) {
    const allowed = directions ?? ["in"];
    await this.#save({ token, device, holder: holder ?? null, point, until, directions: allowed, direction: allowed[0] });
    this.dispatchEvent(new Event("enrolled"));
  }

  async #save(value) {
    this.value = value;
    this.draw();
    await this.store.set("pass", value);
  }
}
