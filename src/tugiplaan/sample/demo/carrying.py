"""How three people's plans are carried out in the demo: network work, tasks, advice, summaries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tugiplaan.accounts.access import User
from tugiplaan.delivery.actions.assignments import (
    TaskDraft,
    finish_task,
    give_task,
    give_up_task,
)
from tugiplaan.delivery.actions.consultations import (
    CONSULTATION,
    Answer,
    Question,
    ask_specialist,
    record_consultation,
)
from tugiplaan.delivery.actions.consultations import (
    Stage as Asked,
)
from tugiplaan.delivery.actions.network import ContactDraft, record_contact
from tugiplaan.delivery.actions.records import record
from tugiplaan.delivery.entries import ComponentEntry, HourEntry
from tugiplaan.delivery.queries.summing_up import SummedUp, draft_summary
from tugiplaan.people.actions import Member, add_network_member
from tugiplaan.plans.actions import (
    Advice,
    DomainNeed,
    GoalOutcome,
    Outcome,
    SummaryDraft,
    approve_summary,
    record_summary_sent,
    write_plan_summary,
    write_summary,
)
from tugiplaan.plans.endings import last_agreed, plans_without_referral
from tugiplaan.pricelists.actions import ListPrice, add_component_price
from tugiplaan.rules.calendar import is_working_day
from tugiplaan.rules.period import add_months
from tugiplaan.rules.vocabulary import Audience, Mode, Tier
from tugiplaan.sample.demo.organisations import MUNICIPALITY
from tugiplaan.sample.demo.stage import Guest, House, Stage


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody whose whole case the demo tells, and who is around them."""

    house: str
    key: str
    doctor: str
    sister: str = ""


ULO = Persona("kogukonnakodu", "T1", "Maret Metsaots", "Piret Üleoja")
OIE = Persona("hooldekodu", "S1", "Ants Allikas", "Leili Õispuu")
ZORZ = Persona("kasesalu", "M1", "Tiina Tamm")
_OUTCOMES = (Outcome.MET, Outcome.PARTLY, Outcome.NOT_MET)
_REASONS = {
    Outcome.MET: "Teeb seda nüüd ise.",
    Outcome.PARTLY: "Vajab veel meeldetuletust, eriti halvematel päevadel.",
    Outcome.NOT_MET: "Haigus segas; eesmärk jääb järgmisesse plaani.",
}
# How many days ago, the kind, the field, with whom (empty: the doctor), what was agreed.
_WORK = (
    (160, "coordination", "", "meeskond", "Vaatasime plaani üle ja jagasime ülesanded."),
    (140, "health", "health", "", "Leppisime kokku esimese vastuvõtu ja sõitsime koos kohale."),
    (118, "network", "social", "õde", "Õde tuleb kord kuus külla."),
    (96, "advice", "municipality", "valla sotsiaaltöötaja", "Rääkisime, mis abi vallast saab."),
    (75, "money", "employment", "töötukassa", "Esitasime töövõime hindamise taotluse."),
    (61, "community", "community", "naabrid", "Selgitasime, kellele muret korral helistada."),
    (40, "community_services", "community", "raamatukogu", "Leidsime lugemisringi."),
    (26, "guardianship", "municipality", "valla jurist", "Selgitasime, mida eestkoste tähendab."),
    (12, "health", "health", "", "Perearst pikendas retsepti; järgmine aeg on kolme kuu pärast."),
)
_PRICE = Decimal(80)
_TOGETHER = 45
_MONTHS_AHEAD = 3
_DAYS_IN_HAND = 10
_WAITS, _WAITED_DAYS = ("hooldekodu", "C1"), 24


def carry_out(stage: Stage) -> None:
    """Let three people's plans be carried out, and sum them up.

    Args:
        stage: What is shared; nothing of its chance is used, so that the rest stays as it is.
    """
    for persona in (ULO, OIE, ZORZ):
        house = stage.houses[persona.house]
        guest = house.guests[persona.key]
        _surround(house, guest, persona.sister)
        _work_around(stage, house, guest, persona.doctor)
        _give_tasks(stage, house, guest)
    _ask_for_advice(stage)
    _be_together(stage)
    _sum_up(stage)


