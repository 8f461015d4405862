"""Which persons cannot be settled while rows that concern them are bad."""

from collections.abc import Collection, Iterable, Mapping

from tugiplaan.month_folder.cases import Case, Draft
from tugiplaan.month_folder.report import Owner, Report

PERSON, REFERRAL, PLACE, COMPONENT = ("person",), ("referral",), ("place",), ("funder", "component")


def left_out(
    report: Report,
    cases: Mapping[str, Case],
    referrals: Mapping[str, Draft],
    places: Collection[str],
) -> frozenset[str]:
    """Find everybody whose facts may be incomplete.

    A row concerns whom its cells name: a person; the person of a referral; all persons at a
    place; all with records of a component. Who shares the slot of a new autism place with
    them goes along, for its first months are counted over all its persons. A row that names
    somebody who is not in the folder leaves nobody else out.

    Args:
        report: The problems; those of rows whose cells have slipped, and that name nothing
            that exists, become general ones.
        cases: Persons by code.
        referrals: Referrals by code.
        places: The codes of places.

    Returns:
        Codes of persons, also such as only a bad row names.
    """
    pairs = {
        (record.funder, record.component)
        for case in (cases.values() if report.doubtful else ())
        for record in case.components
    }
    for columns, owner, problem in report.doubtful:
        exists = {
            PERSON: owner[0] in cases,
            REFERRAL: owner[0] in referrals,
            PLACE: owner[0] in places,
            COMPONENT: owner in pairs,
        }[columns]
        if exists:
            report.touched.setdefault(columns, set()).add(owner)
        else:
            report.general.append(problem)
    persons = {owner[0] for owner in _touched(report, PERSON)}
    persons |= {
        referrals[owner[0]].case.code
        for owner in _touched(report, REFERRAL)
        if owner[0] in referrals
    }
    persons |= _at_places({owner[0] for owner in _touched(report, PLACE)}, cases.values())
    persons |= _with_components(_touched(report, COMPONENT), cases.values())
    return frozenset(_with_slot_mates(persons, cases, referrals.values()))


def _touched(report: Report, columns: Owner) -> set[Owner]:
    return report.touched.get(columns, set())


def _at_places(places: set[str], cases: Iterable[Case]) -> set[str]:
    if not places:
        return set()
    return {
        case.code
        for case in cases
        for draft in case.drafts
        if draft.place in places or any(place in places for _, place in draft.moves)
    }


def _with_components(pairs: set[Owner], cases: Iterable[Case]) -> set[str]:
    if not pairs:
        return set()
    return {
        case.code
        for case in cases
        if any((record.funder, record.component) in pairs for record in case.components)
    }


def _with_slot_mates(
    persons: set[str], cases: Mapping[str, Case], drafts: Iterable[Draft]
) -> set[str]:
    """Add who shares a slot with one of them, and who shares another with those."""
    mates: dict[str, set[str]] = {}
    slots: dict[str, set[str]] = {}
    everyone = [*drafts, *(draft for case in cases.values() for draft in case.drafts)]
    for draft in everyone:
        if draft.slot:
            mates.setdefault(draft.slot, set()).add(draft.case.code)
            slots.setdefault(draft.case.code, set()).add(draft.slot)
    found, waiting = set(persons), list(persons)
    while waiting:
        for slot in slots.get(waiting.pop(), ()):
            waiting.extend(mates[slot] - found)
            found |= mates[slot]
    return found
