"""The demo: what it holds, that it is whole, and that it never stands in the way of real data."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import transaction
from django.db.models import F

from tests.cast import make_provider
from tugiplaan.accounts.access import roles
from tugiplaan.accounts.models import Caseload, Grant, User
from tugiplaan.assessments.models import Assessment, InstrumentVersion
from tugiplaan.audit.queries import faults
from tugiplaan.billing.models import (
    ContributionBill,
    Invoice,
    InvoiceKind,
    Payment,
    Statement,
    StatementFinding,
    StatementLine,
)
from tugiplaan.cli import demo as command
from tugiplaan.deadlines.queries.work import work_list
from tugiplaan.delivery.models import (
    Assignment,
    ComponentRecord,
    Consultation,
    Contact,
    HourRecord,
)
from tugiplaan.people.models import Person
from tugiplaan.plans.models import Goal, Review, Summary
from tugiplaan.pricelists.models import ComponentPrice
from tugiplaan.providers.models import Course, MonthState, Provider
from tugiplaan.referrals.models import Absence, Move, StayDay
from tugiplaan.rules.network_work import work_kinds
from tugiplaan.rules.tables import builtin
from tugiplaan.sample.demo.care import bring_questions
from tugiplaan.sample.demo.laying import is_demo, lay, lay_house, mark
from tugiplaan.sample.demo.organisations import DAY_CENTRE
from tugiplaan.sample.demo.stage import EARLIEST_DAY, Stage, TooEarlyError
from tugiplaan.sample.demo.summary import HouseTold, tell

NOVEMBER = date(2026, 11, 22)
_HALF_YEAR = 183


@pytest.mark.django_db
def test_the_demo_carries_whole_cases() -> None:
    assert not is_demo()
    stage = Stage(NOVEMBER, 7)
    lay(stage)
    assert is_demo()
    assert list(faults()) == []
    day, community, care, municipal = told = tell(stage)
    check_people()
    check_users()
    check_months(told)
    check_day_centre(day)
    check_community_home(community)
    check_care_home(care)
    check_components(municipal)
    check_plans()
    check_contributions(community)
    check_carrying_out()
    check_goals()
    check_what_is_due(stage)


def check_what_is_due(stage: Stage) -> None:
    """No manager has something on the list that has been due for longer than half a year."""
    for house in stage.houses.values():
        found = work_list(
            user=house.manager, provider_id=house.provider_id, day=stage.today, law=builtin()
        )
        late = [(one.kind, one.name) for one in found.tasks if one.days_left < -_HALF_YEAR]
        assert late == []


def check_goals() -> None:
    """Hours say which goal they were for, once there is a plan."""
    hours = HourRecord.objects.all()
    loose = hours.filter(goal=None).count()
    assert loose * 20 < hours.count()
    assert not hours.exclude(goal=None).exclude(goal__plan__referral=F("referral")).exists()
    assert not hours.filter(goal__plan__valid_from__gt=F("day")).exists()
    given = ComponentRecord.objects.exclude(component__in=["B1", "B2"])
    # One person has no plan yet.
    unplanned = given.filter(goal=None).values_list("person", flat=True)
    assert unplanned.distinct().count() <= 5


def check_carrying_out() -> None:
    """Three people have work of every kind, tasks and a summary that went; another one waits."""
    kinds = set(work_kinds())
    for name in ("Üleoja", "Õispuu", "Morozov"):
        contacts = Contact.objects.filter(person__last_name=name)
        assert set(contacts.values_list("kind", flat=True)) == kinds
        assert Assignment.objects.filter(person__last_name=name).count() == 2
    assert Consultation.objects.current().get().minutes == 90
    summaries = Summary.objects.current()
    for name in ("Üleoja", "Õispuu", "Morozov"):
        assert summaries.get(person__last_name=name).sent_on
    assert summaries.get(person__last_name="Morozov").referral is None
    assert summaries.filter(approved_on__isnull=True).count() == 1
    # And of who left the day centre before the term was over.
    assert summaries.filter(sent_on__isnull=False).count() == 4


def findings(period: int | None = None, **values: str) -> set[str]:
    rows = StatementFinding.objects.filter(**values)
    if period:
        rows = rows.filter(statement__period=period)
    return set(rows.values_list("code", flat=True))


def check_people() -> None:
    persons = Person.objects.filter(merged_into=None)
    assert Provider.objects.count() == 4
    assert 50 <= persons.count() <= 60
    abroad = persons.exclude(identifier_country__in=["EE", ""])
    assert set(abroad.values_list("identifier_country", flat=True)) == {"LV", "UA"}
    # Who only waits or is on the way has none yet; of those who came, one has none.
    came = StayDay.objects.filter(kind="arrived").values("referral__person")
    assert persons.filter(identifier="", pk__in=came).count() == 1
    assert Person.objects.exclude(merged_into=None).count() == 1
    home = persons.filter(provider__registry_code=DAY_CENTRE.registry_code).order_by("sort_name")
    names = [
        person.last_name
        for person in home
        if person.last_name in {"Šestakov", "Zaitseva", "Žukova", "Õunapuu"}
    ]
    assert names == ["Šestakov", "Zaitseva", "Žukova", "Õunapuu"]


def check_users() -> None:
    assert set(Grant.objects.values_list("role", flat=True)) == set(roles())
    people = User.objects.exclude(email__endswith=".invalid")
    assert all(user.email.endswith("example.ee") for user in people)
    assert not any(user.has_usable_password() for user in people)
    assert Grant.objects.get(role="auditor").reason
    assert Grant.objects.get(role="municipality").funder
    assert Caseload.objects.filter(deputy_for__isnull=False).exists()
    assert Grant.objects.filter(role="person").count() == 2
    trainees = Course.objects.filter(kind="rest_220", completed_on=None)
    assert trainees.count() == 1


def check_months(told: list[HouseTold]) -> None:
    for house in told:
        assert [str(one.month) for one in house.months] == [
            f"2026-{number:02d}" for number in range(1, 11)
        ]
        assert [one.state for one in house.months] == ["issued"] * 8 + ["open"] * 2
        assert all(one.amount > 0 for one in house.months)
        assert house.billed > 0
    # No rate of 2025 has a source: what was delivered then is refused, with the reason.
    unsourced = [one for house in told for one in house.unsourced]
    assert len(unsourced) == 6
    assert {one.amount for one in unsourced} == {Decimal("0.00")}
    assert not StatementLine.objects.filter(statement__period__lt=202601).exists()
    assert "RATE_MISSING" in findings(202511) & findings(202512)
    assert "RATE_MISSING" not in findings(202601) | findings(202610)
    assert "DOUBLE_BOOKING" not in findings()


def check_day_centre(house: HouseTold) -> None:
    assert [(str(month), amount) for month, amount in house.corrections] == [
        ("2026-08", Decimal("10.95"))
    ]
    (note,) = Invoice.objects.filter(kind=InvoiceKind.CREDIT_NOTE)
    assert (note.period, note.amount) == (202602, Decimal("-208.05"))
    moved = HourRecord.objects.get(corrects__isnull=False, is_cancellation=False)
    wrong = HourRecord.objects.get(corrected_by=moved)
    assert wrong.referral_id != moved.referral_id
    assert HourRecord.objects.filter(is_cancellation=True).count() == 1
    assert "UNUSED_DAYS" in findings(202603)


def check_community_home(house: HouseTold) -> None:
    ((month, amount),) = house.held
    assert (str(month), amount) == ("2026-06", Decimal("405.60"))
    assert Absence.objects.filter(corrects__isnull=False).count() == 1
    assert Move.objects.count() == 1
    assert StatementLine.objects.get(kind="no_show").amount == Decimal("149.85")
    reopened = MonthState.objects.filter(state="open").exclude(why="")
    assert [row.book.period for row in reopened] == [202609]


def check_care_home(house: HouseTold) -> None:
    held_back = [str(one.month) for one in house.months if one.blocks]
    assert held_back == ["2026-06", "2026-07"]
    assert "HOSPITAL_UNCONFIRMED" in findings(202606)
    codes = set(
        StatementLine.objects.filter(rate_code__startswith="OEH").values_list(
            "rate_code", flat=True
        )
    )
    assert codes == {"OEH_G6", "OEH_GT12", "OEH_ER_GT12", "OEH_KM"}
    kinds = set(StatementLine.objects.values_list("kind", flat=True))
    assert {"hospital", "absence", "empty_place", "below_minimum"} <= kinds


def check_components(house: HouseTold) -> None:
    assert all(one.not_payable >= 45 for one in house.months)
    unconfirmed = ComponentPrice.objects.filter(is_confirmed=False)
    assert set(unconfirmed.values_list("component", flat=True)) == {"C6"}
    assert {"PRICE_UNCONFIRMED", "OVER_CEILING"} <= findings(202608)


def check_plans() -> None:
    assert set(Goal.objects.values_list("domain", flat=True)) == set(range(1, 8))
    assert set(Review.objects.values_list("kind", flat=True)) == {"quarterly", "yearly"}
    assert Review.objects.filter(period_to__year=2024).exists()
    instruments = InstrumentVersion.objects.all()
    assert {one.licence for one in instruments} == {"EUPL-1.2"}
    assert {one.code for one in instruments} == {"TV-RFK", "TUGEVUSED", "TAASTUMINE", "RAHULOLU"}
    satisfied = Assessment.objects.filter(instrument__code="RAHULOLU")
    assert satisfied.values("person").distinct().count() == 8
    years = set(Assessment.objects.values_list("assessed_on__year", flat=True))
    assert {2024, 2026} <= years


def check_contributions(house: HouseTold) -> None:
    # The debtor owes four months by the ceiling of community living.
    assert house.owed == Decimal(4 * 446)
    bills = ContributionBill.objects.all()
    assert set(bills.values_list("period", flat=True)) == set(range(202601, 202609))
    assert bills.filter(state_gap=Decimal("38.00")).exists()
    assert bills.filter(payments=None).exists()
    assert Payment.objects.exists()


@pytest.mark.django_db
def test_the_same_seed_and_day_give_the_same_sums() -> None:
    def laid(seed: int) -> list[tuple[object, ...]]:
        with transaction.atomic():
            stage = Stage(EARLIEST_DAY, seed)
            lay_house(stage, DAY_CENTRE, bring_questions(), lambda _text: None)
            rows: list[tuple[object, ...]] = list(
                Statement.objects.order_by("period", "version").values_list(
                    "period", "amount", "not_payable", "lines_count", "findings_count"
                )
            )
            rows += list(Person.objects.order_by("code").values_list("last_name", "identifier"))
            transaction.set_rollback(True)
        return rows

    first = laid(7)
    assert laid(7) == first
    assert laid(8) != first


def test_a_day_too_early_is_refused() -> None:
    with pytest.raises(TooEarlyError, match=r"01\.09\.2026"):
        Stage(date(2026, 8, 31), 7)
    assert [str(month) for month in Stage(EARLIEST_DAY, 7).issued][-1] == "2026-06"
    assert [str(month) for month in Stage(date(2026, 11, 1), 7).months][-1] == "2026-10"


@pytest.mark.django_db
def test_nothing_is_laid_beside_real_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_database_file", lambda: Path(__file__))
    make_provider("Päris OÜ")
    for options in ([], ["--fresh"]):
        found = CliRunner().invoke(command.demo, ["--today", "2026-11-22", *options])
        assert (found.exit_code, found.stdout) == (2, "")
        assert "kes ei ole näidisest" in found.stderr
    assert Provider.objects.count() == 1


@pytest.mark.django_db
def test_a_demo_is_not_laid_twice_without_being_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_database_file", lambda: Path(__file__))
    mark(Stage(NOVEMBER, 7))
    found = CliRunner().invoke(command.demo, ["--today", "2026-11-22"])
    assert found.exit_code == 2
    assert "--fresh" in found.stderr
    monkeypatch.setattr(command, "_database_file", lambda: None)
    found = CliRunner().invoke(command.demo, ["--today", "2026-11-22", "--fresh"])
    assert found.exit_code == 2
    assert "SQLite" in found.stderr


_TWICE = """
import sys
from tugiplaan.cli import demo
from tugiplaan.cli.database import set_up
set_up()
from tugiplaan.sample.demo import laying
laying.lay = lambda stage, tell: laying.mark(stage)
demo._show = lambda stage: None
demo.demo(sys.argv[1:])
"""


def _run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - a command of our own
        [sys.executable, "-c", _TWICE, "--today", "2026-11-22", *options],
        env={"TUGIPLAAN_DATA": str(folder), "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def _marks(file: Path) -> int:
    with closing(sqlite3.connect(file)) as opened:
        row = opened.execute("SELECT count(*) FROM audit_event WHERE name='sample.demo'")
        return int(row.fetchone()[0])


def test_a_fresh_demo_takes_the_place_of_the_old_one_when_it_is_whole(tmp_path: Path) -> None:
    folder = tmp_path / "made" / "with-the-demo"
    file = folder / "tugiplaan.sqlite3"
    assert _run(folder).returncode == 0
    before = file.stat().st_ino
    with closing(sqlite3.connect(file)) as reader:
        reader.execute("PRAGMA journal_mode=WAL")
        reader.execute("SELECT count(*) FROM audit_event").fetchone()
        found = _run(folder, "--fresh")
        assert (found.returncode, file.stat().st_ino) == (2, before)
        assert "kasutab praegu keegi teine" in found.stderr
    assert _run(folder, "--fresh").returncode == 0
    assert file.stat().st_ino != before
    assert _marks(file) == 1
    assert [path.name for path in folder.iterdir()] == [file.name]
