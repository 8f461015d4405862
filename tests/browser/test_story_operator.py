"""The operator brings in an organisation; the auditor reads what was done."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.speaking import everywhere, go_to, speaking


@everywhere(first="desktop")
def test_the_operator_registers_a_provider_and_its_director(
    enter: Callable[..., Page], device: str, language: str
) -> None:
    say = speaking(language)
    name = f"Uus Kodu {device} {language}"
    page = enter("Hannes Haldur", device=device, language=language)
    page.get_by_role("link", name=say("Halda asutusi")).click()
    page.get_by_role("link", name=say("Uus asutus")).click()

    page.get_by_label(say("Asutuse nimi"), exact=True).fill(name)
    page.get_by_label(say("Juhi nimi")).fill("Uku Uustalu")
    page.get_by_label(say("Juhi e-post")).fill(f"uku.{device}.{language}@example.ee")
    page.get_by_role("button", name=say("Registreeri")).click()
    expect(page.locator("main")).to_contain_text(name)

    page.goto("/")
    expect(page.get_by_role("link", name=name)).to_be_visible()


@everywhere(first="desktop")
def test_the_auditor_reads_what_was_done_and_that_nothing_is_missing(
    enter: Callable[..., Page], device: str, language: str
) -> None:
    say = speaking(language)
    page = enter("Enn Eenpalu", device=device, language=language)
    page.get_by_role("link", name="Allikvee Päevakeskus MTÜ").click()
    go_to(page, say("Seaded"))
    page.get_by_role("link", name=say("Vaata sündmusi")).click()
    expect(page.locator(".timeline li").first).to_be_visible()

    page.get_by_role("button", name=say("Kontrolli, kas kõik on alles")).click()
    expect(page.locator(".notice.success[role=status]")).to_be_visible()
