"""Room costs of daily-life support: entered, billed to the municipality, taken back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.billing.home import NOVEMBER, SKA, Home, make_home
from tests.cast import make_user
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.audit.models import Event
from tugiplaan.audit.queries import faults
from tugiplaan.audit.recorder import acting
from tugiplaan.billing.actions.issuing import UnableToIssueError
from tugiplaan.billing.actions.rooms import (
    RoomBills,
    Rooms,
    UnableToChargeError,
    UnableToIssueChargesError,
    cancel_room_charge,
    correct_room_charge,
    credit_room_charge,
    enter_room_charge,
    issue_room_charges,
)
from tugiplaan.billing.charges import accounts_of, room_charges
from tugiplaan.billing.models import Invoice, InvoicedCharge, InvoiceLine, RoomCharge
from tugiplaan.providers.models import Building, Place

pytestmark = pytest.mark.django_db

MAY = 202605
TOWN = "75024260"
BILLS = RoomBills(TOWN, MAY, date(2026, 6, 5))


@pytest.fixture
def home() -> Home:
    home = make_home()
    home.terms(TOWN, days=14)
    return home


def rooms_of(home: Home, code: str = "P1", **values: Any) -> Rooms:
    """Give a new person of daily-life support and what their rooms cost."""
    home.resident(code, "IET")
    person = home.persons[-1]
    given: dict[str, Any] = {
        "place_id": home.place.pk,
        "funder": TOWN,
        "period": MAY,
        "text": "Ruumide kulu mais",
        "amount": Decimal("30.50"),
        **values,
    }
    return Rooms(person.pk, **given)


def enter(home: Home, rooms: Rooms) -> RoomCharge:
    return enter_room_charge(
        provider_id=home.provider.pk, rooms=rooms, by=home.accountant, on=NOVEMBER
    )


def issue(home: Home, bills: RoomBills = BILLS) -> list[Invoice]:
    return issue_room_charges(
        provider_id=home.provider.pk, bills=bills, by=home.accountant, on=NOVEMBER
    )


def other_place(home: Home) -> Place:
    with acting(by=home.director, name="test.place", provider_id=home.provider.pk):
        building = Building.objects.create(provider=home.provider, code="B2")
        return Place.objects.create(
            provider=home.provider, code="K2", name="Keskus", building=building
        )


def test_charges_become_one_invoice_for_each_place(home: Home) -> None:
    far = other_place(home)
    enter(home, rooms_of(home, "P1"))
    enter(home, rooms_of(home, "P2", amount=Decimal("20")))
    enter(home, rooms_of(home, "P3", place_id=far.pk))
    enter(home, rooms_of(home, "P4", funder="75014920"))
    first, second = issue(home)
    assert (str(first), first.place, first.amount) == ("2026-1", home.place, Decimal("50.50"))
    assert (str(second), second.place, second.amount) == ("2026-2", far, Decimal("30.50"))
    assert (first.funder, first.due_on, first.statement) == (TOWN, date(2026, 6, 19), None)
    line = InvoiceLine.objects.get(invoice=first)
    assert (line.text, line.persons, line.amount) == ("Ruumide kulu mais", 2, Decimal("50.50"))
    billed = [row.invoiced.invoice for row in room_charges(home.provider.pk, MAY, TOWN)]
    assert billed == [first, first, second]
    event = Event.objects.get(name="billing.issue_room_charges")
    assert event.details["invoices"] == ["2026-1", "2026-2"]
    assert len(event.details["persons"]) == 3
    assert list(faults()) == []


def test_a_charge_is_billed_once(home: Home) -> None:
    enter(home, rooms_of(home))
    issue(home)
    with pytest.raises(UnableToIssueChargesError, match="mis arvel ei ole"):
        issue(home)
    assert Invoice.objects.count() == 1
    enter(home, rooms_of(home, "P2"))
    (later,) = issue(home)
    assert InvoicedCharge.objects.filter(invoice=later).count() == 1


def test_a_charge_is_corrected_and_cancelled_until_it_is_billed(home: Home) -> None:
    rooms = rooms_of(home)
    who: dict[str, Any] = {"by": home.accountant, "on": NOVEMBER}
    row = enter(home, rooms)
    right = replace(rooms, amount=Decimal("35"))
    fixed = correct_room_charge(charge=row, rooms=right, why="Näidu viga", **who)
    assert [one.amount for one in room_charges(home.provider.pk, MAY)] == [Decimal("35.00")]
    with pytest.raises(UnableToChargeError, match="põhjust"):
        cancel_room_charge(charge=fixed, why="", **who)
    with pytest.raises(UnableToChargeError, match="vahepeal"):
        cancel_room_charge(charge=row, why="Vale", **who)
    cancel_room_charge(charge=fixed, why="Ei kasutanud", **who)
    assert not room_charges(home.provider.pk, MAY).exists()
    with pytest.raises(UnableToIssueChargesError):
        issue(home)
    assert list(faults()) == []


def test_a_billed_charge_is_taken_back_by_a_credit_note(home: Home) -> None:
    rooms = rooms_of(home)
    who: dict[str, Any] = {"by": home.accountant, "on": NOVEMBER}
    row = enter(home, rooms)
    with pytest.raises(UnableToChargeError, match="ei ole veel arvel"):
        credit_room_charge(charge=row, why="Vale", issued_on=NOVEMBER, **who)
    (invoice,) = issue(home)
    with pytest.raises(UnableToChargeError, match="arvel 2026-1"):
        cancel_room_charge(charge=row, why="Vale", **who)
    with pytest.raises(UnableToChargeError, match="arvel 2026-1"):
        correct_room_charge(charge=row, rooms=rooms, why="Vale", **who)
    note = credit_room_charge(charge=row, why="Vale näit", issued_on=NOVEMBER, **who)
    assert (str(note), note.amount, note.refers_to) == ("2026-2", Decimal("-30.50"), invoice)
    assert [one.open for one in accounts_of(home.provider.pk, NOVEMBER)] == [0]
    enter(home, replace(rooms, amount=Decimal("3.05")))
    (again,) = issue(home)
    assert (str(again), again.amount) == ("2026-3", Decimal("3.05"))
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"amount": Decimal(0)}, "üle nulli"),
        ({"amount": Decimal("0.001")}, "sentides"),
        ({"text": " "}, "mille eest"),
        ({"funder": ""}, "omavalitsus"),
        ({"funder": SKA}, "omavalitsus"),
        ({"period": 202512}, "igapäevaelu toetamise"),
    ],
)
def test_what_cannot_be_is_refused(home: Home, changes: dict[str, Any], says: str) -> None:
    with pytest.raises(UnableToChargeError, match=says):
        enter(home, rooms_of(home, **changes))
    assert not RoomCharge.objects.exists()


def test_rooms_of_other_services_and_of_strangers_are_refused(home: Home) -> None:
    other = make_home("Teine OÜ")
    rooms = rooms_of(home)
    home.resident("P2", "KE")
    with pytest.raises(UnableToChargeError, match="igapäevaelu toetamise"):
        enter(home, replace(rooms, person_id=home.persons[-1].pk))
    with pytest.raises(UnableToChargeError, match="teise teenuseosutaja"):
        enter(home, replace(rooms, place_id=other.place.pk))
    with pytest.raises(UnableToChargeError, match="ei ole"):
        enter(home, replace(rooms, place_id=home.provider.pk))
    enter(home, rooms)
    with pytest.raises(UnableToChargeError, match="juba kirjas"):
        enter(home, rooms)
    assert RoomCharge.objects.count() == 1


def test_without_terms_nothing_is_issued_and_no_number_lost(home: Home) -> None:
    enter(home, rooms_of(home, "P1", funder="75014920"))
    with pytest.raises(UnableToIssueError, match="tingimusi"):
        issue(home, replace(BILLS, funder="75014920"))
    enter(home, rooms_of(home, "P2"))
    (invoice,) = issue(home)
    assert invoice.number == 1


def test_others_may_not(home: Home) -> None:
    row = enter(home, rooms_of(home))
    rooms = rooms_of(home, "P2")
    stranger = make_home("Teine OÜ").accountant
    for user in (stranger, make_user("Tiina", "activity_supervisor", home.provider)):
        who: dict[str, Any] = {"by": user, "on": NOVEMBER}
        with pytest.raises(NotAllowedError):
            enter_room_charge(provider_id=home.provider.pk, rooms=rooms, **who)
        with pytest.raises(NotAllowedError):
            correct_room_charge(charge=row, rooms=rooms, why="x", **who)
        with pytest.raises(NotAllowedError):
            cancel_room_charge(charge=row, why="x", **who)
        with pytest.raises(NotAllowedError):
            issue_room_charges(provider_id=home.provider.pk, bills=BILLS, **who)
        with pytest.raises(NotAllowedError):
            credit_room_charge(charge=row, why="x", issued_on=NOVEMBER, **who)
    assert (RoomCharge.objects.count(), Invoice.objects.count()) == (1, 0)


def test_one_question_however_many_charges(
    home: Home, django_assert_num_queries: Callable[[int], Any]
) -> None:
    enter(home, rooms_of(home))
    with django_assert_num_queries(1):
        assert len([row.person.code for row in room_charges(home.provider.pk, MAY)]) == 1
    for number in range(2, 12):
        enter(home, rooms_of(home, f"P{number}"))
    issue(home)
    with django_assert_num_queries(1):
        found = [row.invoiced.invoice.number for row in room_charges(home.provider.pk, MAY)]
    assert found == [1] * 11
