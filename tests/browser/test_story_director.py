"""A director looks at how the house does, takes a table along, and sets something up."""

from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.speaking import everywhere, go_to, speaking

_WRONG, _RIGHT = "EE382200221020145686", "EE382200221020145685"


@everywhere(first="desktop")
def test_a_director_goes_from_a_chart_to_the_records_and_takes_a_table_along(
    enter: Callable[..., Page], device: str, language: str, tmp_path: Path
) -> None:
    say = speaking(language)
    page = enter("Leho Kruusamäe", device=device, language=language)
    go_to(page, say("Ülevaade"))
    page.get_by_role("main").get_by_role("link", name=say("Täituvus")).first.click()
    expect(page.locator("svg.chart").first).to_be_visible()

    with page.expect_download() as taken:
        page.get_by_role("link", name=say("Exceli tabel")).first.click()
    file = tmp_path / "table.xlsx"
    taken.value.save_as(file)
    rows = list(load_workbook(file).active.iter_rows(values_only=True))
    assert len(rows) > 1

    page.locator("svg.chart a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main table tbody tr").first).to_be_visible()


@everywhere(first="phone")
def test_a_director_is_told_kindly_what_is_wrong_and_keeps_what_was_typed(
    enter: Callable[..., Page], device: str, language: str
) -> None:
    say = speaking(language)
    page = enter("Epp Linnasmäe", device=device, language=language)
    go_to(page, say("Seaded"))
    page.locator("ol.steps li").first.get_by_role("link").click()

    page.get_by_label(say("Arvelduskonto (IBAN)")).fill(_WRONG)
    page.get_by_label(say("Põhjus")).fill("Pank vahetas")
    page.get_by_role("button", name=say("Salvesta")).click()
    expect(page.get_by_role("alert")).to_contain_text(_WRONG)
    expect(page.get_by_label(say("Põhjus"))).to_have_value("Pank vahetas")

    page.get_by_label(say("Arvelduskonto (IBAN)")).fill(_RIGHT)
    page.get_by_role("button", name=say("Salvesta")).click()
    expect(page.get_by_text(say("Asutuse andmed on salvestatud."))).to_be_visible()
