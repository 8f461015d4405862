"""Three cases of the demo, held against the checklist of a case file: records and pages."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.sample.facts import FACTS, PERIOD, Case
from tests.web.world import addresses, demo_folder, log_in, world  # noqa: F401 - a fixture
from tugiplaan.accounts.queries import users_who_may_log_in
from tugiplaan.people.models import Person

pytestmark = pytest.mark.usefixtures("world")
_DOCUMENT = (Path(__file__).parents[2] / "docs" / "case-file.md").read_text("utf-8")
_CHECKLIST, _, _CASES = _DOCUMENT.partition("## Three people of the demo")
ITEMS = re.findall(r"^\| ([a-z_]+) \| (?!in the file)", _CHECKLIST, re.MULTILINE)
_ROW = re.compile(r"^\| ([a-z_]+) \| (?:`([a-z_]+)`|–) \| (.+) \|$", re.MULTILINE)
_WORDS = re.compile(r"„(.+?)“")
CASES = {
    part.partition("\n")[0]: [row for row in _ROW.findall(part) if row[0] != "id"]
    for part in _CASES.split("### ")[1:]
}
WHO = {
    "Ülo Üleoja": ("Piret Köstripuu", "Sirje Arukask"),
    "Õie Õispuu": ("Merike Heinsoo", "Galina Komarova"),
    "Žorž Morozov": ("Taavi Mustjõe", "Riina Pajusaar"),
}
"""The service manager and the accountant of each house."""
ASKED = {
    ("person_trend", "stage"): "?instrument=TAASTUMINE",
    ("person_trend", "satisfaction"): "?instrument=RAHULOLU",
}
_OF_MONEY = ("month_lines", "contribution_month")


def case_of(name: str) -> Case:
    return Case(Person.objects.get(last_name=name.split()[1]))


def address(case: Case, page: str, item: str) -> str:
    """Give the address of a page about a case; of several plans and summaries the latest."""
    (names,) = [names for name, _route, _view, names in addresses() if name == page][:1]
    known: dict[str, Any] = {
        "provider_id": case.provider_id,
        "person_id": case.person.pk,
        "plan_id": case.line.shown.plan.pk,
        "period": PERIOD,
    }
    if case.stays:
        known["referral_id"] = case.stays[0].referral.pk
    if page == "summary":
        known["summary_id"] = next(iter(FACTS["summary"](case))).pk
    keys = {one.rpartition(":")[2].strip("<>") for one in names}
    path = reverse(page, kwargs={key: known[key] for key in keys})
    return path + ASKED.get((page, item), "")


def text_of(client: Client, path: str) -> str:
    """Give what a page says, without its marks."""
    answer = client.get(path, follow=True)
    assert answer.status_code == 200, path
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", unescape(plain))


def wrong_with(case: Case, row: tuple[str, str, str], clients: tuple[Client, Client]) -> str:
    """Say what is wrong with a row; empty: nothing."""
    item, page, told = row
    held = bool(len(FACTS[item](case)))
    if not page:
        return f"{item}: the records hold it" if held else ""
    if not held:
        return f"{item}: the records do not hold it"
    words = _WORDS.findall(told)
    if not words:
        return f"{item}: the row says no words of the page"
    text = text_of(clients[page in _OF_MONEY], address(case, page, item))
    missing = [one for one in words if re.sub(r"\s+", " ", one) not in text]
    return f"{item}: {page} does not say {missing}" if missing else ""


def test_each_item_of_the_checklist_is_asked_and_stands_in_each_case() -> None:
    assert len(ITEMS) == len(set(ITEMS))
    assert set(ITEMS) == set(FACTS)
    assert set(CASES) == set(WHO)
    for name, rows in CASES.items():
        assert [item for item, _page, _told in rows] == ITEMS, name


@pytest.mark.parametrize("name", WHO)
def test_a_case_is_whole(name: str) -> None:
    users = {user.name: user for user in users_who_may_log_in()}
    manager, accountant = (log_in(users[one]) for one in WHO[name])
    case = case_of(name)
    # Somebody looks before the readers are asked.
    text_of(manager, address(case, "person", ""))
    faults = [wrong_with(case, row, (manager, accountant)) for row in CASES[name]]
    assert not [one for one in faults if one], "\n".join(one for one in faults if one)


def test_a_row_without_its_fact_and_a_fact_without_its_row_are_told() -> None:
    case = case_of("Ülo Üleoja")
    users = {user.name: user for user in users_who_may_log_in()}
    manager, accountant = (log_in(users[one]) for one in WHO["Ülo Üleoja"])

    def wrong(item: str, page: str, told: str) -> str:
        return wrong_with(case, (item, page, told), (manager, accountant))

    assert wrong("isolation", "isolations", "„eraldamine“") == (
        "isolation: the records do not hold it"
    )
    assert wrong("summary", "", "not yet") == "summary: the records hold it"
    assert (
        wrong("summary", "summary", "it is there") == "summary: the row says no words of the page"
    )
    assert wrong("plain", "person_plan", "„Ma elan Kuu peal.“") == (
        "plain: person_plan does not say ['Ma elan Kuu peal.']"
    )
    assert not wrong("plain", "person_plan", "„Ma elan oma korteris.“")
