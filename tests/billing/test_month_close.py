"""A month from preparing to issuing, against the database."""

from datetime import date
from decimal import Decimal

import pytest

from tests.billing.home import NOVEMBER, SKA, Home, make_home
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.audit.queries import faults
from tugiplaan.billing.actions.closing import (
    UnableToCloseError,
    UnableToReopenError,
    close,
    reopen,
)
from tugiplaan.billing.actions.issuing import UnableToIssueError, issue
from tugiplaan.billing.actions.preparing import UnableToPrepareError, prepare
from tugiplaan.billing.facts import read_month
from tugiplaan.billing.frozen import Codes, thaw_finding, thaw_line
from tugiplaan.billing.models import Invoice, Statement, StatementFinding, StatementLine
from tugiplaan.billing.queries import billed_lines, closed_statement, unbilled
from tugiplaan.billing.settling import settle_provider
from tugiplaan.delivery.actions.records import record
from tugiplaan.delivery.entries import HourEntry
from tugiplaan.providers.books import MonthClosedError
from tugiplaan.providers.queries import states_of
from tugiplaan.rules.period import Month

pytestmark = pytest.mark.django_db

MAY = 202605


@pytest.fixture
def home() -> Home:
    return make_home()


def prepared(home: Home, period: int = MAY) -> Statement:
    return prepare(provider_id=home.provider.pk, period=period, by=home.accountant, on=NOVEMBER)


def closed(home: Home, period: int = MAY) -> Statement:
    statement = prepared(home, period)
    close(statement=statement, by=home.accountant, on=NOVEMBER)
    return statement


def issued(home: Home, period: int = MAY) -> list[Invoice]:
    closed(home, period)
    return issue_again(home, period)


def issue_again(home: Home, period: int = MAY) -> list[Invoice]:
    return issue(
        provider_id=home.provider.pk,
        period=period,
        issued_on=date(2026, 6, 5),
        by=home.accountant,
        on=NOVEMBER,
    )


def test_a_month_is_prepared_closed_and_issued(home: Home) -> None:
    home.resident("P1")
    home.resident("P2", arrived=date(2026, 5, 22))
    statement = prepared(home)
    # Community living: 676 € a month, ten days of 31 for the second.
    assert statement.amount == Decimal("676.00") + Decimal("218.06")
    close(statement=statement, by=home.accountant, on=NOVEMBER)
    (invoice,) = issue_again(home)
    assert (invoice.series, invoice.number, invoice.amount) == ("2026-", 1, Decimal("894.06"))
    assert (invoice.due_on, invoice.reference_number) == (date(2026, 6, 26), "1234561")
    assert invoice.funder == SKA
    assert [line.persons for line in invoice.lines.order_by("number")] == [1, 1]
    assert billed_lines(home.provider.pk, MAY).count() == 2
    states = [state.state for state in states_of(home.provider.pk, MAY)]
    assert states == ["closed", "issued"]
    assert list(faults()) == []


def test_stored_lines_and_findings_are_read_back_as_they_were(home: Home) -> None:
    home.resident("P1")
    home.resident("P2", "IET", arrived=date(2026, 5, 22))
    statement = prepared(home)
    given = read_month(home.provider.pk, Month(2026, 5), date(2026, 5, 31))
    settled, codes = settle_provider(given), Codes(given.keys)
    lines = StatementLine.objects.filter(statement=statement).order_by("number")
    assert [thaw_line(line, codes) for line in lines] == list(settled.lines)
    findings = StatementFinding.objects.filter(statement=statement).order_by("number")
    assert [thaw_finding(row, codes) for row in findings] == list(settled.findings)
    assert settled.findings


def test_preparing_again_keeps_one_draft(home: Home) -> None:
    home.resident("P1")
    first, second = prepared(home), prepared(home)
    assert (first.digest, first.version) == (second.digest, 1)
    assert second.version == 2
    assert list(Statement.objects.all()) == [second]
    assert not StatementLine.objects.filter(statement_id=first.pk).exists()


def test_a_month_that_has_not_begun_is_not_prepared(home: Home) -> None:
    with pytest.raises(UnableToPrepareError, match="ei ole veel alanud"):
        prepared(home, 202612)


def test_a_month_that_has_not_ended_is_not_closed(home: Home) -> None:
    with pytest.raises(UnableToCloseError, match="ei ole veel lõppenud"):
        closed(home, 202611)


def test_what_was_prepared_before_a_change_is_not_closed(home: Home) -> None:
    home.resident("P1")
    statement = prepared(home)
    home.resident("P2")
    with pytest.raises(UnableToCloseError, match=r"\+676,00.€"):
        close(statement=statement, by=home.accountant, on=NOVEMBER)
    assert closed_statement(home.provider.pk, MAY) is None


def test_a_change_that_changes_nothing_due_does_not_hinder_closing(home: Home) -> None:
    home.resident("P1")
    statement = prepared(home)
    home.resident("P2", arrived=date(2026, 6, 1))
    close(statement=statement, by=home.accountant, on=NOVEMBER)
    assert closed_statement(home.provider.pk, MAY) == statement


