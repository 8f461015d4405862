"""From what was sent to the one action that records it; for pages and for what waited."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.delivery.actions.together import PrivateLine, Together, as_group, record_together
from tugiplaan.delivery.entries import Entry
from tugiplaan.web.desk import Desk
from tugiplaan.web.telling import minutes
from tugiplaan.web.today.forms import GroupForm, VisitForm


def save_visit(desk: Desk, person_id: UUID, form: VisitForm) -> str:
    """Record one person's visit; give the sentence that says so."""
    entry = form.entry_of(person_id)
    text = form.cleaned_data["line"]
    lines = [PrivateLine(record_id=entry.id, person_id=person_id, text=text)] if text else []
    together = Together(entries=[entry], lines=lines)
    _record(desk, together, form)
    length = form.cleaned_data["length"]
    if form.cleaned_data["what"].kind == "day" or not length:
        return _("Päev on kirjas.")
    return _("{minutes} on kirjas.").format(minutes=minutes(length))


def save_group(desk: Desk, form: GroupForm) -> str:
    """Record a group session; give the sentence that says so."""
    entries = [entry for _person, entry in form.entries()]
    together = Together(
        entries=entries,
        session=form.session_of,
        missed=form.missed(),
        lines=[
            PrivateLine(record_id=entry, person_id=person, text=text)
            for entry, person, text in form.lines()
        ],
    )
    _record(desk, together, form)
    return _("Rühm on kirjas: osales {n}.").format(n=len(entries))


def supposed_group(form: GroupForm) -> list[Entry]:
    """Give the entries of a session as they would be recorded."""
    return as_group([entry for _person, entry in form.entries()], form.session_of)


def _record(desk: Desk, together: Together, form: Any) -> None:
    record_together(
        provider_id=desk.provider_id,
        together=together,
        by=desk.user,
        on=desk.day,
        why=form.cleaned_data["why"],
    )
