"""A service manager works off what is due and looks into one person's case."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.speaking import everywhere, go_to, speaking


@everywhere(first="phone")
def test_a_service_manager_works_off_the_work_list(
    enter: Callable[..., Page], device: str, language: str
) -> None:
    say = speaking(language)
    page = enter("Kristel Õunamäe", device=device, language=language)

    go_to(page, say("Tööd"))
    expect(page.get_by_role("heading", level=1)).to_have_text(say("Mis on vaja teha"))
    first = page.locator("#tasks li").filter(has=page.locator("a.button")).first
    name = first.locator("a").first.inner_text()

    first.locator("summary").click()
    expect(first.locator(".ladder")).to_be_visible()
    first.locator("a.button").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)

    page.get_by_role("navigation", name=say("Inimese lehed")).get_by_role(
        "link", name=say("Ajajoon")
    ).click()
    expect(page.locator(".timeline li").first).to_be_visible()


@everywhere(first="desktop")
def test_a_service_manager_opens_a_person_and_the_parts_come(
    enter: Callable[..., Page], device: str, language: str
) -> None:
    say = speaking(language)
    page = enter("Kristel Õunamäe", device=device, language=language)

    go_to(page, say("Inimesed"))
    person = page.locator("#found li a").first
    name = person.inner_text()
    person.click()

    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.get_by_role("link", name=say("Vaata tähtaegu"))).to_have_count(0)
    expect(page.get_by_role("link", name=say("Vaata plaani"))).to_have_count(0)


@everywhere(first="desktop")
def test_free_places_and_hints_stand_beside_the_work_list(
    enter: Callable[..., Page], device: str, language: str
) -> None:
    say = speaking(language)
    page = enter("Merike Heinsoo", device=device, language=language)
    go_to(page, say("Tööd"))
    beside = page.get_by_role("navigation", name=say("Tööde lehed"))

    beside.get_by_role("link", name=say("Vabad kohad")).click()
    expect(page.locator("main")).to_contain_text("Kuuemaja, pere A")
    page.get_by_role("navigation", name=say("Tööde lehed")).get_by_role(
        "link", name=say("Vihjed")
    ).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