def test_an_older_statement_is_not_closed(home: Home) -> None:
    home.resident("P1")
    old = prepared(home)
    prepared(home)
    with pytest.raises(UnableToCloseError, match="uuesti ette valmistatud"):
        close(statement=old, by=home.accountant, on=NOVEMBER)


def test_a_closed_month_is_not_closed_twice(home: Home) -> None:
    statement = closed(home)
    with pytest.raises(UnableToCloseError, match="juba suletud"):
        close(statement=statement, by=home.accountant, on=NOVEMBER)


def hours(home: Home, referral_id: object, day: date) -> HourEntry:
    return HourEntry(
        referral_id=referral_id,  # type: ignore[arg-type]
        day=day,
        minutes=60,
        worker_id=home.worker.pk,
    )


def test_records_of_a_closed_month_are_frozen_until_it_is_opened_again(home: Home) -> None:
    referral = home.resident("P1", "IET", arrived=date(2026, 5, 1))
    closed(home)
    entry = hours(home, referral.pk, date(2026, 5, 4))
    with pytest.raises(MonthClosedError, match=r"05\.2026 on suletud"):
        record(provider_id=home.provider.pk, entries=[entry], by=home.director, on=NOVEMBER)
    reopen(
        provider_id=home.provider.pk, period=MAY, why="tund puudu", by=home.accountant, on=NOVEMBER
    )
    record(provider_id=home.provider.pk, entries=[entry], by=home.director, on=NOVEMBER)
    assert closed(home).amount > 0
    assert list(faults()) == []


def test_opening_needs_a_reason_and_a_closed_month(home: Home) -> None:
    def opened(why: str) -> None:
        reopen(provider_id=home.provider.pk, period=MAY, why=why, by=home.accountant, on=NOVEMBER)

    with pytest.raises(UnableToReopenError, match="põhjus"):
        opened(" ")
    with pytest.raises(UnableToReopenError, match="on avatud"):
        opened("miks ka mitte")
    home.resident("P1")
    issued(home)
    with pytest.raises(UnableToReopenError, match="kreeditarvele"):
        opened("viga")


def test_an_open_month_is_not_issued(home: Home) -> None:
    with pytest.raises(UnableToIssueError, match="veel avatud"):
        issue_again(home)


def test_a_month_is_not_issued_twice(home: Home) -> None:
    home.resident("P1")
    issued(home)
    with pytest.raises(UnableToIssueError, match="juba väljastatud"):
        issue_again(home)
    assert Invoice.objects.count() == 1


def test_without_the_terms_of_the_funder_nothing_is_issued() -> None:
    home = make_home("Tingimusteta OÜ", has_terms=False)
    home.resident("P1")
    with pytest.raises(UnableToIssueError, match=f"Rahastajal {SKA}"):
        issued(home)
    assert not Invoice.objects.exists()
    home.terms()
    assert [invoice.number for invoice in issue_again(home)] == [1]


def test_numbers_run_on_over_months_and_providers_have_their_own(home: Home) -> None:
    home.resident("P1")
    other = make_home("Teine OÜ")
    other.resident("Q1")
    numbers = [one.number for period in (202603, 202604, MAY) for one in issued(home, period)]
    assert numbers == [1, 2, 3]
    assert [one.number for one in issued(other)] == [1]


def test_a_month_of_2025_without_a_rate_is_refused_kindly(home: Home) -> None:
    home.resident("P1", arrived=date(2025, 6, 1), valid_from=date(2025, 6, 1))
    statement = prepared(home, 202511)
    assert (statement.amount, statement.blocks_count) == (Decimal("0.00"), 1)
    (finding,) = StatementFinding.objects.filter(statement=statement, severity="blocks")
    assert finding.code == "RATE_MISSING"


def test_the_last_lines_after_an_early_end_wait_for_the_summary(home: Home) -> None:
    home.resident("P1")
    home.resident("P2", ended=date(2026, 5, 10))
    (invoice,) = issued(home)
    assert invoice.amount == Decimal("676.00")
    left = unbilled(home.provider.pk, MAY)
    assert (len(left.due), len(left.held)) == (0, 1)
    with pytest.raises(UnableToIssueError, match="1 rida ootab kokkuvõtvat hinnangut"):
        issue_again(home)


def test_the_lines_of_who_never_came_wait_for_no_summary(home: Home) -> None:
    home.resident("P1", agreed=date(2026, 5, 4), arrived=None, ended=date(2026, 5, 20))
    (invoice,) = issued(home)
    # Seven days of 31 at 95 % of 676 €.
    assert invoice.amount == Decimal("145.01")


def test_only_who_may_closes_and_issues(home: Home) -> None:
    colleague = make_home("Teine OÜ").accountant
    with pytest.raises(NotAllowedError):
        prepare(provider_id=home.provider.pk, period=MAY, by=colleague, on=NOVEMBER)
    statement = prepared(home)
    with pytest.raises(NotAllowedError):
        close(statement=statement, by=colleague, on=NOVEMBER)
    with pytest.raises(NotAllowedError):
        reopen(provider_id=home.provider.pk, period=MAY, why="x", by=colleague, on=NOVEMBER)
    closed(home)
    with pytest.raises(NotAllowedError):
        issue(
            provider_id=home.provider.pk,
            period=MAY,
            issued_on=NOVEMBER,
            by=colleague,
            on=NOVEMBER,
        )
