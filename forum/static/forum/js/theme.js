// Light, dark or as the device: turns round on each press and is kept for a year in the cookie `theme`.
// The server writes the choice into the page (forum/templatetags/ui.py), so there is no flash on the next one.
const ORDER = ["auto", "light", "dark"];
const MEDIA = { auto: "screen and (prefers-color-scheme: dark)", light: "not all", dark: "screen" };
const YEAR = 31_536_000;
const root = document.documentElement;
const sheet = document.querySelector("#dark-colours");

function show(button) {
  const theme = root.dataset.theme;
  const label = button.dataset[`label${theme[0].toUpperCase()}${theme.slice(1)}`];
  button.setAttribute("aria-label", label);
  button.title = label;
  for (const mark of button.querySelectorAll("[data-for]")) mark.hidden = mark.dataset.for !== theme;
}

function choose(theme) {
  root.dataset.theme = theme;
  sheet.media = MEDIA[theme];
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `theme=${theme}; path=/; max-age=${theme === "auto" ? 0 : YEAR}; samesite=lax${secure}`;
}

for (const button of document.querySelectorAll("[data-theme-switch]")) {
  show(button);
  button.hidden = false;
  button.addEventListener("click", () => {
    choose(ORDER[(ORDER.indexOf(root.dataset.theme) + 1) % ORDER.length]);
    show(button);
  });
}
