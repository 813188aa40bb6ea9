// Clocks drawn by the server go on: <time data-clock="Europe/Moscow">. The minute is the device's own, the zone is ours.
const clocks = [...document.querySelectorAll("[data-clock]")].map((element) => ({
  element,
  format: new Intl.DateTimeFormat("en-GB", { timeZone: element.dataset.clock, hour: "2-digit", minute: "2-digit" }),
}));

function tick() {
  const now = new Date();
  for (const { element, format } of clocks) {
    element.textContent = format.format(now);
    element.dateTime = now.toISOString();
  }
  setTimeout(tick, 60_000 - (now.getTime() % 60_000) + 50);
}

if (clocks.length) tick();