def _worker(house: House, guest: Guest) -> User:
    return house.users[guest.part.worker]


def _surround(house: House, guest: Guest, sister: str) -> None:
    if sister:
        on = guest.part.arrives
        member = Member(name=sister, role="õde", valid_from=on)
        add_network_member(person=guest.person, member=member, by=house.manager, on=on)


def _work_around(stage: Stage, house: House, guest: Guest, doctor: str) -> None:
    by, person = _worker(house, guest), guest.person
    first = stage.today - timedelta(days=200)
    member = add_network_member(
        person=person,
        member=Member(
            name=doctor, role="perearst", organisation="Näidise perearstikeskus", valid_from=first
        ),
        by=house.manager,
        on=first,
    )
    for ago, kind, field, whom, text in _WORK:
        day = stage.today - timedelta(days=ago)
        draft = ContactDraft(
            day=day,
            kind=kind,
            field=field,
            member_id=None if whom else member.pk,
            with_whom=whom,
            text=text,
            goal_id=guest.goal_of(guest.stays[0].referral.pk if guest.stays else None, day),
        )
        record_contact(person=person, draft=draft, by=by, on=day)


def _give_tasks(stage: Stage, house: House, guest: Guest) -> None:
    by, day = _worker(house, guest), stage.today - timedelta(days=20)

    def give(text: str, due_in: int) -> Any:
        due_on = stage.today + timedelta(days=due_in)
        draft = TaskDraft(text=text, owner_id=by.pk, due_on=due_on)
        return give_task(person=guest.person, draft=draft, by=by, on=day)

    give("Helistada perearstile analüüside pärast.", {"T1": -2, "S1": 0}.get(guest.part.key, 5))
    row = give("Saata taotlus töövõime hindamiseks.", -6)
    end: dict[str, Any] = {"by": by, "on": stage.today - timedelta(days=8)}
    if guest.part.key == "S1":
        give_up_task(row=row, why="Inimene ei soovi praegu tööd otsida.", **end)
    else:
        finish_task(row=row, note="Taotlus on esitatud.", **end)


def _ask_for_advice(stage: Stage) -> None:
    """Ask an outside specialist about Žorž; the municipality pays for it from this month on."""
    house = stage.houses[ZORZ.house]
    guest, today = house.guests[ZORZ.key], stage.today
    by = _worker(house, guest)
    price = ListPrice(
        *(MUNICIPALITY, "B2", Mode.INDIVIDUAL, Audience.PROVIDER, Tier.BASE),
        *("Välise spetsialisti konsultatsioon", _PRICE, today.replace(day=1), None),
        source="Näidis: hinnakirja alusdokument",
        is_confirmed=True,
    )
    who: dict[str, Any] = {"by": house.director, "on": today}
    add_component_price(provider_id=house.provider_id, price=price, why="", **who)
    asked = today - timedelta(days=21)
    question = Question(
        stage=Asked.REVIEW,
        asked_on=asked,
        question="Inimene keeldub abist, sest ei pea end haigeks. Kuidas luua kontakt?",
        expert="Uku Uustal",
        competence="psühhiaater, töö raske psüühikahäirega inimestega",
    )
    row = ask_specialist(person=guest.person, question=question, by=by, on=asked)
    answer = Answer(
        held_on=today,
        minutes=90,
        outcome="Alustada sellest, mis talle endale tähtis on; kohtuda lühidalt ja sageli.",
    )
    entry = _hours(house, guest, today, 90)
    record_consultation(row=row, answer=answer, entry=entry, by=by, on=today)


def _hours(house: House, guest: Guest, day: date, minutes: int) -> ComponentEntry:
    return ComponentEntry(
        person_id=guest.person.pk,
        day=day,
        minutes=minutes,
        worker_id=house.workers[guest.part.worker],
        funder=MUNICIPALITY,
        component="B2",
        audience=Audience.PROVIDER,
        activity=CONSULTATION,
    )


