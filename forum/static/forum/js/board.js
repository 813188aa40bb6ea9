// The board replaces its parts while somebody reads them: what was unfolded stays unfolded, what had the focus keeps it.

const unfolded = new Map();
let focused = null;

document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  const part = detail.target;
  unfolded.set(part.id, [...part.querySelectorAll("details")].map((details) => details.open));
  if (part.contains(document.activeElement)) {
    focused = { part: part.id, place: [...part.querySelectorAll("a, button, summary")].indexOf(document.activeElement) };
  }
});

document.addEventListener("htmx:oobAfterSwap", ({ detail }) => {
  const part = document.getElementById(detail.target.id);
  if (!part) return;
  const was = unfolded.get(part.id) ?? [];
  part.querySelectorAll("details").forEach((details, place) => { details.open = was[place] ?? details.open; });
  if (focused?.part === part.id) {
    part.querySelectorAll("a, button, summary")[focused.place]?.focus({ preventScroll: true });
    focused = null;
  }
});
