"""Representatives, network and consents of a person, and the page that shows them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import TODAY, make_person, make_provider, make_user
from tugiplaan.accounts.access import NotAllowedError, User
from tugiplaan.accounts.actions import operator
from tugiplaan.audit.queries import events_about, faults
from tugiplaan.people import actions, queries
from tugiplaan.people.actions import (
    Agreement,
    Member,
    Speaker,
    UnableToAddNetworkMemberError,
    UnableToAddRepresentativeError,
    UnableToEndNetworkMemberError,
    UnableToEndRepresentativeError,
    UnableToGiveConsentError,
    UnableToWithdrawConsentError,
)
from tugiplaan.people.models import Consent, NetworkMember, Person, Representative

pytestmark = pytest.mark.django_db

LATER, EARLIER = TODAY + timedelta(days=30), TODAY - timedelta(days=30)


def consent_of(person: Person, first: date, last: date | None = None) -> Consent:
    agreement = Agreement("foto", "kodu leht", "Mari", first, last)
    return actions.give_consent(person=person, agreement=agreement, by=operator(), on=TODAY)


def test_the_page_shows_what_holds_on_the_day_and_records_that_it_was_read() -> None:
    provider = make_provider()
    manager, person = make_user("Malle Maa", "service_manager", provider), make_person(provider)
    do: Any = {"person": person, "by": manager, "on": TODAY}
    guardian = actions.add_representative(
        speaker=Speaker("guardian", "Peeter Paas", EARLIER, basis="kohtumäärus"), **do
    )
    mother = actions.add_network_member(member=Member("Ema Maasikas", "ema", EARLIER), **do)
    consent = actions.give_consent(agreement=Agreement("foto", "kodu leht", "Mari", EARLIER), **do)
    card = queries.read_card(provider_id=provider.pk, person_id=person.pk, by=manager, on=TODAY)
    assert (card.representatives, card.network, card.consents) == (
        (guardian,),
        (mother,),
        (consent,),
    )
    actions.end_representative(
        representative=guardian, last_day=TODAY, why="kohus vabastas", by=manager, on=TODAY
    )
    actions.end_network_member(member=mother, last_day=TODAY, by=manager, on=TODAY)
    actions.withdraw_consent(consent=consent, withdrawn_on=TODAY, why="", by=manager, on=TODAY)
    today, tomorrow = queries.card_of(person, TODAY), queries.card_of(person, LATER)
    assert (len(today.representatives), len(today.network), today.consents) == (1, 1, ())
    assert (tomorrow.representatives, tomorrow.network) == ((), ())
    names = list(events_about(provider.pk, person.pk).values_list("name", flat=True))
    assert names[3] == "people.card"
    assert len(names) == 7
    assert list(faults()) == []


def test_a_card_out_of_reach_is_neither_shown_nor_recorded() -> None:
    provider = make_provider()
    person = make_person(provider)
    for user in (
        make_user("Võõras", "director", make_provider("Teine OÜ")),
        make_user("Abi Abiline", "activity_supervisor", provider),
        make_user("Audiitor", "auditor", provider),
    ):
        with pytest.raises(Person.DoesNotExist):
            queries.read_card(provider_id=provider.pk, person_id=person.pk, by=user, on=TODAY)
    assert not events_about(provider.pk, person.pk).exists()


@pytest.mark.parametrize(
    ("speaker", "part"),
    [
        (Speaker("guardian", " ", TODAY), "Nimi"),
        (Speaker("guardian", "Peeter", TODAY, EARLIER), "enne esimest"),
        (Speaker("uncle", "Peeter", TODAY), "uncle"),
        (Speaker("guardian", "Peeter", TODAY, email="x"), "E-posti"),
        (Speaker("authorised", "Juba Olemas", LATER), "juba esindajana"),
    ],
)
def test_a_representative_that_cannot_be_is_refused(speaker: Speaker, part: str) -> None:
    person = make_person(make_provider())
    do: Any = {"person": person, "by": operator(), "on": TODAY}
    actions.add_representative(speaker=Speaker("authorised", "Juba Olemas", TODAY), **do)
    with pytest.raises(UnableToAddRepresentativeError, match=part):
        actions.add_representative(speaker=speaker, **do)
    assert Representative.objects.count() == 1


@pytest.mark.parametrize(
    ("member", "part"),
    [
        (Member("", "ema", TODAY), "Nimi"),
        (Member("Ema", " ", TODAY), "Roll"),
        (Member("Ema", "ema", TODAY, EARLIER), "enne esimest"),
        (Member("Ema", "ema", TODAY, email="x"), "E-posti"),
    ],
)
def test_a_network_member_that_cannot_be_is_refused(member: Member, part: str) -> None:
    person = make_person(make_provider())
    with pytest.raises(UnableToAddNetworkMemberError, match=part):
        actions.add_network_member(person=person, member=member, by=operator(), on=TODAY)
    assert not NetworkMember.objects.exists()


def test_what_ended_does_not_end_again_nor_before_it_began() -> None:
    person = make_person(make_provider())
    do: Any = {"person": person, "by": operator(), "on": TODAY}
    speaker = actions.add_representative(speaker=Speaker("guardian", "P", TODAY, TODAY), **do)
    member = actions.add_network_member(member=Member("Ema", "ema", TODAY, TODAY), **do)
    for day, part in [(EARLIER, "ei saa olla enne"), (TODAY, "juba"), (LATER, "juba")]:
        with pytest.raises(UnableToEndRepresentativeError, match=part):
            actions.end_representative(
                representative=speaker, last_day=day, why="", by=operator(), on=TODAY
            )
        with pytest.raises(UnableToEndNetworkMemberError, match=part):
            actions.end_network_member(member=member, last_day=day, by=operator(), on=TODAY)


@pytest.mark.parametrize(
    ("agreement", "part"),
    [
        (Agreement("", "kodu leht", "Mari", TODAY), "eesmärk"),
        (Agreement("foto", " ", "Mari", TODAY), "eesmärk"),
        (Agreement("foto", "leht", "", TODAY), "eesmärk"),
        (Agreement("foto", "leht", "Mari", TODAY, EARLIER), "enne esimest"),
        (Agreement("foto", "leht", "Mari", LATER), "juba kehtib"),
        (Agreement("foto", "leht", "Mari", EARLIER, TODAY), "juba kehtib"),
    ],
)
def test_a_consent_that_cannot_be_is_refused(agreement: Agreement, part: str) -> None:
    person = make_person(make_provider())
    consent_of(person, TODAY, LATER)
    with pytest.raises(UnableToGiveConsentError, match=part):
        actions.give_consent(person=person, agreement=agreement, by=operator(), on=TODAY)
    assert Consent.objects.count() == 1


def test_consent_is_given_anew_from_the_day_it_was_taken_back() -> None:
    person = make_person(make_provider())
    first = consent_of(person, EARLIER, LATER)
    take: Any = {"consent": first, "why": "", "by": operator(), "on": TODAY}
    for day in (EARLIER - timedelta(days=1), LATER + timedelta(days=1)):
        with pytest.raises(UnableToWithdrawConsentError, match="ei kehti niigi"):
            actions.withdraw_consent(withdrawn_on=day, **take)
    actions.withdraw_consent(withdrawn_on=TODAY, **take)
    with pytest.raises(UnableToWithdrawConsentError, match="juba"):
        actions.withdraw_consent(withdrawn_on=TODAY, **take)
    with pytest.raises(UnableToGiveConsentError, match="juba kehtib"):
        consent_of(person, TODAY - timedelta(days=1))
    second = consent_of(person, TODAY)
    take["consent"] = second
    actions.withdraw_consent(withdrawn_on=TODAY, **take)  # never held: it is in nobody's way
    consent_of(person, TODAY)
    before = queries.consents_in_force(person.pk, TODAY - timedelta(days=1))
    assert list(before) == [first]
    assert queries.consents_in_force(person.pk, TODAY).count() == 1
    assert list(faults()) == []


def test_who_does_not_reach_the_person_changes_nothing() -> None:
    provider = make_provider()
    person = make_person(provider)
    do: Any = {"person": person, "by": operator(), "on": TODAY}
    speaker = actions.add_representative(speaker=Speaker("guardian", "P", TODAY), **do)
    member = actions.add_network_member(member=Member("Ema", "ema", TODAY), **do)
    consent = consent_of(person, TODAY)
    attempts: list[Callable[[User], Any]] = [
        lambda by: actions.add_representative(
            person=person, speaker=Speaker("guardian", "Q", TODAY), by=by, on=TODAY
        ),
        lambda by: actions.end_representative(
            representative=speaker, last_day=LATER, why="", by=by, on=TODAY
        ),
        lambda by: actions.add_network_member(
            person=person, member=Member("Isa", "isa", TODAY), by=by, on=TODAY
        ),
        lambda by: actions.end_network_member(member=member, last_day=LATER, by=by, on=TODAY),
        lambda by: actions.give_consent(
            person=person, agreement=Agreement("a", "b", "c", TODAY), by=by, on=TODAY
        ),
        lambda by: actions.withdraw_consent(
            consent=consent, withdrawn_on=LATER, why="", by=by, on=TODAY
        ),
    ]
    strangers = [
        make_user("Võõras", "director", make_provider("Teine OÜ")),
        make_user("Abi Abiline", "base_support", provider),
        make_user("Lugeja", "accountant", provider),
    ]
    for attempt in attempts:
        for stranger in strangers:
            with pytest.raises(NotAllowedError, match=stranger.name):
                attempt(stranger)
    card = queries.card_of(person, LATER)
    assert [len(card.representatives), len(card.network), len(card.consents)] == [1, 1, 1]


@pytest.mark.parametrize("count", [1, 20])
def test_a_card_takes_three_queries(count: int, django_assert_num_queries: Any) -> None:
    person = make_person(make_provider())
    do: Any = {"person": person, "by": operator(), "on": TODAY}
    for number in range(count):
        actions.add_representative(speaker=Speaker("guardian", f"P{number}", TODAY), **do)
        actions.add_network_member(member=Member(f"E{number}", "ema", TODAY), **do)
    with django_assert_num_queries(3):
        card = queries.card_of(person, TODAY)
    assert (len(card.representatives), len(card.network)) == (count, count)
