"""What the houses of the demo did in time: notices told and sent, papers kept in the case file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tugiplaan.delivery.actions.care import Happening, report_incident
from tugiplaan.documents.actions import File, Retention, store_document
from tugiplaan.documents.papers import Addressee, Sending, Way, record_paper_sent
from tugiplaan.interoperability.papers.codes import PaperKind
from tugiplaan.interoperability.papers.making import make_paper
from tugiplaan.interoperability.papers.order import Order
from tugiplaan.rules.period import add_months
from tugiplaan.rules.tables import builtin
from tugiplaan.sample.demo.house_life import moment
from tugiplaan.sample.demo.stage import Guest, House, Stage

_TO_ALL = (
    (Addressee.PERSON, Way.HAND),
    (Addressee.REPRESENTATIVE, Way.EMAIL),
    (Addressee.AUTHORITY, Way.SYSTEM),
)
_TO_AUTHORITY = _TO_ALL[-1:]
# Whose end was told in time: the house, the person, and how many months ahead it is due.
_ENDS = (
    ("kogukonnakodu", "T1", 6),
    ("hooldekodu", "S1", 6),
    ("hooldekodu", "C1", 6),
    ("kogukonnakodu", "K4", 6),
)
_DAYS_IN_HAND = 10
_FELL = 48
"""How many days ago something happened to one of the three."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A paper of a case file: how many days after the arrival it was stored."""

    kind: str
    title: str
    days: int
    retention: Retention


_OF_ALL = (
    Kept("other", "Isikut tõendava dokumendi koopia", 0, Retention.CARE),
    Kept(
        "other", "Kodukord, õigused ja kaebuste kord: loetud ja selgitatud", 0,
        Retention.CARE,
    ),
)  # fmt: skip
_REFERRED = (
    Kept("referral", "Suunamisotsus", -18, Retention.CARE),
    Kept("health_certificate", "Tervisetõend", 0, Retention.CARE),
)
_FILES = (
    ("kogukonnakodu", "T1", (*_REFERRED, *_OF_ALL)),
    ("hooldekodu", "S1", (*_REFERRED, *_OF_ALL)),
    ("kasesalu", "M1", _OF_ALL),
)


def lay_in_time(stage: Stage) -> None:
    """Keep the papers of three case files, send what was due, and report what happened."""
    for key, guest_key, kept in _FILES:
        house = stage.houses[key]
        _keep(house, house.guests[guest_key], kept)
    for key, guest_key, months in _ENDS:
        house = stage.houses[key]
        guest = house.guests[guest_key]
        due = add_months(guest.stays[0].referral.valid_to, -months)
        day = min(due, stage.today) - timedelta(days=_DAYS_IN_HAND)
        send(house, guest, PaperKind.END_NOTICE, day)
    _report(stage)


def send(
    house: House, guest: Guest, kind: PaperKind, day: date, *, learned_on: date | None = None
) -> None:
    """Make a notice about a person's first referral, and send it to whom it must reach.

    Args:
        house: Which house tells it.
        guest: About whom.
        kind: Which notice.
        day: When it is made and sent.
        learned_on: When the house learned of it, where the facts do not say so.
    """
    about = guest.stays[0].referral.pk
    order = Order(guest.person, (guest.person.pk,), about, day, builtin(), learned_on=learned_on)
    who: dict[str, Any] = {"by": house.manager}
    paper = make_paper(order=order, kind=kind, language="et", **who)
    to_whom = _TO_ALL if kind is PaperKind.END_NOTICE else _TO_AUTHORITY
    for addressee, way in to_whom:
        record_paper_sent(paper=paper, sending=Sending(addressee, way, day), on=day, **who)


def _keep(house: House, guest: Guest, kept: Sequence[Kept]) -> None:
    for one in kept:
        day = guest.part.arrives + timedelta(days=one.days)
        text = (
            f"{one.title}\n{guest.person}\n{day:%d.%m.%Y}\nNäidis: päris dokumenti siin ei ole.\n"
        )
        file = File(one.kind, one.title, "text/plain", text.encode(), one.retention, day)
        store_document(
            provider_id=house.provider_id,
            person_id=guest.person.pk,
            file=file,
            by=house.manager,
            on=day,
        )


def _report(stage: Stage) -> None:
    house = stage.houses["hooldekodu"]
    day = stage.today - timedelta(days=_FELL)
    happening = Happening(
        person_id=house.guests["S1"].person.pk,
        happened_at=moment(day, "15:20"),
        kind="kukkumine",
        text="Libises aias märjal murul. Ei saanud viga.",
        measures="Aitasime püsti, jõime sooja teed ja rääkisime juhtunust. Aiatee liivatati.",
        place_id=house.places["SUUR"],
    )
    by = house.users["T2"]
    report_incident(provider_id=house.provider_id, happening=happening, by=by, on=day)
