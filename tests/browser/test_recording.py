"""Recording on a phone: a visit in three taps, a group in twelve, with and without a network."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DAY

type Enter = Callable[..., Page]
# A manager of a day centre, whose people get hours; all of them are hers.
MANAGER = "Kristel Õunamäe"
# A manager of a centre whose eight people meet in a circle.
CIRCLE, _CIRCLE = "Taavi Mustjõe", 8
COLLEAGUE = "Ants Niidumaa"
MOST_TAPS, MOST_GROUP_TAPS = 3, 12
_BACK = 15_000
"""Within how many milliseconds a page finds that the network is back."""


class Taps:
    """Counts what a finger does."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def on(self, place: Any) -> None:
        place.tap()
        self.count += 1


@pytest.fixture
def phone(enter: Enter) -> Iterator[Page]:
    page = enter(MANAGER, device="phone")
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


def records(page: Page, name: str) -> Any:
    """Give the lines that stand on Today for a person."""
    return page.locator(".person-today").filter(has_text=name).locator(".done li")


def open_form(page: Page, name: str) -> Any:
    return page.locator(".person-today").filter(has_text=name).get_by_role("link", name="Kirja")


def kept(page: Page) -> None:
    """Wait until today's pages are kept on the phone and the worker is at work."""
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function(
        """async () => {
            const db = await idb.openDB("tugiplaan");
            const cache = await caches.match("/offline/");
            return cache !== undefined && (await db.count("days")) > 0;
        }"""
    )


def save(page: Page) -> None:
    """Save, and wait until Today is there again."""
    page.get_by_role("button", name="Salvesta").tap()
    expect(page).to_have_url(re.compile(r"/today/$"))
    expect(page.locator(".person-today").first).to_be_visible()


def waiting(page: Page) -> int:
    return int(page.evaluate("idb.openDB('tugiplaan').then((db) => db.count('queue'))"))


def test_a_visit_is_recorded_in_three_taps_and_one_field(phone: Page) -> None:
    taps = Taps(phone)
    taps.on(open_form(phone, "Jānis Bērziņš"))
    expect(phone.locator("#verdict .chip")).to_be_visible()
    taps.on(phone.locator("fieldset").get_by_text("2 h", exact=True))
    phone.get_by_label("Mida tegite?").fill("Küpsetasime pannkooke.")
    taps.on(phone.get_by_role("button", name="Salvesta"))
    expect(phone.get_by_text("2 h on kirjas.")).to_be_visible()
    line = records(phone, "Jānis Bērziņš").filter(has_text="Küpsetasime pannkooke.")
    expect(line).to_have_count(1)
    expect(line.locator(".chip")).to_be_visible()
    assert taps.count <= MOST_TAPS


def test_the_verdict_follows_what_is_chosen_and_says_why(phone: Page) -> None:
    open_form(phone, "Ilja Kuzmin").tap()
    chip = phone.locator("#verdict .chip").first
    expect(chip).to_be_visible()
    phone.get_by_label("muu").fill("1")
    with phone.expect_response("**/verdict/**"):
        phone.get_by_label("muu").blur()
    chip.tap()
    expect(phone.locator("#verdict .ladder li").first).to_be_visible()
    expect(phone.locator("#verdict .facts")).to_contain_text("Kuu miinimum")


def test_a_group_of_eight_with_two_absent_takes_twelve_taps(enter: Enter) -> None:
    phone = enter(CIRCLE, device="phone")
    taps = Taps(phone)
    taps.on(phone.get_by_role("link", name="Rühm"))
    members = phone.locator(".member")
    expect(members).to_have_count(_CIRCLE)
    for number, reason in ((0, "haige"), (1, "ei soovinud")):
        taps.on(members.nth(number).locator(".face-choice"))
        taps.on(members.nth(number).get_by_text(reason, exact=True))
    phone.get_by_label("Mida koos tegite?").fill("Laulsime koos.")
    expect(phone.locator("#verdict .chip").first).to_be_visible()
    taps.on(phone.get_by_role("button", name="Salvesta rühm"))
    count = _CIRCLE - 2
    expect(phone.get_by_text(f"Rühm on kirjas: osales {count}.")).to_be_visible()
    expect(phone.locator(".done li").filter(has_text="Laulsime koos.")).to_have_count(count)
    assert taps.count <= MOST_GROUP_TAPS


def test_a_visit_is_recorded_and_mended_without_scripts(enter: Enter) -> None:
    page = enter(MANAGER, device="phone", java_script_enabled=False)
    open_form(page, "Ott Arukask").click()
    page.locator("fieldset").get_by_text("30 min", exact=True).click()
    page.get_by_label("Mida tegite?").fill("Käisime pangas.")
    page.get_by_role("button", name="Salvesta").click()
    line = records(page, "Ott Arukask").filter(has_text="Käisime pangas.")
    expect(line).to_contain_text("30 min")
    line.get_by_role("link", name="Paranda").click()
    page.locator("fieldset").get_by_text("1 h", exact=True).click()
    page.get_by_label("Põhjus", exact=False).first.fill("Vale kestus.")
    page.get_by_role("button", name="Salvesta parandus").click()
    expect(page.get_by_text("Kirje on parandatud.")).to_be_visible()
    expect(page.locator(".list > li").filter(has_text="Käisime pangas.")).to_contain_text("1 h")


