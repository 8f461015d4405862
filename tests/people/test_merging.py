"""Which entries are not taken for one person, and who may say that they are."""

from typing import Any

import pytest

from tests.accounts.test_access import make_place
from tests.cast import TODAY, make_person, make_provider, make_user
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.accounts.actions import Case, assign_caseload, operator
from tugiplaan.people import actions, queries
from tugiplaan.people.actions import UnableToMergeError
from tugiplaan.people.models import Merge

pytestmark = pytest.mark.django_db

NATIONAL = {"identifier_type": "national", "identifier_country": "EE"}


def test_what_is_not_one_person_is_not_merged() -> None:
    provider = make_provider()
    one = make_person(provider, "P1", identifier="47410010019", **NATIONAL)
    two = make_person(provider, "P2", identifier="48001010005", **NATIONAL)
    strange = make_person(make_provider("Teine OÜ"))
    do: Any = {"by": operator(), "on": TODAY}
    for kept, merged, why, part in [
        (one, two, " ", "põhjus"),
        (one, one, "x", "kahte kirjet"),
        (one, strange, "x", "eri teenuseosutajate"),
        (one, two, "x", "erinevad isikukoodid"),
    ]:
        with pytest.raises(UnableToMergeError, match=part):
            actions.merge(kept=kept, merged=merged, why=why, **do)
    for why, part in [("", "Põhjus"), ("x", "ei ole teisega")]:
        with pytest.raises(UnableToMergeError, match=part):
            actions.undo_merge(merged=one, why=why, **do)
    assert not Merge.objects.exists()
    assert queries.standing_for(provider.pk) == {}


def test_entries_merged_one_after_another_stand_for_the_last() -> None:
    provider = make_provider()
    one, two, three = (make_person(provider, f"P{number}") for number in range(3))
    do: Any = {"why": "sama inimene", "by": operator(), "on": TODAY}
    actions.merge(kept=two, merged=one, **do)
    actions.merge(kept=three, merged=two, **do)
    assert queries.standing_for(provider.pk) == {one.pk: three.pk, two.pk: three.pk}


def test_only_who_reaches_the_person_merges() -> None:
    provider = make_provider()
    mine, other, third = (make_person(provider, f"P{number}") for number in range(3))
    helper = make_user("Abi Abiline", "base_support", provider)
    assign_caseload(user=helper, case=Case(provider.pk, mine.pk, TODAY), by=operator(), on=TODAY)
    do: Any = {"why": "sama inimene", "on": TODAY}
    for kept, merged in [(mine, other), (other, mine)]:
        with pytest.raises(NotAllowedError):
            actions.merge(kept=kept, merged=merged, by=helper, **do)
    actions.merge(kept=mine, merged=other, by=operator(), **do)
    with pytest.raises(NotAllowedError):
        actions.undo_merge(merged=other, by=helper, **do)
    # Who is at a place is known above: here a role at a place of the provider is enough.
    local = make_user("Kohapealne", "director", provider, place=make_place(provider))
    actions.merge(kept=mine, merged=third, by=local, **do)
