"""Periods that overlap are refused by PostgreSQL itself."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from tests.cast import make_person, make_provider, make_user
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.rows import new_id

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="SQLite has no exclusion constraints: there only the action checks",
    ),
]

_MAY = (date(2026, 5, 1), date(2026, 5, 31))


def _facts() -> dict[str, dict[str, Any]]:
    """Give for each table the columns beside the period, by which two rows are of one kind."""
    provider, user = make_provider(), make_user("Kasutaja")
    person = make_person(provider)
    with acting(by=user, name="test.do", provider_id=provider.pk):
        house = _new("providers.Building", provider=provider, code="H1")
        place = _new("providers.Place", provider=provider, code="K1", name="K", building=house)
        staff = _new("providers.Staff", provider=provider, code="T1")
        dates = {"valid_from": _MAY[0], "valid_to": _MAY[1], "issued_on": _MAY[0], "service": "IET"}
        decision = {"person": person, "code": "S1", **dates}
        referral = _new("referrals.Referral", provider=provider, **decision)
    position = {"staff": staff, "place": place, "service": "KE", "full_time_share": 1}
    consent = {"person": person, "purpose": "foto", "scope": "x", "given_by": "x"}
    return {
        "accounts.Caseload": {"provider": provider, "user": user, "person": person},
        "people.Consent": {"provider": provider, **consent},
        "providers.Position": {"provider": provider, **position},
        "billing.ContributionAgreement": {
            "provider": provider,
            "referral": referral,
            "monthly_fee": 100,
        },
    }


def _new(label: str, **values: Any) -> Any:
    return apps.get_model(label)._base_manager.create(**values)


def _lay(label: str, values: dict[str, Any], first: date, last: date | None) -> None:
    """Add a row as SQL, past every check of the application."""
    row = apps.get_model(label)(id=new_id(), valid_from=first, valid_to=last, **values)
    fields = row._meta.concrete_fields
    columns = ", ".join(field.column for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    given = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    user = make_user(f"Kasutaja {UUID(str(row.pk))}")
    with acting(by=user, name="test.do"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {row._meta.db_table} ({columns}) VALUES ({marks})", given)


_TABLES = [
    "accounts.Caseload",
    "people.Consent",
    "providers.Position",
    "billing.ContributionAgreement",
]


@pytest.mark.parametrize("label", _TABLES)
@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 5, 31), date(2026, 6, 30)),
        (date(2026, 4, 1), date(2026, 5, 1)),
        (date(2026, 4, 1), None),
        (date(2026, 5, 10), date(2026, 5, 10)),
    ],
)
def test_overlapping_periods_are_refused(label: str, first: date, last: date | None) -> None:
    values = _facts()[label]
    _lay(label, values, *_MAY)
    with pytest.raises(IntegrityError, match="no_overlap"):
        _lay(label, values, first, last)
    assert apps.get_model(label)._base_manager.count() == 1


@pytest.mark.parametrize("label", _TABLES)
def test_periods_that_only_touch_are_taken(label: str) -> None:
    values, day = _facts()[label], timedelta(days=1)
    _lay(label, values, *_MAY)
    _lay(label, values, _MAY[1] + day, None)
    _lay(label, values, date(2026, 4, 1), _MAY[0] - day)
    assert apps.get_model(label)._base_manager.count() == 3


def test_a_withdrawn_consent_makes_room_from_the_day_of_withdrawal() -> None:
    values = _facts()["people.Consent"]
    _lay("people.Consent", {**values, "withdrawn_on": date(2026, 5, 10)}, *_MAY)
    with pytest.raises(IntegrityError, match="no_overlap"):
        _lay("people.Consent", values, date(2026, 5, 9), None)
    _lay("people.Consent", values, date(2026, 5, 10), None)
