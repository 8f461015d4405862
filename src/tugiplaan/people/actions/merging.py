"""Merging two entries of one person, and taking that back."""

from datetime import date

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.people.models import Merge, Person
from tugiplaan.people.queries import require_person


class UnableToMergeError(RefusedError):
    """The entries cannot be taken for one person."""


def merge(*, kept: Person, merged: Person, why: str, by: User, on: date) -> Merge:
    """Take two entries for one person: from now on `kept` stands for both.

    Nothing of either is changed: what was recorded under `merged` is read as `kept`'s.

    Args:
        kept: The entry that stands for the person.
        merged: The entry that is found by the other from now on.
        why: The reason; not empty.
        by: Who decides.
        on: Today.

    Returns:
        The row that says so.

    Raises:
        NotAllowedError: `by` may not.
        UnableToMergeError: One entry, two providers, no reason, two different personal codes,
            or one of them was merged already.
    """
    require_person(by, "people.write", kept, on)
    if merged.provider_id == kept.provider_id:
        # Both: who reaches one entry only would come to read what stands under the other.
        require_person(by, "people.write", merged, on)
    if not why.strip():
        raise UnableToMergeError(_("Ühendamise põhjus on vajalik. Midagi ei muudetud."))
    with acting(by=by, name="people.merge", provider_id=kept.provider_id, why=why) as act:
        both = Person.objects.select_for_update().in_bulk(sorted([kept.pk, merged.pk]))
        _check_merge(both.get(kept.pk), both.get(merged.pk))
        Person.objects.filter(pk=merged.pk).update(merged_into=kept.pk)
        row = Merge(provider_id=kept.provider_id, kept=kept, merged=merged, why=why)
        act.store([row])
        act.about(kept.pk, merged.pk)
    return row


def _check_merge(kept: Person | None, merged: Person | None) -> None:
    if kept is None or merged is None or kept.pk == merged.pk:
        raise UnableToMergeError(_("Ühendada saab kahte kirjet. Midagi ei muudetud."))
    if kept.provider_id != merged.provider_id:
        raise UnableToMergeError(
            _("Kirjed on eri teenuseosutajate juures; igaüks peab oma kirjet. Midagi ei muudetud.")
        )
    if kept.merged_into_id or merged.merged_into_id:
        raise UnableToMergeError(
            _(
                "Üks kirjetest on juba teisega ühendatud: ava kirje, mis jäi alles. Midagi "
                "ei muudetud."
            )
        )
    if kept.identifier and merged.identifier and kept.identifier != merged.identifier:
        raise UnableToMergeError(
            _(
                "Kirjetel on erinevad isikukoodid, seega on need kaks inimest. Kui üks "
                "kood on vale, paranda see enne. Midagi ei muudetud."
            )
        )


def undo_merge(*, merged: Person, why: str, by: User, on: date) -> Merge:
    """Take back that two entries are one person: each stands for itself again.

    Args:
        merged: The entry that was merged into another.
        why: The reason; not empty.
        by: Who decides.
        on: Today.

    Raises:
        NotAllowedError: `by` may not.
        UnableToMergeError: The entry is not merged, or no reason is given.
    """
    require_person(by, "people.write", merged, on)
    if not why.strip():
        raise UnableToMergeError(_("Põhjus on vajalik. Midagi ei muudetud."))
    with acting(by=by, name="people.undo_merge", provider_id=merged.provider_id, why=why) as act:
        entry = Person.objects.select_for_update().get(pk=merged.pk)
        if entry.merged_into_id is None:
            raise UnableToMergeError(_("See kirje ei ole teisega ühendatud. Midagi ei muudetud."))
        kept_id = entry.merged_into_id
        Person.objects.filter(pk=entry.pk).update(merged_into=None)
        row = Merge(
            provider_id=entry.provider_id, kept_id=kept_id, merged=entry, is_undone=True, why=why
        )
        act.store([row])
        act.about(kept_id, entry.pk)
    return row
