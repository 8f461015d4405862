"""What a municipality sees of its packages, and what it does not."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.cast import TODAY, make_person, make_provider, make_user
from tests.insight.test_hours_and_staff import Desk
from tests.plans.room import LINE
from tugiplaan.accounts.access import NotAllowedError, User
from tugiplaan.accounts.actions import operator
from tugiplaan.accounts.models import Caseload
from tugiplaan.audit.recorder import acting
from tugiplaan.insight.queries import FunderView, funder_view
from tugiplaan.plans.actions import agree_plan
from tugiplaan.plans.models import Party
from tugiplaan.pricelists.models import ComponentPrice
from tugiplaan.providers.models import ComponentContract

pytestmark = pytest.mark.django_db

OTHER = "75000001"


class Parish(Desk):
    """A provider with a contract and a price of 30 € an hour, and the municipality's reader."""

    def __init__(self) -> None:
        super().__init__()
        self.reader: User = make_user(
            "Kadri Karu", "municipality", funder=LINE.funder, reason="leping 1"
        )
        with acting(by=operator(), name="test.contract", provider_id=self.provider.pk):
            ComponentContract.objects.create(
                provider=self.provider, funder=LINE.funder, valid_from=date(2025, 1, 1)
            )
            ComponentPrice.objects.create(
                provider=self.provider, funder=LINE.funder, component=LINE.component,
                mode="individual", audience="person", valid_from=date(2025, 1, 1),
                tier="additional", name="Tugi", price=Decimal(30), is_confirmed=True,
            )  # fmt: skip

    def view(self, funder: str = LINE.funder) -> FunderView:
        return funder_view(funder=funder, by=self.reader, on=TODAY)


def test_a_package_is_burnt_down_and_carried_on_in_a_line() -> None:
    parish = Parish()
    line = replace(LINE, valid_from=date(2026, 5, 1), valid_to=date(2026, 7, 15))
    parish.agreed(referral_id=None, package=[line], valid_from=date(2026, 1, 20))
    assert list(parish.view().waiting) == [parish.person.pk]
    parish.component(date(2026, 5, 4), 52)
    parish.component(date(2026, 6, 15), 60)
    parish.component(date(2026, 6, 16), 60)
    (package,) = parish.view().packages
    # Two whole months, and 15 of 31 days; 240 minutes a month at 30 € an hour.
    assert package.planned_minutes == 480 + Fraction(240 * 15, 31)
    assert package.budget == Decimal("298.06")
    # 52 minutes are three and a half quarters of an hour, which is half up to 45; 16 June is
    # a day to come.
    assert (package.delivered_minutes, package.burnt) == (45 + 60, Decimal("52.50"))
    gone, whole = 31 + 15, 31 + 30 + 15
    assert package.forecast_minutes == 105 * Fraction(whole, gone)
    assert package.forecast == Decimal("86.74")
    assert (package.first_day, package.last_day) == (date(2026, 5, 1), date(2026, 7, 15))
    assert parish.view().waiting == {}
    assert parish.view().persons == {parish.person.pk: "Mari Maasikas P1"}
    assert [(one.provider, one.period) for one in parish.view().months] == [
        ("Kodu OÜ", 202600 + number) for number in range(1, 7)
    ]


def test_a_later_version_takes_the_place_of_an_earlier_one() -> None:
    parish = Parish()
    plan = parish.agreed(referral_id=None, package=[LINE], valid_from=date(2026, 1, 1))
    less = replace(LINE, planned_minutes=60, valid_from=date(2026, 4, 1))
    second = parish.following(plan, referral_id=None, package=[less], valid_from=date(2026, 4, 1))
    (package,) = parish.view().packages
    assert package.planned_minutes == 240 * 12
    agree_plan(plan=second, party=Party.PERSON, **parish.who)
    (package,) = parish.view().packages
    assert package.planned_minutes == 240 * 3 + 60 * 9
    assert len(package.lines) == 2


def test_without_a_price_there_are_minutes_and_no_euros() -> None:
    parish = Parish()
    parish.agreed(referral_id=None, package=[replace(LINE, component="muu")])
    (package,) = parish.view().packages
    assert (package.budget, package.planned_minutes > 0) == (None, True)


def test_a_funder_sees_its_own_and_nobody_elses() -> None:
    parish = Parish()
    parish.agreed(referral_id=None, package=[LINE, replace(LINE, funder=OTHER)])
    assert len(parish.view().packages) == 1
    with pytest.raises(NotAllowedError):
        parish.view(OTHER)
    other = make_user("Teine Lugeja", "municipality", funder=OTHER, reason="leping 2")
    with pytest.raises(NotAllowedError):
        funder_view(funder=LINE.funder, by=other, on=TODAY)
    with pytest.raises(NotAllowedError):
        funder_view(funder=LINE.funder, by=parish.director, on=TODAY)


def test_a_grant_at_one_provider_reaches_that_provider_only() -> None:
    parish, other = Parish(), make_provider("Teine OÜ")
    parish.agreed(referral_id=None, package=[LINE])
    parish.component(date(2026, 5, 4), 60)
    near = make_user("Lähedal", "municipality", parish.provider, funder=LINE.funder)
    far = make_user("Kaugel", "municipality", other, funder=LINE.funder)
    assert funder_view(funder=LINE.funder, by=near, on=TODAY) == parish.view()
    found = funder_view(funder=LINE.funder, by=far, on=TODAY)
    assert (found.packages, found.months) == ((), ())


@pytest.mark.parametrize("count", [1, 20])
def test_questions_do_not_grow(count: int, django_assert_num_queries: Any) -> None:
    parish = Parish()
    for number in range(count):
        person = make_person(parish.provider, f"Q{number}")
        with acting(by=operator(), name="test.caseload", provider_id=parish.provider.pk):
            Caseload.objects.create(
                provider=parish.provider, person=person, user=parish.supervisor,
                valid_from=date(2024, 1, 1),
            )  # fmt: skip
        parish.agreed(person_id=person.pk, referral_id=None, package=[LINE])
    with django_assert_num_queries(9):
        assert len(parish.view().packages) == count