def test_what_is_recorded_without_a_network_is_sent_once_in_order(phone: Page) -> None:
    kept(phone)
    today = phone.url
    phone.context.set_offline(True)
    for fact in ("Esimene ilma võrguta.", "Teine ilma võrguta."):
        phone.goto(today)
        expect(phone.get_by_text("Võrku ei ole.")).to_be_visible()
        open_form(phone, "Ott Arukask").tap()
        phone.locator("fieldset").get_by_text("30 min", exact=True).tap()
        phone.get_by_label("Mida tegite?").fill(fact)
        save(phone)
        expect(phone.locator("#offline-note")).to_contain_text("Ootab võrku")
    expect(phone.locator("#offline-note")).to_contain_text("Ootab võrku: 2")
    phone.get_by_role("link", name="Vaata").tap()
    expect(phone).to_have_url(re.compile(r"/today/waiting/$"))
    expect(phone.locator("#waiting-list li")).to_have_count(2)
    expect(phone.locator("#waiting-list li")).to_contain_text(
        ["Esimene ilma võrguta.", "Teine ilma võrguta."]
    )
    phone.context.set_offline(False)
    phone.goto(today)
    for fact in ("Esimene ilma võrguta.", "Teine ilma võrguta."):
        expect(records(phone, "Ott Arukask").filter(has_text=fact)).to_have_count(1)


def test_an_answer_that_is_lost_records_nothing_twice(phone: Page) -> None:
    open_form(phone, "Jānis Bērziņš").tap()
    phone.get_by_label("Mida tegite?").fill("Vastus läks kaduma.")
    lost: list[str] = []

    def lose_the_answer(route: Any) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(str(route.fetch().status))
            route.abort()
        else:
            route.continue_()

    phone.route("**/today/send/", lose_the_answer)
    phone.get_by_role("button", name="Salvesta").tap()
    expect(phone.locator(".person-today").first).to_be_visible()
    expect(records(phone, "Jānis Bērziņš").filter(has_text="Vastus läks kaduma.")).to_have_count(1)
    assert lost == ["200"]


def test_a_refusal_is_kept_and_shown_until_somebody_decides(phone: Page) -> None:
    kept(phone)
    phone.context.set_offline(True)
    open_form(phone, "Ott Arukask").tap()
    phone.locator("summary", has_text="Rohkem").tap()
    # A month that the demo has invoiced: the server will ask why.
    phone.get_by_label("Päev", exact=True).fill("2026-08-05")
    phone.get_by_label("Mida tegite?").fill("Augustis.")
    save(phone)
    expect(phone.locator("#offline-note")).to_contain_text("Ootab võrku: 1")
    phone.context.set_offline(False)
    expect(phone.locator("#offline-note")).to_contain_text("Vajab sinu pilku: 1", timeout=_BACK)
    phone.get_by_role("link", name="Vaata").tap()
    expect(phone).to_have_url(re.compile(r"/today/waiting/$"))
    row = phone.locator("#waiting-list li")
    expect(row).to_contain_text("Augustis.")
    expect(row.locator(".field-error")).not_to_be_empty()
    row.get_by_role("link", name="Ava ja paranda").tap()
    expect(phone.get_by_label("Mida tegite?")).to_have_value("Augustis.")
    phone.locator("summary", has_text="Rohkem").tap()
    phone.get_by_label("Päev", exact=True).fill(DAY.isoformat())
    phone.get_by_role("button", name="Salvesta").tap()
    expect(phone.locator(".done li").filter(has_text="Augustis.")).to_have_count(1)
    assert waiting(phone) == 0


def test_logging_out_is_refused_while_something_waits(phone: Page) -> None:
    kept(phone)
    today = phone.url
    open_form(phone, "Ott Arukask").tap()
    phone.get_by_label("Mida tegite?").fill("Ootab enne väljalogimist.")
    phone.route("**/today/send/", lambda route: route.abort())
    save(phone)
    expect(phone.locator("#offline-note")).to_contain_text("Ootab võrku: 1")
    phone.locator(".account-menu summary").tap()
    phone.get_by_role("button", name="Logi välja").tap()
    expect(phone.locator("#offline-note")).to_contain_text("Enne väljalogimist")
    phone.unroute("**/today/send/")
    phone.goto(today)
    sent = records(phone, "Ott Arukask").filter(has_text="Ootab enne väljalogimist.")
    expect(sent).to_have_count(1)
    phone.locator(".account-menu summary").tap()
    phone.get_by_role("button", name="Logi välja").tap()
    expect(phone).not_to_have_url(today)
    # Nothing of hers is left on the phone: not the pages, not the key.
    phone.goto("/demo/")
    phone.get_by_role("button", name=COLLEAGUE).first.click()
    phone.wait_for_load_state()
    kept_keys = "idb.openDB('tugiplaan').then((db) => db.getAllKeys('keys'))"
    assert phone.evaluate(kept_keys) == []


def test_another_user_of_the_phone_sees_nothing_of_what_waits(phone: Page) -> None:
    kept(phone)
    phone.context.set_offline(True)
    open_form(phone, "Ott Arukask").tap()
    phone.get_by_label("Mida tegite?").fill("Ainult minu oma.")
    save(phone)
    expect(phone.locator("#offline-note")).to_contain_text("Ootab võrku: 1")
    # The session ends; somebody else logs in on the same phone.
    phone.context.clear_cookies()
    phone.context.set_offline(False)
    expect(phone).to_have_url(re.compile("log-in"), timeout=_BACK)
    phone.goto("/demo/")
    phone.get_by_role("button", name=COLLEAGUE).first.click()
    phone.wait_for_load_state("networkidle")
    expect(phone.locator("#offline-note")).to_be_hidden()
    assert waiting(phone) == 1
    phone.context.clear_cookies()
    phone.goto("/demo/")
    phone.get_by_role("button", name=MANAGER).first.click()
    phone.wait_for_load_state("networkidle")
    expect(records(phone, "Ott Arukask").filter(has_text="Ainult minu oma.")).to_have_count(1)
