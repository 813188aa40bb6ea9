// The line "now and next" renews itself every minute while somebody looks at it; without this it is as old as the page.
const MINUTE = 60_000;
const frame = document.querySelector("[data-now]");

async function renew() {
  if (document.hidden) return;
  const answer = await fetch(frame.dataset.now).catch(() => null);
  if (answer?.ok) frame.innerHTML = await answer.text();
}

if (frame) {
  setInterval(renew, MINUTE);
  document.addEventListener("visibilitychange", renew);
}
