// Messages can be closed, and good news leaves by itself; what went wrong stays until it is read.
const STAY = 8_000;
const STAY_WITH_UNDO = 20_000;

function prepare(toast) {
  const button = toast.querySelector("[data-dismiss]");
  if (!button || !button.hidden) return;
  button.hidden = false;
  button.addEventListener("click", () => toast.remove());
  if (!toast.matches(".success, .info")) return;
  const stay = toast.querySelector(".undo") ? STAY_WITH_UNDO : STAY;
  let timer = setTimeout(() => toast.remove(), stay);
  const hold = () => clearTimeout(timer);
  const leave = () => { timer = setTimeout(() => toast.remove(), stay); };
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("pointerleave", leave);
  toast.addEventListener("focusout", leave);
}

const prepareAll = () => document.querySelectorAll(".toast").forEach(prepare);
prepareAll();
// htmx answers bring new ones out of band.
document.addEventListener("htmx:oobAfterSwap", prepareAll);
