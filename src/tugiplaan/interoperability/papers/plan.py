"""The activity plan on paper, and the same in plain language."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tugiplaan.audit.language import show_day
from tugiplaan.interoperability.papers.content import Fact, Section, Table, facts_of
from tugiplaan.interoperability.papers.order import (
    Drawn,
    Head,
    Offer,
    Order,
    Title,
    head_of,
    laid_out,
    signing,
)
from tugiplaan.interoperability.papers.words import (
    day_words,
    domain_words,
    minutes_words,
    named,
    period_words,
    service_words,
)
from tugiplaan.plans.histories import History, histories
from tugiplaan.plans.on_paper import plan_with_id
from tugiplaan.plans.queries import GoalTree, PlanTree, plan_tree
from tugiplaan.pricelists.queries import component_prices_of
from tugiplaan.rules.vocabulary import Audience, Mode


@dataclass(frozen=True, slots=True)
class ActivityValues:
    """What is done for a goal; all in words."""

    text: str
    schedule: str
    responsible: str
    time: str


@dataclass(frozen=True, slots=True)
class GoalValues:
    """A goal of a plan; all in words."""

    number: int
    text: str
    domain: str
    due: str
    activities: tuple[ActivityValues, ...]


@dataclass(frozen=True, slots=True)
class PackageValues:
    """A line of a package of component services; all in words."""

    component: str
    how: str
    time: str
    period: str


@dataclass(frozen=True, slots=True)
class AgreementValues:
    """What a party said to the plan, and when; all in words."""

    party: str
    state: str
    day: str
    why: str


@dataclass(frozen=True, slots=True)
class PlanValues:
    """An activity plan; all in words.

    Attributes:
        plain: The plan in plain language, if somebody wrote it.
    """

    head: Head
    number: int
    service: str
    referral: str
    purpose: str
    made: str
    period: str
    recovery_stage: str
    wishes: str
    plain: str
    goals: tuple[GoalValues, ...]
    package: tuple[PackageValues, ...]
    agreements: tuple[AgreementValues, ...]


def plan_rows(order: Order) -> tuple[History, ...]:
    """Give the plans of a person, each with its versions. Two queries."""
    return histories(order.provider_id, order.day, order.entries).plans


def plan_offers(found: tuple[History, ...]) -> list[Offer]:
    """Give the latest version of each plan."""
    return [
        Offer(
            one.versions[-1].plan_id,
            _("versioon {number}, {period}").format(
                number=one.versions[-1].number,
                period=period_words(one.versions[-1].valid_from, one.versions[-1].valid_to),
            ),
        )
        for one in found
    ]


def plan_values(order: Order) -> PlanValues:
    """Give what a plan says.

    Args:
        order: About a version of a plan.

    Raises:
        ObjectDoesNotExist: The person has no such plan.

    Law: SHS § 85(1)–(2).
    """
    plan = plan_with_id(order.provider_id, order.entries, order.about)
    tree, referral = plan_tree(plan), plan.referral
    return PlanValues(
        head=head_of(order),
        number=plan.number,
        service=service_words(referral.service, referral.variant) if referral else "",
        referral=_("{code}, {period}").format(
            code=referral.code, period=period_words(referral.valid_from, referral.valid_to)
        )
        if referral
        else "",
        purpose=referral.purpose if referral else "",
        made=show_day(plan.made_on),
        period=period_words(plan.valid_from, plan.valid_to),
        recovery_stage=plan.recovery_stage,
        wishes=plan.wishes,
        plain=plan.plain,
        goals=tuple(_goal(one) for one in tree.goals),
        package=_package(order, tree),
        agreements=_agreements(tree),
    )


def _goal(tree: GoalTree) -> GoalValues:
    goal = tree.goal
    return GoalValues(
        number=goal.number,
        text=goal.text,
        domain=domain_words(goal.domain),
        due=day_words(goal.due_on),
        activities=tuple(
            ActivityValues(
                text=one.text,
                schedule=one.schedule,
                responsible=one.responsible.name if one.responsible else "",
                time=minutes_words(one.planned_minutes),
            )
            for one in tree.activities
        ),
    )


def _package(order: Order, tree: PlanTree) -> tuple[PackageValues, ...]:
    if not tree.package:
        return ()
    prices = component_prices_of(order.provider_id).values_list("component", "name")
    names = {code: name for code, name in prices if name}
    return tuple(
        PackageValues(
            component=names.get(one.component, one.component),
            how=f"{named(Mode, one.mode)}, {named(Audience, one.audience)}",
            time=minutes_words(one.planned_minutes),
            period=period_words(one.valid_from, one.valid_to),
        )
        for one in tree.package
    )


def _agreements(tree: PlanTree) -> tuple[AgreementValues, ...]:
    return tuple(
        AgreementValues(
            party=_party(one.party),
            state=one.get_state_display(),
            day=show_day(one.day),
            why=one.why,
        )
        for one in tree.states
        if one.party
    )


def _party(code: str) -> str:
    return {
        "person": _("inimene"),
        "representative": _("esindaja"),
        "network": _("võrgustik"),
        "provider": _("teenuseosutaja"),
    }.get(code, code)


def draw_plan(order: Order) -> Drawn:
    """Draw an activity plan."""
    values = plan_values(order)
    facts = facts_of(
        (_("Teenus"), values.service or _("teenuskomponendid")),
        (_("Suunamisotsus"), values.referral),
        (_("Teenuse eesmärk"), values.purpose),
        (_("Plaan"), _("versioon {number}").format(number=values.number)),
        (_("Koostatud"), values.made),
        (_("Kehtib"), values.period),
        (_("Taastumisaste"), values.recovery_stage),
    )
    sections = [_wishes(values), _goals(values), _package_section(values), _agreed(values)]
    content = laid_out(
        values.head,
        Title(_("Tegevusplaan"), "SHS § 85"),
        facts,
        tuple(part for group in sections for part in group),
        signing(values.head),
    )
    return Drawn(values, content)


def _wishes(values: PlanValues) -> list[Section]:
    return [Section(_("Soovid ja huvid"), (values.wishes,))] if values.wishes else []


def _goals(values: PlanValues) -> list[Section]:
    found = [Section(_("Eesmärgid ja tegevused"))]
    head = (_("Tegevus"), _("Ajakava"), _("Vastutaja"), _("Aeg kuus"))
    for goal in values.goals:
        rows = tuple((one.text, one.schedule, one.responsible, one.time) for one in goal.activities)
        found.append(
            Section(
                heading=f"{goal.number}. {goal.text}",
                facts=facts_of((_("Eluvaldkond"), goal.domain), (_("Tähtaeg"), goal.due)),
                table=Table(head, (9, 5, 5, 3), rows) if rows else None,
                level=3,
            )
        )
    return found


def _package_section(values: PlanValues) -> list[Section]:
    if not values.package:
        return []
    head = (_("Komponent"), _("Kuidas"), _("Aeg kuus"), _("Kehtib"))
    rows = tuple((one.component, one.how, one.time, one.period) for one in values.package)
    return [Section(_("Teenuskomponentide pakett"), table=Table(head, (8, 5, 3, 5), rows))]


def _agreed(values: PlanValues) -> list[Section]:
    facts = tuple(
        Fact(one.party, " · ".join(part for part in (one.state, one.day, one.why) if part))
        for one in values.agreements
    )
    return [Section(_("Kokkulepped"), facts=facts)] if facts else []


def draw_plain_plan(order: Order) -> Drawn:
    """Draw the plan in plain language: for the person."""
    values = plan_values(order)
    own = [Section("", tuple(values.plain.split("\n\n")))] if values.plain else []
    wishes = [Section(_("Mida ma soovin"), (values.wishes,))] if values.wishes else []
    goals = [
        Section(
            heading=f"{goal.number}. {goal.text}",
            paragraphs=(
                *(_plain_activity(one) for one in goal.activities),
                *((_("Valmis hiljemalt {day}.").format(day=goal.due),) if goal.due else ()),
            ),
            level=3,
        )
        for goal in values.goals
    ]
    content = laid_out(
        values.head,
        Title(_("Minu plaan"), is_plain=True),
        facts_of((_("Plaan kehtib"), values.period)),
        (*own, *wishes, Section(_("Mida me koos teeme")), *goals),
        signing(values.head),
    )
    return Drawn(values, content)


def _plain_activity(one: ActivityValues) -> str:
    with_whom = _("Aitab {name}.").format(name=one.responsible) if one.responsible else ""
    when = _("Millal: {schedule}.").format(schedule=one.schedule) if one.schedule else ""
    return " ".join(part for part in (f"{one.text.rstrip('.')}.", when, with_whom) if part)
