"""The people of a day as cards: what is planned, what was done, how the month stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tugiplaan.delivery.queries.done import Done
from tugiplaan.delivery.queries.today import MyDay, PersonDay, Visit, Volume
from tugiplaan.web.today.naming import Names, activity_codes, away_name, service_name
from tugiplaan.web.today.what import What, component_label


@dataclass(frozen=True, slots=True)
class Planned:
    """A visit that is planned for the day.

    Attributes:
        is_done: Something was recorded that names it or its goal.
    """

    visit: Visit
    is_done: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One record of the day."""

    row: Done
    label: str

    @property
    def text(self) -> str:
        """What was done; where no line says so, which help it was."""
        codes = activity_codes()
        return self.row.activity if self.row.activity not in {"", *codes} else self.label


@dataclass(frozen=True, slots=True)
class Meter:
    """Minutes of the month against what is planned; planned 0: not said."""

    label: str
    used: int
    planned: int

    @property
    def is_over(self) -> bool:
        return bool(self.planned) and self.used > self.planned


@dataclass(frozen=True, slots=True)
class Card:
    """One person of the day."""

    person: Any
    services: tuple[str, ...]
    away: str
    planned: tuple[Planned, ...]
    lines: tuple[Line, ...]
    meters: tuple[Meter, ...]


def cards_of(day: MyDay, names: Names) -> list[Card]:
    """Give the people of a day as cards: those with something left to do first, then by name."""
    cards = [_card(one, names) for one in day.people]
    return sorted(cards, key=lambda card: all(one.is_done for one in card.planned))


def _card(one: PersonDay, names: Names) -> Card:
    services = {referral.pk: service_name(referral.service) for referral in one.referrals}
    return Card(
        person=one.person,
        services=tuple(dict.fromkeys(services.values())),
        away=away_name(one.away) if one.away else "",
        planned=tuple(
            Planned(visit, _is_done(visit, one.done))
            for visit in one.visits
            if visit.is_today and visit.weekdays is not None
        ),
        lines=tuple(Line(row, _label(row, services, names)) for row in one.done),
        meters=tuple(_meter(volume, services, names) for volume in one.volumes),
    )


def _is_done(visit: Visit, done: Iterable[Done]) -> bool:
    return any(
        row.activity.casefold() == visit.text[:200].casefold() or row.goal_id == visit.goal_id
        for row in done
    )


def _label(row: Done, services: dict[UUID, str], names: Names) -> str:
    if row.kind == "component":
        return component_label(What.of_done(row), names)
    return services.get(row.of, "")


def _meter(volume: Volume, services: dict[UUID, str], names: Names) -> Meter:
    name = names.component(volume.component) if volume.component else ""
    if volume.referral_id is not None:
        name = services.get(volume.referral_id, "")
    return Meter(name, volume.used, round(volume.planned or 0))


def answer_of(cards: Iterable[Card], day: date, today: date) -> str:
    """Say in words how a day stands."""
    found = list(cards)
    people = ngettext("{n} inimene", "{n} inimest", len(found)).format(n=len(found))
    left = sum(not one.is_done for card in found for one in card.planned if not card.away)
    done = sum(len(card.lines) for card in found)
    when = _("{people} täna") if day == today else "{people}"
    told = [when.format(people=people)]
    if left:
        told.append(
            ngettext("{n} kavandatud tegevus tegemata", "{n} kavandatud tegevust tegemata", left)
            .format(n=left)
        )  # fmt: skip
    if done:
        told.append(ngettext("{n} kirje olemas", "{n} kirjet olemas", done).format(n=done))
    return ", ".join(told) + "."
