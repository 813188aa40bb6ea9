// Bulk choice in a form with data-selection: a box with data-all ticks every box named by its value,
// elements with data-selected show how many are ticked, those with data-needs-selection wait for the first.
function boxes(form) {
  const all = form.querySelector("[data-all]");
  return [...form.querySelectorAll(`input[type="checkbox"][name="${CSS.escape(all.dataset.all)}"]`)];
}

function show(form) {
  const every = boxes(form);
  const count = every.filter((box) => box.checked).length;
  const all = form.querySelector("[data-all]");
  all.checked = count > 0 && count === every.length;
  all.indeterminate = count > 0 && count < every.length;
  for (const place of form.querySelectorAll("[data-selected]")) place.textContent = count;
  for (const part of form.querySelectorAll("[data-needs-selection]")) part.toggleAttribute("disabled", count === 0);
}

let last = null;

document.addEventListener("click", (event) => {
  const form = event.target.closest("[data-selection]");
  if (!form || !event.target.matches('input[type="checkbox"]')) return;
  const every = boxes(form);
  if (event.target.matches("[data-all]")) {
    for (const box of every) box.checked = event.target.checked;
  } else if (event.shiftKey && every.includes(last)) {
    const [from, to] = [every.indexOf(last), every.indexOf(event.target)].sort((a, b) => a - b);
    for (const box of every.slice(from, to + 1)) box.checked = event.target.checked;
  }
  last = event.target;
  show(form);
});

const showAll = () => document.querySelectorAll("[data-selection]").forEach((form) => form.querySelector("[data-all]") && show(form));
showAll();
document.addEventListener("htmx:afterSettle", showAll);
