"""Absences and confirmations of months in hospital."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import TODAY, make_person, make_provider, make_user
from tests.referrals.rows import close_month, make_place, make_referral, store
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.accounts.models import Caseload, User
from tugiplaan.audit.queries import events_about, faults
from tugiplaan.audit.recorder import acting
from tugiplaan.providers.books import MonthClosedError, WhyNeededError
from tugiplaan.referrals import actions
from tugiplaan.referrals.actions import (
    Away,
    Confirmed,
    UnableToConfirmError,
    UnableToRecordAbsenceError,
)
from tugiplaan.referrals.cautions import CautionCode
from tugiplaan.referrals.models import Absence, Confirmation, Referral, StayDay
from tugiplaan.referrals.queries import facts_of
from tugiplaan.rules import facts
from tugiplaan.rules.period import Month
from tugiplaan.rules.vocabulary import AbsenceKind

pytestmark = pytest.mark.django_db

APRIL = Month(2026, 4)


def _stay() -> tuple[Referral, dict[str, Any]]:
    """Give a stay from January on and who records."""
    provider = make_provider()
    manager: User = make_user("Malle Maa", "service_manager", provider)
    referral = make_referral(make_person(provider))
    store(
        provider,
        [StayDay(provider=provider, referral=referral, kind="arrived", day=date(2026, 1, 1))],
    )
    return referral, {"by": manager, "on": TODAY}


def _away(first: date, last: date, **values: Any) -> Away:
    return Away(first, last, **{"kind": AbsenceKind.HOSPITAL, **values})


def _facts(referral: Referral) -> facts.Referral:
    (found,) = facts_of(Referral.objects.filter(pk=referral.pk))
    return found.facts


IN_APRIL = _away(date(2026, 4, 6), date(2026, 4, 20), code="E1")


def test_an_absence_is_recorded_corrected_and_cancelled() -> None:
    referral, who = _stay()
    recorded = actions.record_absence(referral=referral, away=IN_APRIL, **who)
    assert recorded.cautions == ()
    assert _facts(referral).absences == (
        facts.Absence("E1", date(2026, 4, 6), date(2026, 4, 20), AbsenceKind.HOSPITAL),
    )
    longer = _away(date(2026, 4, 5), date(2026, 4, 21), kind=AbsenceKind.ABSENT, code="muu")
    fixed = actions.correct_absence(row=recorded.row, away=longer, why="päevad", **who)
    (absence,) = _facts(referral).absences
    assert (absence.absence, absence.first_day, absence.last_day, absence.kind) == (
        "E1",
        date(2026, 4, 5),
        date(2026, 4, 21),
        AbsenceKind.ABSENT,
    )
    with pytest.raises(UnableToRecordAbsenceError, match="vahepeal"):
        actions.cancel_absence(row=recorded.row, why="oli kohal", **who)
    actions.cancel_absence(row=fixed.row, why="oli kohal", **who)
    assert _facts(referral).absences == ()
    names = [e.name for e in events_about(referral.provider_id, referral.person_id)][:3]
    assert names == [f"referrals.{verb}_absence" for verb in ("cancel", "correct", "record")]
    assert list(faults()) == []


def test_a_code_is_made_where_none_is_given_and_holds_once() -> None:
    referral, who = _stay()
    nameless = _away(date(2026, 5, 4), date(2026, 5, 6))
    assert actions.record_absence(referral=referral, away=nameless, **who).row.code.startswith("E-")
    row = actions.record_absence(referral=referral, away=IN_APRIL, **who).row
    with pytest.raises(UnableToRecordAbsenceError, match="E1 on juba kirjas"):
        actions.record_absence(referral=referral, away=IN_APRIL, **who)
    actions.cancel_absence(row=row, why="eksitus", **who)
    again = actions.record_absence(referral=referral, away=IN_APRIL, **who).row
    assert [one.absence for one in _facts(referral).absences if one.absence == "E1"] == ["E1"]
    other = make_referral(make_person(referral.provider, "P2"), "S2")
    actions.cancel_absence(row=again, why="eksitus", **who)
    with pytest.raises(UnableToRecordAbsenceError, match="E1 on juba kirjas"):
        actions.record_absence(referral=other, away=IN_APRIL, **who)


def test_an_absence_that_cannot_be_is_refused() -> None:
    referral, who = _stay()
    for away, part in (
        (_away(date(2026, 4, 6), date(2026, 4, 5)), "enne esimest"),
        (
            _away(date(2026, 4, 6), date(2026, 4, 6), learned_on=TODAY + timedelta(1)),
            "tulevikus",
        ),
    ):
        with pytest.raises(UnableToRecordAbsenceError, match=part):
            actions.record_absence(referral=referral, away=away, **who)
    assert not Absence.objects.exists()


def test_an_unusual_absence_is_said_and_kept() -> None:
    referral, who = _stay()
    early = _away(date(2025, 12, 31), date(2026, 1, 3))
    recorded = actions.record_absence(referral=referral, away=early, **who)
    assert [one.code for one in recorded.cautions] == [CautionCode.OUTSIDE_STAY]
    actions.record_absence(referral=referral, away=IN_APRIL, **who)
    touching = _away(date(2026, 4, 21), date(2026, 4, 22))
    assert actions.record_absence(referral=referral, away=touching, **who).cautions == ()
    over = _away(date(2026, 4, 20), date(2026, 4, 20))
    recorded = actions.record_absence(referral=referral, away=over, **who)
    assert [one.code for one in recorded.cautions] == [CautionCode.ABSENCES_OVERLAP]
    assert "E1 (06.04.2026–20.04.2026)" in recorded.cautions[0].text
    until_end = _away(date(2026, 12, 30), date(2026, 12, 31))
    assert actions.record_absence(referral=referral, away=until_end, **who).cautions == ()


def test_an_absence_before_anybody_came_is_said() -> None:
    referral, who = _stay()
    waiting = make_referral(make_person(referral.provider, "P2"), "S2")
    recorded = actions.record_absence(referral=waiting, away=IN_APRIL, **who)
    assert [one.code for one in recorded.cautions] == [CautionCode.OUTSIDE_STAY]


def test_months_hold_absences_and_later_limits() -> None:
    referral, who = _stay()
    close_month(referral.provider, 202605, "closed")
    with pytest.raises(MonthClosedError, match=r"05\.2026"):
        actions.record_absence(referral=referral, away=IN_APRIL, **who)
    close_month(referral.provider, 202605, "issued")
    with pytest.raises(WhyNeededError):
        actions.record_absence(referral=referral, away=IN_APRIL, **who)
    actions.record_absence(referral=referral, away=IN_APRIL, why="hilines", **who)
    assert Absence.objects.count() == 1


def test_a_correction_holds_the_months_of_the_days_before_too() -> None:
    referral, who = _stay()
    row = actions.record_absence(referral=referral, away=IN_APRIL, **who).row
    close_month(referral.provider, 202604, "closed")
    later = _away(date(2026, 5, 6), date(2026, 5, 20))
    with pytest.raises(MonthClosedError, match=r"04\.2026"):
        actions.correct_absence(row=row, away=later, why="kuu", **who)
    with pytest.raises(MonthClosedError, match=r"04\.2026"):
        actions.cancel_absence(row=row, why="kuu", **who)


def test_a_confirmation_is_recorded_corrected_and_cancelled() -> None:
    referral, who = _stay()
    actions.record_absence(referral=referral, away=IN_APRIL, **who)
    confirmed = Confirmed(APRIL, date(2026, 5, 2))
    row = actions.record_confirmation(referral=referral, confirmed=confirmed, **who)
    assert (row.cautions, _facts(referral).confirmed_months) == ((), frozenset({APRIL}))
    with pytest.raises(UnableToConfirmError, match=r"saadud 02\.05\.2026"):
        actions.record_confirmation(referral=referral, confirmed=confirmed, **who)
    to = Confirmed(APRIL, date(2026, 5, 3))
    fixed = actions.correct_confirmation(row=row.row, confirmed=to, why="päev", **who)
    assert Confirmation.objects.current().get().received_on == date(2026, 5, 3)
    may = Confirmed(Month(2026, 5), date(2026, 6, 3))
    with pytest.raises(UnableToConfirmError, match="ühe kuu kohta"):
        actions.correct_confirmation(row=fixed.row, confirmed=may, why="kuu", **who)
    with pytest.raises(UnableToConfirmError, match="vahepeal"):
        actions.correct_confirmation(row=row.row, confirmed=to, why="päev", **who)
    actions.cancel_confirmation(row=fixed.row, why="vale inimene", **who)
    assert _facts(referral).confirmed_months == frozenset()
    actions.record_confirmation(referral=referral, confirmed=confirmed, **who)
    assert _facts(referral).confirmed_months == frozenset({APRIL})
    assert list(faults()) == []


def test_confirmations_that_are_unusual_or_cannot_be() -> None:
    referral, who = _stay()
    actions.record_absence(referral=referral, away=IN_APRIL, **who)
    may = Confirmed(Month(2026, 5), date(2026, 6, 2))
    recorded = actions.record_confirmation(referral=referral, confirmed=may, **who)
    assert [one.code for one in recorded.cautions] == [CautionCode.NOT_IN_HOSPITAL]
    for day in (date(2026, 3, 31), TODAY + timedelta(1)):
        with pytest.raises(UnableToConfirmError, match="saamise päev"):
            actions.record_confirmation(referral=referral, confirmed=Confirmed(APRIL, day), **who)
    assert Confirmation.objects.count() == 1


def test_a_confirmation_holds_its_month_only() -> None:
    referral, who = _stay()
    close_month(referral.provider, 202605, "closed")
    confirmed = Confirmed(APRIL, date(2026, 5, 2))
    actions.record_confirmation(referral=referral, confirmed=confirmed, **who)
    assert Confirmation.objects.count() == 1
    close_month(referral.provider, 202603, "closed")
    march = Confirmed(Month(2026, 3), date(2026, 4, 2))
    with pytest.raises(MonthClosedError, match=r"03\.2026"):
        actions.record_confirmation(referral=referral, confirmed=march, **who)


def test_a_stranger_may_not() -> None:
    referral, who = _stay()
    row = actions.record_absence(referral=referral, away=IN_APRIL, **who).row
    confirmed = Confirmed(APRIL, date(2026, 5, 2))
    kept = actions.record_confirmation(referral=referral, confirmed=confirmed, **who).row
    who["by"] = make_user("Kalle Kask", "service_manager", make_provider("Teine OÜ"))
    for act in (
        lambda: actions.record_absence(referral=referral, away=IN_APRIL, **who),
        lambda: actions.correct_absence(row=row, away=IN_APRIL, why="x", **who),
        lambda: actions.cancel_absence(row=row, why="x", **who),
        lambda: actions.record_confirmation(referral=referral, confirmed=confirmed, **who),
        lambda: actions.correct_confirmation(row=kept, confirmed=confirmed, why="x", **who),
        lambda: actions.cancel_confirmation(row=kept, why="x", **who),
    ):
        with pytest.raises(NotAllowedError):
            act()
    assert (Absence.objects.count(), Confirmation.objects.count()) == (1, 1)


def test_a_supervisor_records_days_away_of_the_own_people_only() -> None:
    referral, who = _stay()
    provider = referral.provider
    worker = make_user("Anu Abi", "activity_supervisor", provider)
    who["by"] = worker
    with pytest.raises(NotAllowedError, match="Anu Abi"):
        actions.record_absence(referral=referral, away=IN_APRIL, **who)
    with acting(by=worker, name="test.give_case", provider_id=provider.pk):
        Caseload.objects.create(
            provider=provider, user=worker, person=referral.person, valid_from=date(2026, 1, 1)
        )
    actions.record_absence(referral=referral, away=IN_APRIL, **who)
    assert Absence.objects.count() == 1
    other = make_referral(make_person(provider, "P9"), "S9")
    with pytest.raises(NotAllowedError, match="Anu Abi"):
        actions.record_absence(referral=other, away=_away(date(2026, 4, 6), TODAY), **who)
    assert Absence.objects.count() == 1


def test_a_role_at_a_place_reaches_the_stays_of_that_place() -> None:
    referral, who = _stay()
    here, there = make_place(referral.provider), make_place(referral.provider, "K2")
    with acting(by=who["by"], name="test.place", provider_id=referral.provider_id):
        referral.place = here
        referral.save()
    who["by"] = make_user("Mati Mets", "service_manager", referral.provider, place=there)
    with pytest.raises(NotAllowedError, match="Mati Mets"):
        actions.record_absence(referral=referral, away=IN_APRIL, **who)
    who["by"] = make_user("Tiit Tamm", "service_manager", referral.provider, place=here)
    actions.record_absence(referral=referral, away=IN_APRIL, **who)
    assert Absence.objects.count() == 1
