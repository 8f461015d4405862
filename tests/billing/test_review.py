"""A statement looked through: sums that add up, findings by kind, changes since, comparison."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.billing.home import NOVEMBER, Home, make_home
from tests.billing.test_month_close import closed, prepared
from tests.cast import make_person
from tugiplaan.accounts.actions import operator
from tugiplaan.audit.recorder import acting
from tugiplaan.billing.comparing import Other, compare
from tugiplaan.billing.models import StatementFinding, StatementLine
from tugiplaan.billing.review import (
    Wanted,
    changes_since,
    choices_of,
    finding_of,
    findings_of,
    line_of,
    lines_told,
    persons_in,
    statement_and_before,
    steps_of,
    told_of,
)
from tugiplaan.billing.summing import overview
from tugiplaan.plans.models import Plan
from tugiplaan.rules.legal import Certainty, DatedValue
from tugiplaan.rules.packs import RatePack
from tugiplaan.rules.vocabulary import FindingCode, Severity

pytestmark = pytest.mark.django_db

MAY = 202605


@pytest.fixture
def home() -> Home:
    return make_home()


def mixed(home: Home, count: int = 1) -> None:
    """So many persons in community living, and as many in each of two states of daily life."""
    for number in range(count):
        home.resident(f"K{number}")
        home.resident(f"P{number}", "IET", arrived=date(2026, 5, 10))
        home.resident(f"S{number}", "IET")


def test_sums_by_place_and_service_add_up_to_the_statement(home: Home) -> None:
    mixed(home, 2)
    statement = prepared(home)
    found = overview(statement)
    assert {one.service for one in found.totals} == {"KE", "IET"}
    assert all(one.place_id == home.place.pk for one in found.totals)
    assert found.amount == statement.amount > 0
    assert found.held + found.unpaid == statement.not_payable > 0
    ke = next(one for one in found.totals if one.service == "KE")
    assert (ke.amount, len(ke.persons)) == (Decimal("1352.00"), 2)


def test_what_blocks_is_held_and_the_rest_unpaid(home: Home) -> None:
    mixed(home)
    found = overview(prepared(home))
    by_severity = {Severity.BLOCKS: Decimal(0), Severity.WARNING: Decimal(0)}
    for row in StatementFinding.objects.exclude(amount_not_payable=None):
        by_severity[FindingCode(row.code).severity] += row.amount_not_payable or 0
    assert found.held == by_severity[Severity.BLOCKS]
    assert found.unpaid == by_severity[Severity.WARNING]
    reasons = [code for one in found.totals for code in one.reasons]
    assert FindingCode.SERVICE_OVER in reasons


def test_findings_stand_by_kind_the_weightiest_first(home: Home) -> None:
    mixed(home, 3)
    groups = overview(prepared(home)).groups
    ranks = [group.code.rank for group in groups]
    assert ranks == sorted(ranks)
    over = next(one for one in groups if one.code is FindingCode.SERVICE_OVER)
    assert (over.count, over.persons, over.severity) == (3, 3, Severity.BLOCKS)
    assert over.amount == sum(row.amount_not_payable or 0 for row in over.rows)


def test_only_rates_that_are_missing_make_a_month_that_cannot_be_settled(home: Home) -> None:
    home.resident("S1", "IET")
    assert not overview(prepared(home)).lacks_rates
    home.resident("K1", arrived=date(2025, 1, 1), valid_from=date(2025, 1, 1))
    assert overview(prepared(home, 202510)).lacks_rates
    assert not overview(prepared(home)).lacks_rates


def test_changes_since_the_draft_leave_out_what_is_no_fact_of_a_month(home: Home) -> None:
    referral = home.resident("K1")
    statement = prepared(home)
    assert changes_since(statement) == 0
    plan = Plan(
        provider=home.provider,
        person_id=referral.person_id,
        number=1,
        made_on=date(2026, 5, 1),
        valid_from=date(2026, 5, 1),
    )
    with acting(by=operator(), name="plans.draft", provider_id=home.provider.pk) as act:
        act.store([plan])
    assert changes_since(statement) == 0
    home.resident("K2")
    assert changes_since(statement) == 2  # a person and a referral


def test_the_statement_of_a_closed_month_is_that_of_its_closing(home: Home) -> None:
    home.resident("K1")
    april, may = prepared(home, 202604), closed(home)
    draft = prepared(home)
    here = home.provider.pk
    assert statement_and_before(here, MAY, is_open=False) == (may, april)
    assert statement_and_before(here, MAY, is_open=True) == (draft, april)
    assert statement_and_before(here, 202604, is_open=False) == (None, None)


def test_lines_and_findings_are_read_back_with_their_own_codes(home: Home) -> None:
    mixed(home)
    statement = prepared(home)
    row = lines_told(statement)[0]
    line = line_of(row)
    assert (line.person, line.referral, line.place) == ("K0", "S-K0", "K1")
    assert line.explanation == steps_of(row)
    finding = finding_of(findings_of(statement)[0])
    assert finding.referral.startswith("S-")
    assert finding.message("et")


def test_persons_are_chosen_by_what_they_have(home: Home) -> None:
    mixed(home)
    statement = prepared(home)

    def codes(**wanted: object) -> list[str]:
        found = persons_in(statement, Wanted(**wanted))  # type: ignore[arg-type]
        return [one.code for one in found]

    assert codes() == ["K0", "P0", "S0"]
    assert codes(service="IET") == ["P0"]
    assert codes(place=home.place.pk) == ["K0", "P0"]
    assert codes(finding="SERVICE_OVER") == ["S0"]
    assert codes(finding="SERVICE_OVER", service="KE") == []
    assert codes(text="maasikas p0") == ["P0"]
    assert codes(person=home.persons[0].pk) == ["K0"]
    assert choices_of(statement).services == ["IET", "KE"]
    assert choices_of(statement).places == {home.place.pk: "Kodu"}
    assert FindingCode.SERVICE_OVER in choices_of(statement).findings


def test_a_person_stands_beside_the_month_before(home: Home) -> None:
    home.resident("K1")
    home.resident("K2", arrived=date(2026, 5, 22))
    before, statement = prepared(home, 202604), prepared(home)
    one, two = told_of(statement, home.persons, before)
    assert (one.amount, one.before, one.difference) == (
        Decimal("676.00"), Decimal("676.00"), Decimal("0.00"),
    )  # fmt: skip
    assert two.difference == Decimal("218.06")
    assert told_of(statement, home.persons, None)[0].difference is None
    stranger = make_person(home.provider, "X9")
    assert told_of(statement, [stranger], before)[0].lines == []


def test_a_month_under_other_rates_differs_where_they_do(home: Home) -> None:
    mixed(home)
    value = DatedValue(
        name="KE", value=Decimal("700.00"), unit="month", valid_from=date(2026, 1, 1),
        valid_to=None, known_from=None, source="oma arvutus", certainty=Certainty.USER,
    )  # fmt: skip
    found = compare(home.provider.pk, MAY, Other(pack=RatePack("minu", (value,))))
    assert found.services["KE"].difference == Decimal("24.00")
    assert found.services["IET"].difference == 0
    assert found.total.difference == Decimal("24.00")
    assert [(one.code, pair.other) for one, pair in found.persons] == [("K0", Decimal("700.00"))]
    assert not StatementLine.objects.exists()
    assert compare(home.provider.pk, MAY, Other(known=NOVEMBER)).total.difference == 0


def test_looking_through_asks_the_same_questions_however_many_there_are() -> None:
    asked = []
    for count in (1, 7):
        home = make_home(f"Kodu {count} OÜ")
        mixed(home, count)
        before, statement = prepared(home, 202604), prepared(home)
        with CaptureQueriesContext(connection) as context:
            overview(statement)
            choices_of(statement)
            told_of(statement, persons_in(statement, Wanted()), before)
            statement_and_before(home.provider.pk, MAY, is_open=True)
        asked.append(len(context))
    assert asked[0] == asked[1] == 7