def _be_together(stage: Stage) -> None:
    """Record this month's time with Õie, who gets care by the day, for the goals it served."""
    house = stage.houses[OIE.house]
    guest = house.guests[OIE.key]
    worker = guest.part.worker
    referral_id = guest.stays[0].referral.pk
    days = [stage.today.replace(day=number) for number in range(1, stage.today.day)]
    entries = [
        HourEntry(
            referral_id=referral_id,
            day=day,
            minutes=_TOGETHER,
            worker_id=house.workers[worker],
            start=house.book(worker, day, _TOGETHER),
            activity="jalutuskäik",
            goal_id=guest.goal_of(referral_id, day),
        )
        for day in days
        if is_working_day(day)
    ]
    if entries:
        by = house.users[worker]
        record(provider_id=house.provider_id, entries=entries, by=by, on=stage.today)


def _sum_up(stage: Stage) -> None:
    """Write the summaries: of the three they are sent, of somebody else one waits."""
    for who in (ULO, OIE):
        house = stage.houses[who.house]
        guest = house.guests[who.key]
        due = add_months(guest.stays[0].referral.valid_to, -_MONTHS_AHEAD)
        day = min(due, stage.today) - timedelta(days=_DAYS_IN_HAND)
        _send(house, _sum_up_stay(house, guest, day), day)
    house = stage.houses[ZORZ.house]
    guest, day = house.guests[ZORZ.key], stage.today - timedelta(days=_DAYS_IN_HAND)
    plan = plans_without_referral(house.provider_id, [guest.person.pk], day)[0]
    draft = _summary(house, guest, SummedUp(plan, None, plan.valid_from, day))
    _send(house, write_plan_summary(plan=plan, draft=draft, by=_worker(house, guest), on=day), day)
    house = stage.houses[_WAITS[0]]
    day = stage.today - timedelta(days=_WAITED_DAYS)
    _sum_up_stay(house, house.guests[_WAITS[1]], day)


def _sum_up_stay(house: House, guest: Guest, day: date) -> Any:
    referral = guest.stays[0].referral
    plan = last_agreed(house.provider_id, referral.pk, day)
    draft = _summary(house, guest, SummedUp(plan, referral.pk, guest.part.arrives, day))
    return write_summary(stay=guest.stays[0], draft=draft, by=_worker(house, guest), on=day)


def _send(house: House, row: Any, written_on: date) -> None:
    """Approve a summary and record that it was sent, the day after it was written."""
    day = written_on + timedelta(days=1)
    who: dict[str, Any] = {"by": house.manager, "on": day}
    row = approve_summary(row=row, **who)
    record_summary_sent(row=row, sent_on=day, **who)


def _summary(house: House, guest: Guest, of: SummedUp) -> SummaryDraft:
    basis = draft_summary(house.provider_id, [guest.person.pk], of)
    goals: Sequence[GoalOutcome] = [
        GoalOutcome(
            one.goal.goal.text,
            (outcome := _OUTCOMES[number % len(_OUTCOMES)]),
            _REASONS[outcome],
            domain=one.goal.goal.domain,
            minutes=one.minutes,
        )
        for number, one in enumerate(basis.goals)
    ]
    return SummaryDraft(
        goals=goals,
        done="\n".join(basis.done),
        need="Igapäevased toimingud teeb enamasti ise, raha ja tervise asjus vajab tuge.",
        needs=[
            DomainNeed(2, "Vajab meeldetuletust ravimite võtmisel."),
            DomainNeed(7, "Vajab nõu suuremate ostude ees."),
        ],
        own_view="Mulle meeldib siin elada. Tahan rohkem ise otsustada.",
        advice=Advice.CONTINUE,
        recommendation="Jätkata samas mahus; rohkem tähelepanu tervise eest hoolitsemisele.",
        took_part=f"{guest.person}, tegevusjuhendaja, teenusejuht",
    )
