"""The own contribution: worked examples, and what adds up for every income."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.golden_rows import Row, golden, tell_all
from tugiplaan.rules.contribution import (
    ContributionAccount,
    MonthlyShare,
    contribution_ceiling,
    day_care_contribution,
    missing_part,
    right_to_refuse,
)
from tugiplaan.rules.explanation import LANGUAGES
from tugiplaan.rules.legal import NotInForceError
from tugiplaan.rules.money import euro
from tugiplaan.rules.period import Month
from tugiplaan.rules.tables import DatedTable, builtin, builtin_terms
from tugiplaan.rules.vocabulary import Service, SizeClass

LAW = builtin()
DAY = date(2026, 5, 1)
KE = contribution_ceiling(Service.KE, None, DAY)


def ceiling_of(given_row: dict[str, Any]) -> Any:
    size = SizeClass(given_row["size"]) if "size" in given_row else None
    return contribution_ceiling(Service(given_row["service"]), size, given_row["day"])


@pytest.mark.parametrize("row", golden("contribution", "gap"))
def test_gap(row: Row) -> None:
    preview = missing_part(
        Decimal(row.given["income"]), ceiling_of(row.given), row.given["day"], LAW
    )
    found = {"keeps": preview.keeps, "pays": preview.pays, "gap": preview.gap}
    assert {name: str(amount) for name, amount in found.items()} == row.expect
    assert len(tell_all(preview.explanation)) == len(preview.explanation) * len(LANGUAGES)


@pytest.mark.parametrize("row", golden("contribution", "ceiling"))
def test_ceiling(row: Row) -> None:
    if row.expect.get("refused"):
        with pytest.raises(NotInForceError):
            ceiling_of(row.given)
        return
    ceiling = ceiling_of(row.given)
    assert str(ceiling.amount) == row.expect["amount"]
    assert ceiling.explanation[0].reading == row.expect.get("reading", "")
    tell_all(ceiling.explanation)


@pytest.mark.parametrize("row", golden("contribution", "days"))
def test_days(row: Row) -> None:
    fee = row.given.get("agreed_fee")
    found = day_care_contribution(
        row.given["days"],
        Month.parse(row.given["month"]),
        LAW,
        agreed_fee=Decimal(fee) if fee else None,
    )
    assert str(found.amount) == row.expect["amount"]
    tell_all(found.explanation)


def test_a_cut_to_the_ceiling_is_told_and_only_then() -> None:
    month = Month(2026, 5)
    cut = day_care_contribution(23, month, LAW, agreed_fee=Decimal("17.22"))
    assert [step.code for step in cut.explanation][-1] == "contribution_cut"
    whole = day_care_contribution(23, month, LAW)
    assert "contribution_cut" not in [step.code for step in whole.explanation]
    assert (whole.daily_fee, whole.days) == (Fraction(396, 23), 23)
    assert whole.explanation[1].reading == "A-08"


def test_the_sentences_name_the_sums() -> None:
    preview = tell_all(missing_part(Decimal(480), KE, DAY, LAW).explanation)
    assert "€38.00 of the €446.00 is missing: the state pays it." in preview
    days = tell_all(day_care_contribution(12, Month(2026, 5), LAW).explanation)
    assert "12 days were used at €17.22 a day: €206.61 in all." in days


@pytest.mark.parametrize("service", [Service.IET, Service.TTT, Service.TE])
def test_other_services_have_no_own_contribution(service: Service) -> None:
    with pytest.raises(ValueError, match="no own contribution"):
        contribution_ceiling(service, None, DAY)


def test_round_the_clock_care_needs_a_size_class() -> None:
    with pytest.raises(ValueError, match="size class"):
        contribution_ceiling(Service.OEH, None, DAY)


def test_the_size_class_of_another_service_does_not_matter() -> None:
    assert contribution_ceiling(Service.KE, SizeClass.G6, DAY) == KE


@pytest.mark.parametrize("size", list(SizeClass))
def test_every_size_class_has_a_ceiling(size: SizeClass) -> None:
    assert contribution_ceiling(Service.OEH, size, DAY).amount > 0


def test_nothing_may_be_negative() -> None:
    with pytest.raises(ValueError, match="income"):
        missing_part(Decimal("-0.01"), KE, DAY, LAW)
    with pytest.raises(ValueError, match="negative"):
        day_care_contribution(-1, Month(2026, 5), LAW)
    with pytest.raises(ValueError, match="negative"):
        day_care_contribution(1, Month(2026, 5), LAW, agreed_fee=Decimal("-1"))
    assert day_care_contribution(0, Month(2026, 5), LAW).amount == 0
    assert day_care_contribution(9, Month(2026, 5), LAW, agreed_fee=Decimal(0)).amount == 0


def test_a_gap_of_exactly_the_least_is_paid_by_the_state() -> None:
    terms = [
        replace(term, value=Decimal(38)) if term.name == "contribution_gap_minimum" else term
        for term in builtin_terms()
    ]
    law = replace(LAW, terms=DatedTable(terms))
    assert missing_part(Decimal(480), KE, DAY, law).gap == 38
    assert missing_part(Decimal("480.01"), KE, DAY, law).gap == 0


def test_an_income_that_just_covers_the_ceiling_leaves_no_gap() -> None:
    terms = [
        replace(term, value=Decimal("0.5")) if term.name == "contribution_kept_share" else term
        for term in builtin_terms()
    ]
    law = replace(LAW, terms=DatedTable(terms))
    preview = missing_part(Decimal(892), KE, DAY, law)
    assert preview.keeps == preview.pays == 446
    assert preview.gap == 0
    assert "contribution_no_gap" in [step.code for step in preview.explanation]


# Twentieths of a euro make half cents of 85 per cent.
incomes = st.one_of(
    st.integers(0, 120_000).map(lambda cents: Decimal(cents).scaleb(-2)),
    st.integers(0, 24_000).map(lambda twentieths: Decimal(twentieths) / 20),
    st.integers(52_200, 52_480).map(lambda cents: Decimal(cents).scaleb(-2)),
)


@given(incomes, st.sampled_from([None, *SizeClass]))
def test_payment_and_gap_add_up_to_the_ceiling(income: Decimal, size: SizeClass | None) -> None:
    service = Service.KE if size is None else Service.OEH
    ceiling = contribution_ceiling(service, size, DAY)
    preview = missing_part(income, ceiling, DAY, LAW)
    assert preview.pays + preview.gap == ceiling.value.value
    assert preview.pays + preview.keeps == income
    exact_gap = Fraction(ceiling.value.value) - Fraction(income) * Fraction(85, 100)
    told = [step.code for step in preview.explanation]
    assert ("contribution_no_gap" in told) == (exact_gap <= 0)
    assert ("contribution_small_gap" in told) == (0 < exact_gap < 2)
    if exact_gap < 2:
        assert preview.gap == 0
    else:
        assert preview.pays == euro(Fraction(income) * Fraction(85, 100))


@given(st.integers(0, 31), st.one_of(st.none(), st.integers(0, 40_000)))
def test_a_month_never_costs_more_than_the_ceiling(days: int, mills: int | None) -> None:
    fee = None if mills is None else Decimal(mills).scaleb(-3)
    found = day_care_contribution(days, Month(2026, 5), LAW, agreed_fee=fee)
    exact = days * (Fraction(396, 23) if fee is None else Fraction(fee))
    assert found.amount == min(euro(exact), Decimal("396.00"))


def share(month: int, paid: str = "0", year: int = 2026) -> MonthlyShare:
    after = Month(year, month).plus(1)
    return MonthlyShare(
        Month(year, month), date(after.year, after.month, 10), Decimal("446"), Decimal(paid)
    )


class TestRefusal:
    day = date(2026, 12, 31)

    def account(self, *shares: MonthlyShare, **own: Any) -> ContributionAccount:
        return ContributionAccount(**({"service": Service.KE, "shares": shares} | own))

    @pytest.mark.parametrize(
        ("shares", "is_given"),
        [
            ((), False),
            ((share(3),), False),
            ((share(3), share(4)), True),
            ((share(4), share(3)), True),
            ((share(3), share(4, "445.99")), True),
            ((share(3), share(4, "446")), False),
            ((share(3), share(5)), False),
            ((share(3), share(4, "446"), share(5)), False),
            ((share(1), share(3), share(4)), True),
            ((share(3), share(4), share(9)), True),
            ((share(12, year=2025), share(1)), True),
        ],
    )
    def test_two_months_in_a_row(self, shares: tuple[MonthlyShare, ...], is_given: bool) -> None:
        found = right_to_refuse(self.account(*shares), self.day, LAW)
        assert found.is_given is is_given
        tell_all(found.explanation)

    def test_what_is_unpaid_is_named(self) -> None:
        account = self.account(share(4), share(3, "400"), share(2, "446"))
        found = right_to_refuse(account, self.day, LAW)
        assert (found.unpaid, found.owed) == ((Month(2026, 3), Month(2026, 4)), Decimal("492"))

    @pytest.mark.parametrize(("day", "is_given"), [(10, False), (11, True)])
    def test_a_month_is_unpaid_when_its_day_of_payment_has_passed(
        self, day: int, is_given: bool
    ) -> None:
        account = self.account(share(3), share(4))
        assert right_to_refuse(account, date(2026, 5, day), LAW).is_given is is_given

    def test_who_refuses_an_agreement_may_be_refused(self) -> None:
        found = right_to_refuse(self.account(refuses_agreement=True), self.day, LAW)
        assert found.is_given
        tell_all(found.explanation)

    @pytest.mark.parametrize(
        ("own", "code"),
        [
            ({"is_taken_over": True}, "refusal_taken_over"),
            ({"is_court_ordered": True}, "refusal_court"),
            ({"service": Service.TE}, "refusal_no_contribution"),
        ],
    )
    def test_never_where_the_act_bars_it(self, own: dict[str, Any], code: str) -> None:
        account = self.account(share(3), share(4), **({"refuses_agreement": True} | own))
        found = right_to_refuse(account, self.day, LAW)
        assert not found.is_given
        assert [step.code for step in found.explanation] == [code]
        tell_all(found.explanation)
