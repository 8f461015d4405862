"""Papers of the demo: plans made for people to sign, and a notice that went out."""

from datetime import date, timedelta
from uuid import UUID

from tugiplaan.documents.papers import (
    Addressee,
    Paper,
    Sending,
    Way,
    record_paper_sent,
)
from tugiplaan.interoperability.papers.codes import PaperKind
from tugiplaan.interoperability.papers.making import make_paper
from tugiplaan.interoperability.papers.order import Order
from tugiplaan.plans.queries import plans_in_force
from tugiplaan.rules.tables import builtin
from tugiplaan.sample.demo.stage import Guest, House, Stage

_MADE_BEFORE = timedelta(days=12)
_SENT_BEFORE = timedelta(days=10)
_DOUBT = (
    "Ülo valmistab ise sooja toidu ja käib üksi asju ajamas. Tema arvates piisaks vähemast abist. "
    "Palume koos üle vaadata, milline teenus talle nüüd sobib."
)
_WENT = (
    (Addressee.PERSON, Way.HAND),
    (Addressee.REPRESENTATIVE, Way.EMAIL),
    (Addressee.AUTHORITY, Way.SYSTEM),
)
_PLANS = (("kogukonnakodu", "T1"), ("hooldekodu", "S1"), ("kasesalu", "M1"))


def make_papers(stage: Stage) -> None:
    """Make the plans of three people as papers, and tell of a doubt that a service still fits."""
    on = stage.today - _MADE_BEFORE
    for key, guest_key in _PLANS:
        house = stage.houses[key]
        guest = house.guests[guest_key]
        plans = plans_in_force(house.provider_id, [guest.person.pk], on)
        for plan in plans[:1]:
            for kind in (PaperKind.PLAN, PaperKind.PLAIN_PLAN):
                _make(house, guest, (kind, plan.pk), on)
    house = stage.houses["kogukonnakodu"]
    guest = house.guests["T1"]
    doubted = PaperKind.MISFIT, guest.stays[0].referral.pk
    notice = _make(house, guest, doubted, on, note=_DOUBT)
    for to_whom, way in _WENT:
        sending = Sending(to_whom, way, stage.today - _SENT_BEFORE)
        record_paper_sent(paper=notice, sending=sending, by=house.manager, on=sending.sent_on)


def _make(
    house: House, guest: Guest, of: tuple[PaperKind, UUID], on: date, *, note: str = ""
) -> Paper:
    kind, about = of
    order = Order(guest.person, (guest.person.pk,), about, on, builtin(), note)
    return make_paper(order=order, kind=kind, language="et", by=house.manager)
