"""What was done as one choice of a form: a service's hours, its day, or a component."""

from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from tugiplaan.delivery.entries import ComponentEntry, DayEntry, Entry, HourEntry
from tugiplaan.delivery.queries.choices import Choices
from tugiplaan.delivery.queries.done import Done
from tugiplaan.delivery.queries.today import PersonDay
from tugiplaan.referrals.queries import Referral
from tugiplaan.rules.services import UNITS, kind_of
from tugiplaan.rules.vocabulary import Audience, DayKind, Mode, Service, Variant
from tugiplaan.web.today.naming import Names, audience_name, day_kind_name, mode_name, service_name


@dataclass(frozen=True, slots=True)
class What:
    """One choice. Its key stands in forms.

    Attributes:
        kind: `hour`, `day` or `component`.
        referral_id: Of hours and days.
        day_kind: Of days.
    """

    kind: str
    referral_id: UUID | None = None
    day_kind: DayKind | None = None
    funder: str = ""
    component: str = ""
    mode: Mode = Mode.INDIVIDUAL
    audience: Audience = Audience.PERSON

    @property
    def key(self) -> str:
        if self.kind == "hour":
            return f"hour:{self.referral_id}"
        if self.kind == "day":
            return f"day:{self.referral_id}:{self.day_kind}"
        return f"component:{self.funder}:{self.component}:{self.mode}:{self.audience}"

    @property
    def _referral(self) -> UUID:
        if self.referral_id is None:
            raise ValueError(self.key)
        return self.referral_id

    @classmethod
    def of_key(cls, key: str) -> Self:
        """Read a key.

        Raises:
            ValueError: It is none.
        """
        kind, *rest = key.split(":")
        if kind == "hour" and len(rest) == 1:
            return cls("hour", UUID(rest[0]))
        if kind == "day" and len(rest) == 2:
            return cls("day", UUID(rest[0]), DayKind(rest[1]))
        if kind == "component" and len(rest) == 4:
            funder, component, mode, audience = rest
            return cls("component", None, None, funder, component, Mode(mode), Audience(audience))
        raise ValueError(key)

    @classmethod
    def of_done(cls, row: Done) -> Self:
        """Give what a line of records was."""
        if row.kind == "component":
            values = (row.funder, row.what, Mode(row.mode), Audience(row.audience))
            return cls("component", None, None, *values)
        if row.kind == "day":
            return cls("day", row.of, DayKind(row.what))
        return cls("hour", row.of)

    @classmethod
    def of_record(cls, record: Any) -> Self:
        """Give what a stored record is."""
        if hasattr(record, "component"):
            values = (record.funder, record.component, Mode(record.mode), Audience(record.audience))
            return cls("component", None, None, *values)
        if hasattr(record, "kind"):
            return cls("day", record.referral_id, DayKind(record.kind))
        return cls("hour", record.referral_id)

    def entry(self, person_id: UUID, **values: Any) -> Entry:
        """Give the entry that a form says.

        Args:
            person_id: Whose.
            values: id, day; and for hours minutes, worker_id, start, activity, goal_id, and the
                audience where it is not that of the choice.
        """
        if self.kind == "day":
            kept = {key: values[key] for key in ("id", "day")}
            return DayEntry(referral_id=self._referral, kind=DayKind(self.day_kind or ""), **kept)
        audience = values.pop("audience", None) or self.audience
        if self.kind == "hour":
            return HourEntry(referral_id=self._referral, audience=audience, **values)
        return ComponentEntry(
            person_id=person_id,
            funder=self.funder,
            component=self.component,
            mode=self.mode,
            audience=audience,
            **values,
        )


@dataclass(frozen=True, slots=True)
class WhatChoice:
    """A choice with what it is called."""

    what: What
    label: str

    @property
    def key(self) -> str:
        return self.what.key


def of_referral(referral: Referral) -> list[WhatChoice]:
    """Give what can be recorded under a referral: hours, or days of day and week care."""
    name = service_name(referral.service)
    if kind_of(Service(referral.service), Variant(referral.variant)).family != UNITS:
        return [WhatChoice(What("hour", referral.pk), name)]
    return [
        WhatChoice(What("day", referral.pk, kind), f"{day_kind_name(kind)} · {name}")
        for kind in DayKind
    ]


def component_label(what: What, names: Names) -> str:
    """Name a component, with what is out of the ordinary about it."""
    more = [names.component(what.component)]
    if what.mode is not Mode.INDIVIDUAL:
        more.append(mode_name(what.mode))
    if what.audience is not Audience.PERSON:
        more.append(audience_name(what.audience))
    return " · ".join(more)


def of_choices(choices: Choices, names: Names) -> list[WhatChoice]:
    """Give what a person's form offers, in the order of use, what was done last first."""
    found = [one for referral in choices.referrals for one in of_referral(referral)]
    for one in choices.components:
        what = What("component", None, None, one.funder, one.component, one.mode, one.audience)
        found.append(WhatChoice(what, component_label(what, names)))
    last = What.of_done(choices.last) if choices.last else None
    return sorted(found, key=lambda one: one.what != last)


def of_person_day(person: PersonDay, names: Names) -> list[WhatChoice]:
    """Give what can be recorded of a person on a day, as the day itself knows it."""
    found = [one for referral in person.referrals for one in of_referral(referral)]
    whats = [
        What("component", None, None, one.funder, one.component, Mode(one.mode))
        for one in person.volumes
        if one.component
    ]
    found += [WhatChoice(what, component_label(what, names)) for what in dict.fromkeys(whats)]
    return found
