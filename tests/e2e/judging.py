"""What is asked of every page, as scripts that run in it and answer with faults in words."""

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from forum.runtime.shots import Look

NARROW, LAPTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
GRAVE = ("serious", "critical")
SHELLS = "body.public, body.team"
"""Pages of ours; the scanner and the API's page have shells of their own."""
AXE = Axe()
OF_COLOURS = ("color-contrast", "link-in-text-block")

CAN_BE_REACHED = """() => {
  const wanted = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]';
  const shown = (e) => e.checkVisibility({ visibilityProperty: true })
    && !e.matches(':disabled, [tabindex^="-"]') && !e.closest('[inert]');
  const modal = document.querySelector('dialog:modal');
  const all = [...(modal || document).querySelectorAll(wanted)].filter(shown);
  // Of a group of radio buttons one is a stop, the arrows do the rest.
  const groups = new Set();
  return all.filter((e) => {
    if (e.type !== 'radio') return true;
    if (groups.has(e.name)) return false;
    groups.add(e.name);
    return true;
  });
}"""
WATCH = f"""() => {{
  window.stops = [];
  window.wanted = ({CAN_BE_REACHED})();
  const style = (e, part) => {{
    const now = getComputedStyle(e, part);
    return [now.outlineStyle, now.outlineWidth, now.outlineColor, now.boxShadow, now.borderColor, now.backgroundColor].join();
  }};
  // The mark may stand around the thing itself, its label, or the card whose link it is.
  const looks = (e) => [e, e.parentElement, e.closest('.card, label'), e.nextElementSibling, ...(e.labels || [])]
    .filter(Boolean).map((near) => style(near) + style(near, '::after')).join('|');
  document.addEventListener('focusin', (event) => {{
    const stop = {{ e: event.target, seen: false }}, focused = looks(stop.e);
    window.stops.push(stop);
    stop.e.addEventListener('focusout', () => {{ stop.seen = looks(stop.e) !== focused; }}, {{ once: true }});
  }});
  document.activeElement?.blur();
  return window.wanted.length;
}}"""
JUDGE = """() => {
  const words = (e) => (e.innerText || e.getAttribute('aria-label') || e.name || e.id || '').trim().slice(0, 40);
  const name = (e) => `${e.tagName.toLowerCase()} “${words(e)}”`;
  const reached = new Set(window.stops.map((stop) => stop.e));
  const radios = new Set([...reached].filter((e) => e.type === 'radio').map((e) => e.name));
  // What a living page has replaced meanwhile is not there to be reached.
  const missed = window.wanted.filter((e) => e.isConnected && !reached.has(e) && !(e.type === 'radio' && radios.has(e.name)));
  document.activeElement?.blur();
  const dark = window.stops.filter((stop) => !stop.seen && stop.e !== document.body).map((stop) => stop.e);
  const turned = [...document.querySelectorAll('[tabindex]')].filter((e) => e.tabIndex > 0);
  return [
    ...missed.map((e) => `not reached by Tab: ${name(e)}`),
    ...[...new Set(dark)].map((e) => `focus cannot be seen: ${name(e)}`),
    ...turned.map((e) => `out of order: ${name(e)}`),
  ];
}"""
HEAD = """() => ({
  language: document.documentElement.lang,
  title: document.title,
  headings: document.querySelectorAll('h1').length,
  skip: document.querySelector('a.skip')?.hash === '#content' && !!document.querySelector('main#content'),
  head: document.querySelectorAll('header nav').length > 0,
})"""
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return '';
  const outside = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > width + 1);
  return outside.slice(-3).map((e) => `${e.tagName.toLowerCase()}.${e.className}`).join(', ') || 'something';
}"""


def head_faults(page: Page, look: Look) -> list[str]:
    """Language, heading, skip link."""
    head: dict[str, Any] = page.evaluate(HEAD)
    ours = bool(page.locator(SHELLS).count())
    faults = []
    if head["language"] != look.language:
        faults.append(f"says lang={head['language']}")
    if head["headings"] != 1 and ours:
        faults.append(f"{head['headings']} h1")
    if head["head"] and not head["skip"]:
        faults.append("no way past the head")
    return faults


def axe_faults(page: Page, *, shade: str, rules: Sequence[str] = ()) -> list[str]:
    """Serious and critical findings of axe, each with its first place; of all rules, unless some are named."""
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": list(rules)}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [
        f"{shade}: {fault['id']} ×{len(fault['nodes'])}, {fault['nodes'][0]['html'][:140]}"
        for fault in found
        if fault["impact"] in GRAVE
    ]


def both_shades(page: Page) -> list[str]:
    """axe on the page as it is, light and dark. Between the two nothing changes but colours."""
    faults = axe_faults(page, shade="light")
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    faults += axe_faults(page, shade="dark", rules=OF_COLOURS)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return faults


def narrow_faults(page: Page) -> list[str]:
    """Whether a page of 360 px has to be pushed sideways."""
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    wide = page.evaluate(TOO_WIDE)
    page.set_viewport_size(LAPTOP)  # type: ignore[arg-type]
    return [f"too wide for 360 px: {wide}"] if wide else []


def keyboard_faults(page: Page) -> list[str]:
    """Tab through the whole page: every stop is reached, and one sees where one is."""
    stops = page.evaluate(WATCH)
    # Day, month, year, hour and minute of such a field are stops of their own.
    inner = 4 * page.locator("input[type=date], input[type=time], input[type=datetime-local]").count()
    for _stop in range(stops + inner + 8):
        page.keyboard.press("Tab")
    return list(page.evaluate(JUDGE))
