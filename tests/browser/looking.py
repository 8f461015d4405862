"""What must be so on every page, whoever looks at it: faults as sentences."""

from collections.abc import Iterator
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# With the tags of WCAG 2.2 axe also measures targets: 24 pixels, or room enough around.
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
PHONE, ZOOMED, DESK = (
    {"width": 390, "height": 844},
    {"width": 640, "height": 450},  # 1280 pixels at 200 %
    {"width": 1280, "height": 900},
)
_AXE = Axe()
_WIDER = "document.documentElement.scrollWidth - window.innerWidth"
_UNSEEN_FOCUS = """() => {
  const look = one => { const s = getComputedStyle(one); return [s.outlineStyle, s.outlineWidth,
    s.outlineColor, s.boxShadow, s.borderColor, s.backgroundColor].join() };
  const all = [...document.querySelectorAll(
    'main a[href], main button, main input:not([type=hidden]), main select, main textarea,'
    + ' main summary, header a[href], header summary')]
    .filter(one => !one.disabled && one.checkVisibility({visibilityProperty: true}));
  const unseen = [];
  for (const one of all.slice(0, 60)) {
    const label = one.labels && one.labels[0];
    document.activeElement.blur();
    const before = [look(one), label ? look(label) : ''].join();
    one.focus({preventScroll: true, focusVisible: true});
    if (document.activeElement !== one) continue;
    if ([look(one), label ? look(label) : ''].join() === before)
      unseen.push(one.outerHTML.slice(0, 90));
  }
  document.activeElement.blur();
  return unseen;
}"""


def axe_faults(page: Page, *, only: tuple[str, ...] = ()) -> Iterator[str]:
    """Ask axe-core; `only` names the rules to ask for instead of all."""
    run = {"type": "rule", "values": only} if only else {"type": "tag", "values": TAGS}
    answer: Any = _AXE.run(page, options={"runOnly": run, "resultTypes": ["violations"]})
    for found in answer.response["violations"]:
        where = "; ".join(node["html"][:120] for node in found["nodes"][:3])
        yield f"{found['id']} ({len(found['nodes'])}): {where}"


def shape_faults(page: Page) -> Iterator[str]:
    """Measure what a page needs at any size: one heading, no page wider than its window."""
    headings = page.locator("h1").count()
    if headings != 1:
        yield f"{headings} headings of the first level"
    wider = page.evaluate(_WIDER)
    if wider > 0:
        yield f"{wider} pixels wider than the window"


def focus_faults(page: Page) -> Iterator[str]:
    """Put the focus on one thing after another; each must look different then."""
    page.keyboard.press("Tab")
    yield from (f"unseen focus: {one}" for one in page.evaluate(_UNSEEN_FOCUS))


def settle(page: Page) -> None:
    """Wait until the parts that come by themselves have come."""
    page.wait_for_load_state("networkidle")
