"""Take the pictures of the main pages, on a phone and at a desk: `poe pages`.

They are taken from the demo as it looks on one day, by the browser that the tests drive, and lie in
`docs/screens`. Nothing of it is real: all people and organisations are invented.
"""

import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.server import served_demo
from tools.browser import FLAGS, find_browser
from tools.png import with_palette

_DAY = date(2026, 11, 16)
_SCREENS = Path(__file__).parent.parent / "docs" / "screens"
_SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
_MOST_BYTES = 150_000


@dataclass(frozen=True, slots=True)
class Picture:
    """One page to take a picture of.

    Attributes:
        name: Of the file.
        who: Who of the demo looks.
        path: The address below the provider's.
        clicks: What is clicked there, one after another; a missing one stops the program.
    """

    name: str
    who: str
    path: str
    clicks: tuple[str, ...] = ()


PICTURES = (
    Picture("today", "Mirjam Tuulemägi", "today/"),
    Picture(
        "record",
        "Mirjam Tuulemägi",
        "today/",
        ("main a[href*='/today/record/']", "label:has(input[name=minutes]) >> nth=1"),
    ),
    Picture("group", "Kristel Õunamäe", "today/group/"),
    Picture("house", "Kaie Vainumäe", "house/"),
    Picture("grid", "Kaie Vainumäe", "house/grid/"),
    Picture("person", "Kristel Õunamäe", "people/", ("#found li a",)),
    Picture("intake", "Piret Köstripuu", "intake/"),
    Picture(
        "needs", "Piret Köstripuu", "people/?q=Üleoja", ("#found li a", "a[href$='/assessments/']")
    ),
    Picture("plan", "Piret Köstripuu", "people/?q=Üleoja", ("#found li a", "a[href$='/plan/']")),
    Picture(
        "summary",
        "Piret Köstripuu",
        "people/?q=Üleoja",
        ("#found li a", "a[href$='/network-work/']", "a[href$='/summary/']", "main .card a.button"),
    ),
    Picture("quality", "Leho Kruusamäe", "quality/years/"),
    Picture("work", "Kristel Õunamäe", "work/"),
    Picture("month", "Sirje Arukask", "months/2026-09/"),
    Picture("why", "Sirje Arukask", "months/2026-08/lines/1/"),
    Picture("overview", "Leho Kruusamäe", "overview/occupancy/"),
    Picture("municipality", "Kadri Karjamaa", "funder/"),
    Picture("my-plan", "Salme Sööbikmäe", "own/plan/"),
    Picture("setup", "Leho Kruusamäe", "setup/"),
)


def _go(page: Page, picture: Picture) -> None:
    page.goto("/demo/")
    page.get_by_role("button", name=picture.who).first.click()
    page.wait_for_load_state()
    provider = page.url.split("/")[3]
    answer = page.goto(f"/{provider}/{picture.path}")
    if answer is None or not answer.ok:
        raise SystemExit(f"{picture.name}: no page at {picture.path}")
    for selector in picture.clicks:
        page.locator(selector).first.click()
        page.wait_for_load_state("networkidle")
    page.wait_for_load_state("networkidle")


def _take(browser: Browser, address: str, picture: Picture) -> None:
    for size, (width, height) in _SIZES.items():
        context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
            locale="et-EE",
        )
        page = context.new_page()
        _go(page, picture)
        file = _SCREENS / f"{picture.name}-{size}.png"
        file.write_bytes(with_palette(page.screenshot(animations="disabled", caret="hide")))
        heavy = " - too heavy" if file.stat().st_size > _MOST_BYTES else ""
        print(f"{file.name}: {file.stat().st_size // 1000} kB{heavy}", flush=True)
        context.close()


def main() -> None:
    """Take all pictures, or those named on the command line."""
    wanted = set(sys.argv[1:])
    _SCREENS.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as data,
        served_demo(Path(data), _DAY) as address,
        sync_playwright() as player,
    ):
        browser = player.chromium.launch(
            executable_path=find_browser(),
            args=[*FLAGS, "--lang=et", "--disable-lcd-text"],
            env={"LANGUAGE": "et", "LANG": "et_EE.UTF-8"},
        )
        for picture in PICTURES:
            if not wanted or picture.name in wanted:
                _take(browser, address, picture)
        browser.close()


if __name__ == "__main__":
    main()
