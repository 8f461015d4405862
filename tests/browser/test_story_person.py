"""The person reads the own plan, the own month and who read what is written about them."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.speaking import everywhere, go_to, speaking

_COUNT_PRINTS = "window.prints = 0; window.print = () => { window.prints += 1; }; 0"


@everywhere(first="phone")
def test_the_person_reads_plan_month_and_who_read_about_them(
    enter: Callable[..., Page], device: str, language: str
) -> None:
    say = speaking(language)
    page = enter("Salme Sööbikmäe", device=device, language=language)
    expect(page.get_by_role("heading", level=1)).to_have_text(say("Minu plaan"))
    expect(page.locator(".plain-text").first).to_be_visible()

    go_to(page, say("Minu kuu"))
    page.get_by_role("link", name=say("Eelmine kuu")).click()
    expect(page.get_by_role("heading", name=say("Mida me tegime"))).to_be_visible()

    go_to(page, say("Kes luges"))
    page.get_by_role("link", name=say("Ainult lugemised")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("Kes luges minu andmeid"))


def test_the_person_prints_the_plan_without_what_is_only_for_the_screen(
    enter: Callable[..., Page],
) -> None:
    page = enter("Salme Sööbikmäe")
    page.evaluate(_COUNT_PRINTS)
    page.get_by_role("button", name="Prindi").click()
    assert page.evaluate("window.prints") == 1

    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for hidden in ("header.top", ".tabs-bottom", "[data-print]"):
        expect(page.locator(hidden).first).to_be_hidden()


def test_the_person_finds_nothing_of_anybody_else(enter: Callable[..., Page]) -> None:
    page = enter("Salme Sööbikmäe")
    provider = page.url.split("/")[3]
    for path in ("months/", "overview/", "setup/", "people/register/"):
        answer = page.goto(f"/{provider}/{path}")
        assert answer is not None
        assert not answer.ok, path
