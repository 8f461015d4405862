"""What a closed month keeps of its hours serves later months as the hours themselves did."""

from datetime import date
from decimal import Decimal

import pytest

from tests.billing.home import NOVEMBER, Home, make_home
from tests.billing.test_month_close import closed, issued, prepared
from tugiplaan.billing.actions.closing import reopen
from tugiplaan.billing.actions.correcting import correct_month
from tugiplaan.delivery.actions.records import record
from tugiplaan.delivery.entries import HourEntry
from tugiplaan.delivery.models import MonthUse
from tugiplaan.referrals.models import Referral
from tugiplaan.rules.vocabulary import Audience

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Home:
    return make_home()


def give(home: Home, referral: Referral, month: int, minutes: int, **values: object) -> None:
    entry = HourEntry(
        referral_id=referral.pk,
        day=date(2026, month, 6),
        minutes=minutes,
        worker_id=home.worker.pk,
        **values,  # type: ignore[arg-type]
    )
    record(
        provider_id=home.provider.pk, entries=[entry], by=home.director, on=NOVEMBER, why="hiljem"
    )


def test_the_third_month_below_the_minimum_is_not_paid_whether_or_not_months_are_closed(
    home: Home,
) -> None:
    short = home.resident("P1", "IET", arrived=date(2026, 3, 1))
    used = home.resident("P2", "TTT", arrived=date(2026, 3, 1))
    for month in (3, 4, 5):
        give(home, short, month, 239)
        give(home, short, month, 60, is_direct=False)
        give(home, short, month, 60, audience=Audience.EMPLOYER)
        give(home, used, month, 239)
        give(home, used, month, 1, audience=Audience.COWORKERS)
        give(home, used, month, 600, activity="job_finding")
    open_ = prepared(home)
    # IET: March and April at 95 %, May is the third; work support reaches its four hours.
    assert open_.amount == Decimal("202.00")
    assert prepared(home, 202604).amount == Decimal("202.00") + Decimal("208.05")
    closed(home, 202603)
    closed(home, 202604)
    assert MonthUse.objects.count() == 4
    assert set(MonthUse.objects.values_list("minutes", flat=True)) == {239, 240}
    assert prepared(home).digest == open_.digest


def test_reopening_forgets_and_correcting_keeps_anew(home: Home) -> None:
    referral = home.resident("P1", "IET", arrived=date(2026, 3, 1))
    give(home, referral, 3, 100)
    closed(home, 202603)
    reopen(
        provider_id=home.provider.pk, period=202603, why="kontroll", by=home.accountant, on=NOVEMBER
    )
    assert not MonthUse.objects.exists()
    issued(home, 202603)
    give(home, referral, 3, 140)
    correct_month(
        provider_id=home.provider.pk, period=202603, why="leitud", by=home.accountant, on=NOVEMBER
    )
    assert MonthUse.objects.get().minutes == 240
