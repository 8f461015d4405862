"""With JavaScript off one still reads, finds and closes a month; recording has its own story."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.speaking import go_to

OFF = {"java_script_enabled": False}


@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_a_person_is_found_and_read(enter: Callable[..., Page], device: str) -> None:
    page = enter("Kristel Õunamäe", device=device, **OFF)
    go_to(page, "Inimesed")
    page.get_by_label("Nimi, isikukood, suunamise number või telefon").fill("berzins")
    page.get_by_role("button", name="Otsi").click()
    page.get_by_role("link", name="Jānis Bērziņš").click()
    page.get_by_role("link", name="Vaata tähtaegu").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_work_list_is_narrowed(enter: Callable[..., Page]) -> None:
    page = enter("Kristel Õunamäe", **OFF)
    go_to(page, "Tööd")
    name = page.get_by_label("Inimene").locator("option").nth(1).inner_text()
    page.get_by_label("Inimene").select_option(label=name)
    page.get_by_role("button", name="Näita").click()
    expect(page.locator("#tasks li").first).to_contain_text(name)


def test_a_month_is_prepared_and_closed(enter: Callable[..., Page]) -> None:
    page = enter("Riina Pajusaar", **OFF)
    go_to(page, "Kuud")
    waits = (
        page.locator("tbody tr")
        .filter(has_text="Avatud")
        .or_(page.locator("tbody tr").filter(has_text="Eelvaade koostatud"))
    )
    waits.last.get_by_role("link").first.click()
    prepare = page.get_by_role("button", name="Koosta")
    if prepare.count():
        prepare.first.click()
    expect(page.get_by_role("heading", name="Kohad ja teenused")).to_be_visible()
    page.get_by_role("link", name="Sulge kuu").click()
    page.get_by_role("button", name="Sulge kuu").click()
    expect(page.locator(".path [aria-current=step]")).to_contain_text("Suletud")
