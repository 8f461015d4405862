"""Laying the demo: each house is founded, filled, and lives through its months to the last one."""

from collections.abc import Callable

from django.db import transaction

from tugiplaan.accounts.access import remembering_grants
from tugiplaan.accounts.actions import NewUser, operator
from tugiplaan.audit.queries import events_of
from tugiplaan.audit.recorder import NO_PROVIDER, acting
from tugiplaan.people.actions import Speaker, add_representative
from tugiplaan.rules.period import Month
from tugiplaan.sample.demo import roster
from tugiplaan.sample.demo.assessing import assess_again
from tugiplaan.sample.demo.billing import (
    LATE_AT,
    REOPENED_AT,
    close_and_reopen,
    correct_late_hours,
    invoice_month,
    leave_a_correction_waiting,
    prepare_month,
    prepare_unsourced_months,
)
from tugiplaan.sample.demo.care import Questions, assess, bring_questions
from tugiplaan.sample.demo.carrying import carry_out
from tugiplaan.sample.demo.contributions import agree, bill, pay_invoices
from tugiplaan.sample.demo.courses import Course, begin, draw, go_on
from tugiplaan.sample.demo.founding import found
from tugiplaan.sample.demo.house_life import LIVES_AT, live_last_days
from tugiplaan.sample.demo.in_time import lay_in_time
from tugiplaan.sample.demo.intake import lay_intake
from tugiplaan.sample.demo.organisations import ORGANISATIONS, Organisation
from tugiplaan.sample.demo.papers import make_papers
from tugiplaan.sample.demo.planning import leave_waiting
from tugiplaan.sample.demo.quality import lay_quality
from tugiplaan.sample.demo.recording import record_month
from tugiplaan.sample.demo.settling_in import settle_in
from tugiplaan.sample.demo.staffing import deputise, let_outsiders_in, show_own_view
from tugiplaan.sample.demo.stage import BEGAN, FIRST_MONTH, House, Stage
from tugiplaan.sample.demo.stories import STORIES

MARK = "sample.demo"
"""The event by which a database is known to be a demo."""
type Tell = Callable[[str], None]
_PARTS = {
    "paevakeskus": roster.DAY_CENTRE,
    "kogukonnakodu": roster.COMMUNITY_HOME,
    "hooldekodu": roster.CARE_HOME,
    "kasesalu": roster.SOCIAL_CENTRE,
}


def lay(stage: Stage, tell: Tell | None = None) -> None:
    """Lay the demo in a database without providers, all of it or nothing.

    Args:
        stage: The day on which somebody looks, and the seed: the same ones give the same
            people, records and sums.
        tell: Is told of each house and month that is begun.
    """
    say = tell or (lambda _text: None)
    with transaction.atomic(), remembering_grants():
        mark(stage)
        questions = bring_questions()
        for organisation in ORGANISATIONS:
            lay_house(stage, organisation, questions, say)
        let_outsiders_in(stage)
        for house in stage.houses.values():
            # After all of the past, so that this day changes nothing in it.
            record_month(stage, house, stage.months[-1].plus(1))
        lay_intake(stage)
        carry_out(stage)
        _show_own_views(stage)
        deputise(stage, stage.houses["kogukonnakodu"], "T2", "T1")
        leave_waiting(stage)
        assess_again(stage)
        lay_quality(stage)
        make_papers(stage)
        lay_in_time(stage)


def lay_house(stage: Stage, organisation: Organisation, questions: Questions, say: Tell) -> None:
    """Found a house, let those come who came before 2026, and let it live to the last month.

    Args:
        stage: What is shared.
        organisation: Which house.
        questions: With what people are assessed.
        say: Is told of each step.
    """
    house = found(stage, organisation)
    for part in _PARTS[organisation.key]:
        if part.arrives < FIRST_MONTH.first:
            say(f"{organisation.name}: {part.arrives:%m.%Y}")
            assess(stage, house, settle_in(stage, house, part), questions)
    _live(stage, house, questions, say)
    _spend_chance(stage, house)
    if organisation.key == LIVES_AT:
        live_last_days(stage, house)
    pay_invoices(stage, house)


def mark(stage: Stage) -> None:
    """Mark the database as a demo before anything else is in it."""
    why = "Näidis: väljamõeldud inimesed ja asutused."
    with acting(by=operator(), name=MARK, why=why) as act:
        act.details |= {"today": stage.today, "seed": stage.seed}


def is_demo() -> bool:
    """Tell whether the database was laid as a demo."""
    return events_of(NO_PROVIDER).filter(name=MARK).exists()


def _live(stage: Stage, house: House, questions: Questions, say: Tell) -> None:
    """Let a house live through its months."""
    key = house.organisation.key
    if not house.organisation.is_municipal:
        prepare_unsourced_months(house)
    for guest in house.guests.values():
        agree(house, guest)
    courses = [one for guest in house.guests.values() for one in begin(stage, house, guest)]
    for month in stage.months:
        say(f"{house.organisation.name}: {month.first:%m.%Y}")
        courses += _welcome(stage, house, month, questions)
        for when, happen in STORIES.get(key, ()):
            if when == month:
                happen(house)
        for course in courses:
            go_on(house, course, month.last)
        record_month(stage, house, month)
        _end_month(stage, house, month)
        if key == LATE_AT and month.plus(-1) == FIRST_MONTH:
            correct_late_hours(house)
    for course in courses:
        go_on(house, course, stage.today)
    if key == LATE_AT:
        leave_a_correction_waiting(stage, house)


def _spend_chance(stage: Stage, house: House) -> None:
    """Draw plans once more for nothing, so that the people of the next house stay who they are.

    Plans were once drawn here, after the months; now they are made before the hours for them.
    """
    for guest in house.guests.values():
        if not guest.part.is_awaited:
            draw(stage, house, guest, stage.rng, guest.part.service)


def _welcome(stage: Stage, house: House, month: Month, questions: Questions) -> list[Course]:
    """Let those come who come in a month; give what becomes of their plans."""
    courses = []
    for part in _PARTS[house.organisation.key]:
        if month.first <= part.arrives <= month.last:
            guest = settle_in(stage, house, part)
            if not part.is_awaited:
                assess(stage, house, guest, questions)
            agree(house, guest)
            courses += begin(stage, house, guest)
    return courses


def _end_month(stage: Stage, house: House, month: Month) -> None:
    """Invoice a month and the own contributions of it; leave the last two months open."""
    if month in stage.issued:
        invoice_month(house, month)
        if not house.organisation.is_municipal:
            bill(stage, house, month)
    elif house.organisation.key == REOPENED_AT and month == stage.months[-2]:
        close_and_reopen(house, month)
    else:
        prepare_month(house, month, stage.today)


def _show_own_views(stage: Stage) -> None:
    """Let a person, and the guardian of another, look at what is kept about them."""
    house, on = stage.houses["kogukonnakodu"], stage.today
    own, ward = house.guests["T1"].person, house.guests["K1"].person
    newcomer = NewUser("ulo.uleoja@example.ee", str(own))
    show_own_view(stage, house, own, newcomer, "Soovib oma andmeid näha.")
    guardian = Speaker(
        kind="guardian",
        name="Salme Sööbikmäe",
        valid_from=BEGAN,
        basis="Kohtumäärus eestkostja määramise kohta (näidis)",
        email="salme.soobikmae@example.ee",
    )
    add_representative(person=ward, speaker=guardian, by=house.manager, on=on)
    newcomer = NewUser(guardian.email, guardian.name)
    show_own_view(stage, house, ward, newcomer, f"Eestkostja: {ward}.")
