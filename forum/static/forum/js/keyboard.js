// Keys of the team pages. An element with data-hotkey="x" is focused (inputs) or pressed (links, buttons) by that key.
// A list with data-rows lets j and k walk its rows: each row is an element with data-row that takes focus.
const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

function act(element) {
  if (element.matches("input, select, textarea")) {
    element.focus();
    element.select?.();
  } else {
    element.click();
  }
}

function walk(step) {
  const rows = [...document.querySelectorAll("[data-rows] [data-row]")];
  if (!rows.length) return false;
  const at = rows.indexOf(document.activeElement.closest("[data-row]"));
  const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + step));
  rows[next].focus();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "?") {
    document.querySelector("#keyboard-help")?.showModal();
  } else if (event.key === "j" || event.key === "k") {
    if (!walk(event.key === "j" ? 1 : -1)) return;
  } else {
    const target = document.querySelector(`[data-hotkey="${CSS.escape(event.key)}"]`);
    if (!target) return;
    act(target);
  }
  event.preventDefault();
});
