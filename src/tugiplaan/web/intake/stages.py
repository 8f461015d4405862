"""The way of a decision: decided, offered, agreed, arrived, ended; what is next and by when."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tugiplaan.referrals.queries import Answer, Offered
from tugiplaan.rules.deadlines import Deadline
from tugiplaan.rules.facts import Referral
from tugiplaan.web.people.labels import end_name
from tugiplaan.web.telling import day as show


@dataclass(frozen=True, slots=True)
class Next:
    """What is to be done next with a decision.

    Attributes:
        text: In words.
        due_on: Its last day; None where there is none.
        look: How the chip looks.
        icon: Its picture.
    """

    text: str
    due_on: date | None = None
    look: str = ""
    icon: str = "hourglass"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the way.

    Attributes:
        state: done, now or later.
        text: What is known of it.
    """

    name: str
    state: str
    text: str


def next_step(known: Referral, offered: Offered | None, window: Deadline | None, day: date) -> Next:
    """Say what is next.

    Args:
        known: The decision and its stay.
        offered: The latest offer.
        window: Until when the person must turn up.
    """
    if known.ended_on:
        return Next(_("Teenus lõppes {day}").format(day=show(known.ended_on)), icon="check")
    if known.arrived_on:
        text = _("Teenusel, tähtaeg {day}").format(day=show(known.valid_to))
        return Next(text, look="good", icon="check")
    if known.agreed_start:
        return _awaiting(_("Ootame saabumist"), window, day)
    if offered is None:
        return Next(_("Paku kohta või lepi algus kokku"), None, "look", "triangle-alert")
    if offered.answer is None:
        return _awaiting(_("Ootame vastust kohapakkumisele"), offered.due, day)
    if offered.answer.answer == Answer.ACCEPTED:
        return Next(_("Lepi algus kokku"), None, "look", "triangle-alert")
    return Next(_("Koht jäi vastu võtmata: mis edasi?"), None, "stop", "circle-alert")


def _awaiting(text: str, due: Deadline | None, day: date) -> Next:
    if due is None:
        return Next(text, None, "look")
    if due.is_overdue(day):
        late = _("{text}, aga tähtaeg on möödas").format(text=text)
        return Next(late, due.due_on, "stop", "circle-alert")
    return Next(text, due.due_on, "look")


def stages(known: Referral, offers: list[Offered], window: Deadline | None) -> list[Stage]:
    """Give the five stages of a decision in their order, the one that is next marked."""
    offered = offers[-1] if offers else None
    is_offered = known.agreed_start or known.arrived_on
    answered = offered is not None and offered.answer is not None
    accepted = answered and offered.answer.answer == Answer.ACCEPTED  # type: ignore[union-attr]
    rows = [
        (_("Otsus"), True, show(known.issued_on)),
        (_("Koht pakutud"), bool(is_offered or accepted), _offer_text(offered)),
        (_("Algus kokku lepitud"), bool(known.agreed_start or known.arrived_on), _agreed(known)),
        (_("Saabus"), bool(known.arrived_on), _arrived(known, window)),
        (_("Teenuse lõpp"), bool(known.ended_on), _ended(known)),
    ]
    found, is_next = [], False
    for name, is_done, text in rows:
        state = "done" if is_done or known.ended_on else "later" if is_next else "now"
        is_next = is_next or state == "now"
        found.append(Stage(name, state, text))
    return found


def _offer_text(offered: Offered | None) -> str:
    if offered is None:
        return ""
    place, day = offered.offer.place, show(offered.offer.offered_on)
    if offered.answer is not None:
        return f"{place}, {day}: {offered.answer.get_answer_display()}"
    if offered.due is None:
        return f"{place}, {day}"
    return _("{place}, {day}; vastus hiljemalt {due}").format(
        place=place, day=day, due=show(offered.due.due_on)
    )


def _agreed(known: Referral) -> str:
    return show(known.agreed_start) if known.agreed_start else ""


def _arrived(known: Referral, window: Deadline | None) -> str:
    if known.arrived_on:
        return show(known.arrived_on)
    return _("hiljemalt {day}").format(day=show(window.due_on)) if window else ""


def _ended(known: Referral) -> str:
    if known.ended_on:
        reason = end_name(known.end_reason or "")
        return f"{show(known.ended_on)}, {reason}" if reason else show(known.ended_on)
    return _("tähtaeg {day}").format(day=show(known.valid_to))
