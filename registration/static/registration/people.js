// Keys of the officers' pages; j, k and ? of the list are the shell's. Every key only presses what stands on the page.
const list = document.querySelector('[data-page="people"]');
const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
const rowOf = (element) => element.closest?.("[data-row]");

// In the list: on the row that has the focus.
const onRow = {
  a: (row) => row.querySelector("[data-approve]")?.click(),
  c: (row) => open(row, "#ask"),
  r: (row) => open(row, "#reject"),
  Enter: (row) => open(row, ""),
  x: (row) => row.querySelector('input[type="checkbox"]')?.click(),
};

function open(row, anchor) {
  const link = row.querySelector("[data-open]");
  if (link) location.assign(link.href + anchor);
}

// On one application: the neighbours, and the message field.
const onPage = {
  j: () => document.querySelector('a[rel="next"]')?.click(),
  k: () => document.querySelector('a[rel="prev"]')?.click(),
  c: () => document.querySelector("#ask textarea")?.focus(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  const row = list && rowOf(document.activeElement);
  const act = row ? onRow[event.key] : !list && onPage[event.key];
  if (!act || (event.key === "Enter" && document.activeElement !== row)) return;
  act(row);
  event.preventDefault();
});

// Came here by "c" or "r" of the list: the field is ready to be typed into.
const wanted = document.querySelector("form#ask:target, details.fold-form:target");
if (wanted) {
  if (wanted.matches("details")) wanted.open = true;
  // Going to the anchor takes the focus away once more when the page has loaded.
  addEventListener("load", () => setTimeout(() => wanted.querySelector("textarea")?.focus()));
}

// A fold that was opened by hand or key takes the focus to its text.
document.addEventListener("toggle", (event) => {
  if (event.target.matches(".fold-form[open]")) event.target.querySelector("textarea")?.focus();
}, true);

// Ready-made beginnings: without this module the link loads the page with the text in place.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-fill]");
  const field = link?.closest("form")?.querySelector("textarea");
  if (!field) return;
  event.preventDefault();
  field.value = [field.value.trim(), link.dataset.fill].filter(Boolean).join("\n");
  field.focus();
});

// Back from a decision: the row that follows keeps the place of the eye.
const left = list?.querySelector("[data-row]:target");
if (left) addEventListener("load", () => setTimeout(() => left.focus()));
