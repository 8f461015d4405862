"""Who works in the houses of the demo, who may log in, and who works with whom."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tugiplaan.accounts.access import User
from tugiplaan.accounts.actions import (
    Case,
    GrantTerms,
    NewUser,
    add_user,
    assign_caseload,
    grant,
    operator,
)
from tugiplaan.people.queries import Person
from tugiplaan.providers.actions import (
    CourseData,
    Post,
    QualificationData,
    Worker,
    add_position,
    add_staff,
    record_course,
    record_qualification,
)
from tugiplaan.rules.vocabulary import Service
from tugiplaan.sample.demo.organisations import MUNICIPALITY, MUNICIPALITY_NAME, Hand
from tugiplaan.sample.demo.stage import BEGAN, Guest, House, Login, Stage

_TRAINEE_BEGAN = date(2026, 2, 16)
_PNH_BEGAN = date(2025, 1, 2)
_AUDIT_DAYS = 90


def let_in(stage: Stage, house: House, hand: Hand) -> None:
    """Give somebody who works in a house a user and a role there."""
    # The operator lets the director in, the director all others.
    by = house.users.get("director") or operator()
    email = f"{hand.login}@{house.organisation.key}.example.ee"
    terms = GrantTerms(hand.role, house.provider_id, BEGAN)
    user = _let_in(stage, NewUser(email, hand.name), terms, (by, BEGAN))
    is_office = hand.code.startswith("J")
    house.users[hand.role if is_office else hand.code] = user


def _let_in(stage: Stage, newcomer: NewUser, terms: GrantTerms, actor: tuple[User, date]) -> User:
    by, on = actor
    user = add_user(provider_id=terms.provider_id, newcomer=newcomer, by=by, on=on)
    grant(user=user, terms=terms, by=by, on=on)
    found = (one for one in stage.houses.values() if one.provider_id == terms.provider_id)
    name = next((house.organisation.name for house in found), "")
    stage.logins.append(Login(terms.role, newcomer.email, newcomer.name, name))
    return user


def employ(house: House, hand: Hand) -> None:
    """Add a worker with positions and training."""
    since = _TRAINEE_BEGAN if hand.training == "trainee" else BEGAN
    who: dict[str, Any] = {"by": house.director, "on": since}
    key = hand.code if hand.code in house.users else hand.role
    worker = Worker(hand.code, hand.name, since, None, hand.occupation, house.users[key].pk)
    staff = add_staff(provider_id=house.provider_id, worker=worker, **who)
    house.workers[hand.code] = staff.pk
    for service in hand.services:
        first = max(since, _PNH_BEGAN) if service is Service.PNH else since
        share = Decimal("0.500") if len(hand.services) > 1 else Decimal("1.000")
        post = Post(house.places[hand.room], service, share, first)
        add_position(staff=staff, post=post, **who)
    for course in (*_courses(hand), *_extra_courses(hand)):
        record_course(staff=staff, data=course, by=house.director, on=date(2026, 6, 1))
    if hand.training == "diploma":
        held = QualificationData(
            "Sotsiaaltöö bakalaureuseõpe", date(2018, 6, 20), None, "Diplom (näidis)"
        )
        record_qualification(staff=staff, data=held, **who)


def _courses(hand: Hand) -> list[CourseData]:
    """Give the courses of a guide: the whole one, or the first part with the rest under way."""
    title = "Tegevusjuhendaja koolitus"
    whole = CourseData("full_260", 260, date(2022, 9, 5), date(2023, 5, 26), title, "T-N-22")
    if hand.training == "full":
        return [whole]
    if hand.training == "court":
        title = "Kohtumäärusega teenuse koolitus"
        return [
            whole,
            CourseData("court_60", 60, date(2023, 9, 4), date(2023, 10, 27), title, "T-N-23"),
        ]
    if hand.training == "trainee":
        return [
            CourseData(
                "basic_40", 40, date(2026, 2, 16), date(2026, 2, 27), "Algkoolitus", "T-N-26"
            ),
            CourseData("rest_220", 220, date(2026, 5, 18), None, "Ülejäänud koolitus"),
        ]
    return []


def _extra_courses(hand: Hand) -> list[CourseData]:
    """Give the course without which work support is not given after two years."""
    if Service.TTT not in hand.services:
        return []
    first, last = date(2024, 4, 8), date(2024, 5, 17)
    return [CourseData("work_40", 40, first, last, "Töötamise toetamise koolitus", "T-N-24")]


def give_case(house: House, guest: Guest) -> None:
    """Let the worker of a person's part work with them."""
    part = guest.part
    case = Case(house.provider_id, guest.person.pk, part.arrives)
    assign_caseload(user=house.users[part.worker], case=case, by=house.manager, on=part.arrives)


def deputise(stage: Stage, house: House, away: str, deputy: str) -> None:
    """Let a worker stand in for another over the next two weeks, with each of their persons."""
    last = stage.today + timedelta(days=14)
    for guest in house.present(stage.today):
        if guest.part.worker == away:
            case = Case(house.provider_id, guest.person.pk, stage.today, last, house.users[away])
            assign_caseload(user=house.users[deputy], case=case, by=house.manager, on=stage.today)


def let_outsiders_in(stage: Stage) -> None:
    """Give users to those who look from outside: operator, municipality, auditor."""
    by, on = operator(), stage.today
    outsiders = (
        (
            NewUser("haldur@example.ee", "Hannes Haldur"),
            GrantTerms("operator", None, on, reason="Näidise haldaja"),
        ),
        (
            NewUser("sotsiaalosakond@kasesaluvald.example.ee", "Kadri Karjamaa"),
            GrantTerms(
                "municipality",
                stage.houses["kasesalu"].provider_id,
                BEGAN,
                funder=MUNICIPALITY,
                reason=f"{MUNICIPALITY_NAME} rahastab komponenditeenuseid.",
            ),
        ),
        (
            NewUser("audiitor@example.ee", "Enn Eenpalu"),
            GrantTerms(
                "auditor",
                None,
                on,
                on + timedelta(days=_AUDIT_DAYS),
                reason="Järelevalve: arvelduse pisteline kontroll (näidis).",
            ),
        ),
    )
    for newcomer, terms in outsiders:
        _let_in(stage, newcomer, terms, (by, on))


def show_own_view(stage: Stage, house: House, person: Person, newcomer: NewUser, why: str) -> None:
    """Let a person, or who speaks for them, see what is kept about the person."""
    on = stage.today
    terms = GrantTerms("person", house.provider_id, on, person_id=person.pk, reason=why)
    _let_in(stage, newcomer, terms, (house.director, on))
