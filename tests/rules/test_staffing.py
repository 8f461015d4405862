"""Staff norms, the capacity of a licence, training: worked examples and what always holds."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.golden_rows import Row, golden, tell_all
from tugiplaan.rules.facts import Licence
from tugiplaan.rules.legal import NotInForceError
from tugiplaan.rules.services import catalogue
from tugiplaan.rules.staffing import (
    Counted,
    Roster,
    Shift,
    Training,
    capacity,
    norms,
    qualification,
    staff_needs,
    training_cautions,
)
from tugiplaan.rules.tables import builtin
from tugiplaan.rules.vocabulary import Service, TargetGroup, Variant

LAW = builtin()
DAY = date(2026, 5, 1)


def persons_of(row: Row) -> dict[Variant, int]:
    return {Variant(variant): count for variant, count in row.given["persons"].items()}


@pytest.mark.parametrize("row", golden("staffing", "norm"))
def test_norm(row: Row) -> None:
    roster = Roster(
        full_time=Decimal(row.given.get("full_time", "0")),
        outside_night=row.given.get("outside_night", 0),
        at_night=row.given.get("at_night", 0),
        care_workers=row.given.get("care_workers", 0),
    )
    found = staff_needs(Service(row.given["service"]), persons_of(row), roster, DAY, LAW)
    assert {str(need.shift) for need in found} == set(row.expect)
    for need in found:
        expected = row.expect[need.shift]
        assert need.needed == Fraction(str(expected["needed"]))
        assert (need.whole, need.by_need) == (expected["whole"], expected["by_need"])
        assert need.missing == Fraction(str(expected["missing"]))
        tell_all(need.explanation)


def test_what_is_missing_in_whole_persons_and_by_need() -> None:
    (need,) = staff_needs(
        Service.IET, {Variant.PLAIN: 23}, Roster(full_time=Decimal("2.3")), DAY, LAW
    )
    assert need.missing == 0
    assert need.missing_whole == Fraction(7, 10)
    outside, at_night = staff_needs(
        Service.PNH, {Variant.PLAIN: 12}, Roster(outside_night=1, at_night=4), DAY, LAW
    )
    assert (outside.shift, at_night.shift) == (Shift.OUTSIDE_NIGHT, Shift.AT_NIGHT)
    assert outside.missing == 0
    assert outside.missing_by_need == 1
    assert not any((at_night.missing, at_night.missing_whole, at_night.missing_by_need))


def test_a_stand_in_is_told_and_only_then() -> None:
    roster = Roster(outside_night=1, at_night=1, care_workers=1)
    needs = staff_needs(Service.OEH, {Variant.AA: 16}, roster, DAY, LAW)
    assert all("staff_care_worker" in [step.code for step in need.explanation] for need in needs)
    assert [need.available for need in needs] == [2, 2]
    needs = staff_needs(Service.OEH, {Variant.AA: 16}, Roster(), DAY, LAW)
    assert not any("staff_care_worker" in [s.code for s in need.explanation] for need in needs)


def test_the_extra_worker_is_told_outside_night_only() -> None:
    outside, at_night = staff_needs(Service.PNH, {Variant.PLAIN: 12}, Roster(), DAY, LAW)
    assert "staff_extra" in [step.code for step in outside.explanation]
    assert "staff_extra" not in [step.code for step in at_night.explanation]


@pytest.mark.parametrize("service", [Service.IET, Service.OEH])
def test_an_empty_roster_has_nobody(service: Service) -> None:
    for need in staff_needs(service, {Variant.PLAIN: 1}, Roster(), DAY, LAW):
        assert need.available == 0


def test_legacy_day_care_in_daily_life_support_has_the_norm_of_daily_life_support() -> None:
    persons = {Variant.PLAIN: 5, Variant.INT: 4, Variant.INTM: 3}
    (need,) = staff_needs(Service.IET, persons, Roster(), DAY, LAW)
    assert (need.needed, need.whole) == (Fraction(12, 10), 2)


def test_numbers_of_persons_are_not_negative() -> None:
    with pytest.raises(ValueError, match="negative"):
        staff_needs(Service.KE, {Variant.PLAIN: -1}, Roster(), DAY, LAW)


@pytest.mark.parametrize(
    ("service", "variant", "day"),
    [
        (Service.PNH, Variant.PLAIN, date(2024, 12, 31)),
        (Service.KE, Variant.PLAIN, date(2018, 12, 31)),
        (Service.OEH, Variant.AA, date(2022, 5, 7)),
        (Service.OEH, Variant.KM, date(2016, 7, 17)),
    ],
)
def test_norms_that_were_not_read_are_refused(
    service: Service, variant: Variant, day: date
) -> None:
    with pytest.raises(NotInForceError):
        staff_needs(service, {variant: 1}, Roster(), day, LAW)


def test_every_service_in_every_variant_has_a_norm_whose_terms_exist() -> None:
    assert set(norms()) == set(catalogue())
    for norm in norms().values():
        for name in (norm.persons, norm.workers, norm.workers_at_night, norm.extra):
            assert not name or LAW.number(name, DAY) > 0
        assert (norm.counted is Counted.GROUPS) == bool(norm.workers)


@given(
    st.fixed_dictionaries(
        {
            variant: st.one_of(st.integers(0, 90), st.sampled_from([15, 20, 30, 60]))
            for variant in (Variant.PLAIN, Variant.ER, Variant.AA, Variant.KM)
        }
    )
)
def test_enough_workers_for_the_exact_share_and_not_one_more(persons: dict[Variant, int]) -> None:
    per = {Variant.PLAIN: 30, Variant.ER: 15, Variant.AA: 15, Variant.KM: 20}
    share = sum((Fraction(n, per[variant]) for variant, n in persons.items()), Fraction(0))
    needs = staff_needs(Service.OEH, persons, Roster(), DAY, LAW)
    assert bool(needs) == bool(share)
    for need in needs:
        assert share <= need.needed < share + 1
        assert need.missing == need.needed


LICENCE = Licence(
    licence="SEH000001",
    place="P1",
    service=Service.OEH,
    valid_from=date(2026, 1, 1),
    valid_to=date(2026, 12, 31),
    max_persons=12,
)


@pytest.mark.parametrize("row", golden("staffing", "capacity"))
def test_capacity(row: Row) -> None:
    groups = frozenset(TargetGroup(group) for group in row.given["groups"])
    licences = []
    if row.given["maximum"] is not None:
        licences.append(replace(LICENCE, max_persons=row.given["maximum"], target_groups=groups))
    found = capacity(licences, "P1", Service.OEH, persons_of(row), DAY)
    assert found.over == row.expect["over"]
    assert sorted(found.missing_groups) == row.expect["missing"]
    assert found.is_within is row.expect["within"]
    tell_all(found.explanation)


def test_only_valid_licences_of_the_place_and_service_count() -> None:
    others = [
        replace(LICENCE, place="P2", max_persons=99),
        replace(LICENCE, service=Service.KE, max_persons=99),
        replace(LICENCE, valid_to=date(2026, 4, 30), max_persons=99),
        replace(LICENCE, valid_from=date(2026, 5, 2), max_persons=99),
    ]
    assert capacity(others, "P1", Service.OEH, {Variant.PLAIN: 1}, DAY).maximum is None
    found = capacity([*others, LICENCE], "P1", Service.OEH, {Variant.PLAIN: 1}, DAY)
    assert found.maximum == 12


def test_of_several_licences_the_largest_number_and_all_groups_count() -> None:
    two = [
        replace(LICENCE, max_persons=10, target_groups=frozenset({TargetGroup.AA})),
        replace(LICENCE, max_persons=14, target_groups=frozenset({TargetGroup.KM})),
    ]
    found = capacity(two, "P1", Service.OEH, {Variant.AA: 7, Variant.KM: 7}, DAY)
    assert (found.maximum, found.is_within) == (14, True)


@pytest.mark.parametrize("row", golden("staffing", "training"))
def test_training(row: Row) -> None:
    facts = dict(row.given)
    service, variant = Service(facts.pop("service")), Variant(facts.pop("variant", ""))
    day = facts.pop("day")
    training = Training(**facts)
    if row.expect.get("refused"):
        with pytest.raises(NotInForceError):
            qualification(training, service, variant, day, LAW)
        return
    found = qualification(training, service, variant, day, LAW)
    assert found.may_begin is row.expect["may_begin"]
    assert found.needs_supervision is row.expect["supervised"]
    assert {row.course: row.missing_hours for row in found.courses} == row.expect["missing"]
    assert {row.course: row.due_on for row in found.courses} == row.expect["due_on"]
    assert [row.course for row in found.overdue] == row.expect["overdue"]
    for course in found.courses:
        tell_all(course.explanation)


def test_more_hours_than_asked_for_are_not_missing() -> None:
    found = qualification(Training(DAY, 300, 80), Service.TTT, Variant.PLAIN, DAY, LAW)
    assert [course.missing_hours for course in found.courses] == [0, 0]
    assert [course.hours for course in found.courses] == [260, 40]
    assert not found.needs_supervision
    assert "300 are done, 0 missing" in tell_all(found.courses[0].explanation)[1]


def test_who_has_begun_has_done_nothing_yet() -> None:
    found = qualification(Training(DAY), Service.TTT, Variant.PLAIN, DAY, LAW)
    assert [course.missing_hours for course in found.courses] == [260, 40]
    assert "0 are done, 260 missing" in tell_all(found.courses[0].explanation)[1]


@pytest.mark.parametrize(
    ("hours", "day", "is_supervised", "told"),
    [
        (0, date(2026, 5, 1), True, ["may_not_begin"]),
        (0, date(2026, 5, 1), False, ["may_not_begin", "unsupervised"]),
        (40, date(2026, 5, 1), False, ["unsupervised"]),
        (40, date(2026, 5, 1), True, []),
        (40, date(2028, 2, 2), True, []),
        (40, date(2028, 2, 3), True, ["overdue"]),
        (259, date(2028, 2, 3), False, ["overdue", "unsupervised"]),
        (260, date(2028, 2, 3), False, []),
    ],
)
def test_what_to_tell_a_trainee(
    hours: int, day: date, is_supervised: bool, told: list[str]
) -> None:
    training = Training(begun_on=date(2026, 2, 2), hours=hours)
    found = qualification(training, Service.KE, Variant.PLAIN, day, LAW)
    assert [str(one) for one in training_cautions(found, is_supervised=is_supervised)] == told
