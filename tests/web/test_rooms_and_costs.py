"""Room costs, actual costs and hours sheets on their pages."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.billing.home import Home, make_home
from tests.web.months import DAY, Visit
from tugiplaan.accounts.access import User
from tugiplaan.audit.models import Event
from tugiplaan.audit.queries import faults
from tugiplaan.billing.models import ActualCost, Invoice, RoomCharge
from tugiplaan.delivery.actions.records import record
from tugiplaan.delivery.entries import DayEntry, HourEntry
from tugiplaan.rules.vocabulary import Audience, DayKind

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]

TOWN = "75024260"
TODAY = date(2026, 6, 15)


@pytest.fixture
def visit(enter: Enter) -> Visit:
    home = make_home()
    home.terms(TOWN)
    return Visit(home, enter(home.accountant))


def rooms(home: Home, **typed: Any) -> dict[str, Any]:
    """What is typed of a person's room costs."""
    given = {
        "person": home.persons[0].pk,
        "place": home.place.pk,
        "funder": TOWN,
        "text": "Ruumide kulu mais",
        "amount": "30,50",
    }
    return {**given, **typed}


def test_room_costs_are_entered_put_right_billed_and_taken_back(visit: Visit) -> None:
    home = visit.home
    home.resident("P1", "IET")
    assert "Ruumide kulu mais" in visit.follow("months/2026-05/rooms/", **rooms(home))
    charge = RoomCharge.objects.get()
    text = visit.follow(f"rooms/{charge.pk}/", **rooms(home, amount="31"), why="Arvutasin valesti")
    assert "31,00 €" in text
    text = visit.follow("months/2026-05/rooms/issue/", funder=TOWN, issued_on=DAY)
    assert "Väljastatud on arve 2026-1." in text
    invoice = Invoice.objects.get()
    assert "Maasikas P1" in visit.see(f"invoices/{invoice.pk}/").partition("Lisa arvele")[2]
    charge = RoomCharge.objects.current().get()
    text = visit.send(f"rooms/{charge.pk}/cancel/", status=422, why="Ei olnud")
    assert "See kulu on arvel 2026-1." in text
    text = visit.follow(f"rooms/{charge.pk}/credit/", why="Ei olnud", issued_on=DAY)
    assert "Kreeditarve 2026-2" in text
    assert list(faults()) == []


def test_a_room_cost_that_cannot_be_keeps_what_was_typed(visit: Visit) -> None:
    home = visit.home
    home.resident("P1")
    text = visit.send("months/2026-05/rooms/", status=422, **rooms(home))
    assert "ei olnud kuus 05.2026 igapäevaelu toetamise teenusel" in text
    assert 'value="Ruumide kulu mais"' in text
    assert 'value="30,50"' in text
    back = visit.path("months/2026-05/rooms/")
    text = visit.follow("months/2026-05/rooms/issue/", funder=TOWN, issued_on=DAY, next=back)
    assert f"ei ole omavalitsusele {TOWN} ruumide kulu" in text
    assert not RoomCharge.objects.exists()


def test_costs_are_entered_by_component_and_cancelled(visit: Visit) -> None:
    typed = {"service": "KE", "pay_and_training": "4000", "transport": "120,50", "source": "konto"}
    text = visit.follow("months/2026-05/costs/", **typed)
    assert "Kirjas on 2 summat." in text
    assert "4 120,50 €" in text
    text = visit.send("months/2026-05/costs/", status=422, **typed)
    assert "Need summad on juba kirjas." in text
    assert 'value="120,50"' in text
    cost = ActualCost.objects.get(component="transport")
    assert "Kulu on tühistatud." in visit.follow(f"costs/{cost.pk}/cancel/", why="Vale konto")
    assert ActualCost.objects.current().count() == 1


def test_costs_come_from_rows_all_or_none(visit: Visit) -> None:
    rows = "month;service;component;amount\n2026-05;KE;transport;10,50\n2026-05;XX;transport;1\n"
    text = visit.send("months/2026-05/costs/import/", status=422, pasted=rows)
    assert "2. rida: teenust „XX“ ei ole" in text
    assert "2026-05;KE;transport;10,50" in text
    assert not ActualCost.objects.exists()
    file = io.BytesIO(rows.replace("XX", "PNH").encode("utf-8-sig"))
    file.name = "kulud.csv"
    assert "Kirjas on 2 summat." in visit.follow("months/2026-05/costs/import/", file=file)
    file = io.BytesIO(b"\xff\xfe\x00")
    file.name = "katki.csv"
    text = visit.send("months/2026-05/costs/import/", status=422, file=file)
    assert "salvesta see kujul CSV UTF-8" in text
    text = visit.send("months/2026-05/costs/import/", status=422)
    assert "Vali fail või kleebi read." in text


def served(home: Home, count: int) -> None:
    """So many persons with an hour and as many with a day in May."""
    entries: list[Any] = []
    for number in range(count):
        hourly = home.resident(f"I{number}", "IET", arrived=date(2026, 5, 1))
        daily = home.resident(f"D{number}", "PNH", arrived=date(2026, 5, 1))
        entries.append(
            HourEntry(
                referral_id=hourly.pk,
                day=date(2026, 5, 12),
                start=600,
                minutes=90,
                audience=Audience.PERSON,
                activity="kodune toetus",
                worker_id=home.worker.pk,
            )
        )
        entries.append(DayEntry(referral_id=daily.pk, day=date(2026, 5, 13), kind=DayKind.DAY))
    record(provider_id=home.provider.pk, entries=entries, by=home.director, on=TODAY)


def test_each_person_has_a_sheet_to_sign(visit: Visit) -> None:
    served(visit.home, 1)
    visit.home.resident("P9")
    text = visit.see("months/2026-05/sheets/")
    assert text.count('class="sheet card"') == 2
    assert "Maasikas I0" in text
    assert "10:00–11:30" in text
    assert "Tiina Töötaja" in text
    assert "1 h 30 min" in text
    assert "Kasutatud 1 päev:" in text
    assert "Maasikas P9" not in text
    assert Event.objects.get(name="web.month_sheets").subjects.count() == 2
    assert "Selles kuus ei ole kirjeid" in visit.see("months/2026-04/sheets/")


@pytest.mark.parametrize("people", [1, 10])
def test_sheets_ask_the_same_few_questions(
    visit: Visit, people: int, django_assert_max_num_queries: Any
) -> None:
    served(visit.home, people)
    with django_assert_max_num_queries(24):  # reading so many persons is written down, too
        visit.see("months/2026-05/sheets/")
    for page in ("rooms/", "costs/"):
        with django_assert_max_num_queries(12):
            visit.see(f"months/2026-05/{page}")
