/** Texts are translated by the template and read from it; the scripts hold no words in any language. */

/** Returns `text(key, values)`. A missing key is a fault of ours and throws, so that tests see it. */
export function readTexts(template) {
  const texts = new Map();
  for (const node of template.content.querySelectorAll("[data-text]")) {
    texts.set(node.dataset.text, node.textContent.trim());
  }
  return (key, values = {}) => {
    if (!texts.has(key)) throw new Error(`No text for ${key}`);
    return texts.get(key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  };
}

const clock = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** Time of day on this phone, for the lists of what waits. */
export const timeOfDay = (iso) => clock.format(new Date(iso));
