"""Recording what a shift hands over, and who of a home goes out and comes back."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError
from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.audit.rows import new_id
from tugiplaan.delivery.models import HandOver, Movement, MovementKind, ShiftKind, ShiftNote
from tugiplaan.people.queries import require_person
from tugiplaan.providers.books import hold_provider
from tugiplaan.referrals.corrections import check_correction, successor


class UnableToHandOverError(RefusedError):
    """The note of the shift cannot be as given."""


class UnableToRecordMovementError(RefusedError):
    """The going out or coming back cannot be as given."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A note of a shift.

    Attributes:
        day: The day on which the shift began.
        hand_over: What the next shift must know or do; empty: nothing.
        person_id: Whom it is about; None: the place as a whole.
        id: Made where it is written, so that sending it twice records it once.
    """

    place_id: UUID
    day: date
    shift: ShiftKind
    text: str
    hand_over: str = ""
    person_id: UUID | None = None
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class Going:
    """Somebody going out or coming back.

    Attributes:
        at: When, with its time zone.
        expected_at: When going out: expected back; None: nothing was agreed.
        id: Made where it is recorded, so that sending it twice records it once.
    """

    person_id: UUID
    place_id: UUID
    kind: MovementKind
    at: datetime
    with_whom: str = ""
    where_to: str = ""
    expected_at: datetime | None = None
    id: UUID = field(default_factory=new_id)


def write_shift_note(*, provider_id: UUID, shift: Shift, by: User, on: date) -> ShiftNote:
    """Write what happened in a shift, and what it hands over.

    Args:
        provider_id: At which provider.
        shift: Which shift of which place, and the text.
        by: Who writes.
        on: Today.

    Returns:
        The note; the one that is there if it was written before (same id).

    Raises:
        NotAllowedError: `by` may not write narratives there, or not of the person.
        UnableToHandOverError: The text is empty, the day lies ahead, or place or person is not
            here.
    """
    require(by, "narrative.write", provider_id, on)
    known = ShiftNote.objects.filter(provider_id=provider_id, pk=shift.id).first()
    if known is not None:
        return known
    row = ShiftNote(provider_id=provider_id, **asdict(shift))
    _check_note(row, on)
    if row.person is not None:
        require_person(by, "narrative.write", row.person, on)
    with acting(by=by, name="delivery.write_shift_note", provider_id=provider_id) as act:
        act.store([row])
        if row.person_id:
            act.about(row.person_id)
    return row


def correct_shift_note(*, row: ShiftNote, shift: Shift, by: User, on: date, why: str) -> ShiftNote:
    """Put another text in the place of a note that holds; who took it over must read it anew.

    Args:
        row: The note that holds.
        shift: How it should read; its place, person and id stay those of the note.
        by: Who corrects it.
        on: Today.
        why: The reason; not empty.

    Raises:
        NotAllowedError: `by` may not write narratives there, or not of the person.
        UnableToHandOverError: As `write_shift_note`; or no reason, or the note no longer holds.
    """
    require(by, "narrative.write", row.provider_id, on)
    if row.person is not None:
        require_person(by, "narrative.write", row.person, on)
    changes = {"day": shift.day, "shift": shift.shift, "text": shift.text}
    fixed = successor(row, why=why, hand_over=shift.hand_over, **changes)
    _check_note(fixed, on)
    name = "delivery.correct_shift_note"
    with acting(by=by, name=name, provider_id=row.provider_id, why=why) as act:
        hold_provider(row.provider_id)
        check_correction(row, why, UnableToHandOverError)
        act.store([fixed])
        if row.person_id:
            act.about(row.person_id)
    return fixed


def take_over(*, note: ShiftNote, now: datetime, by: User, on: date) -> HandOver:
    """Say that one has read what a shift handed over.

    Args:
        note: The note that holds.
        now: This moment, with its time zone.
        by: Who takes over.
        on: Today.

    Returns:
        The row; the first one where the user has taken it over before.

    Raises:
        NotAllowedError: `by` may not read narratives there.
        UnableToHandOverError: The note was corrected or cancelled meanwhile.
    """
    require(by, "narrative.read", note.provider_id, on)
    if not ShiftNote.objects.filter(pk=note.pk).current().exists():
        raise UnableToHandOverError(
            _("Seda märget on vahepeal parandatud: ava päevik uuesti ja loe viimast.")
        )
    mine = HandOver.objects.filter(note=note, user=by)
    if (known := mine.first()) is not None:
        return known
    row = HandOver(provider_id=note.provider_id, note=note, user=by, at=now)
    try:
        with acting(by=by, name="delivery.take_over", provider_id=note.provider_id) as act:
            act.store([row])
            act.details["note"] = str(note.pk)
    except IntegrityError:
        return mine.get()
    return row


def record_movement(
    *, provider_id: UUID, going: Going, now: datetime, by: User, on: date
) -> Movement:
    """Record that a person went out or came back.

    Args:
        provider_id: At which provider.
        going: Who, which way, when, and when the person is expected back.
        now: This moment, with its time zone.
        by: Who records it.
        on: Today.

    Returns:
        The row; the one that is there if it was recorded before (same id).

    Raises:
        NotAllowedError: `by` may not, or not with this person.
        UnableToRecordMovementError: The person is there already, the moment lies ahead, or place or
            person is not here.
    """
    require(by, "delivery.record", provider_id, on)
    row = Movement(provider_id=provider_id, **asdict(going))
    _check_movement(row, now)
    require_person(by, "delivery.record", row.person, on)
    with acting(by=by, name="delivery.record_movement", provider_id=provider_id) as act:
        hold_provider(provider_id)
        known = Movement.objects.filter(provider_id=provider_id, pk=going.id).first()
        if known is not None:
            return known
        _check_order(row)
        act.store([row])
        act.about(row.person_id)
    return row


def correct_movement(*, row: Movement, going: Going, now: datetime, by: User, why: str) -> Movement:
    """Put another moment or destination in the place of a movement that holds.

    Args:
        row: The row that holds.
        going: How it should read; of the same person and the same way.
        now: This moment, with its time zone.
        by: Who corrects it.
        why: The reason; not empty.

    Raises:
        NotAllowedError: `by` may not, or not with this person.
        UnableToRecordMovementError: As `record_movement`; or another person or way, no reason,
            or the row no longer holds.
    """
    require_person(by, "delivery.record", row.person, now.date())
    if (going.person_id, going.kind) != (row.person_id, row.kind):
        raise UnableToRecordMovementError(
            _(
                "Parandada saab aega, sihtkohta ja kaaslast. Kui inimene või suund oli vale, "
                "tühista kirje ja tee uus. Midagi ei muudetud."
            )
        )
    changes = {name: value for name, value in asdict(going).items() if name != "id"}
    fixed = successor(row, why=why, **changes)
    _check_movement(fixed, now)
    name = "delivery.correct_movement"
    with acting(by=by, name=name, provider_id=row.provider_id, why=why) as act:
        hold_provider(row.provider_id)
        check_correction(row, why, UnableToRecordMovementError)
        act.store([fixed])
        act.about(row.person_id)
    return fixed


def _check_note(row: ShiftNote, on: date) -> None:
    if not row.text.strip():
        raise UnableToHandOverError(_("Märge on tühi: kirjuta see. Midagi ei salvestatud."))
    if row.day > on:
        raise UnableToHandOverError(_("Vahetuse päev on tulevikus. Midagi ei salvestatud."))
    if not _is_here(row):
        raise UnableToHandOverError(_("Seda kohta või inimest siin ei ole. Midagi ei salvestatud."))


def _is_here(row: ShiftNote | Movement) -> bool:
    try:
        is_here = row.place.provider_id == row.provider_id
        return is_here and (row.person is None or row.person.provider_id == row.provider_id)
    except ObjectDoesNotExist:
        return False


def _check_movement(row: Movement, now: datetime) -> None:
    if row.at.tzinfo is None or row.at > now:
        raise UnableToRecordMovementError(
            _("Aeg peab olema ajavööndiga ega tohi olla tulevikus. Midagi ei salvestatud.")
        )
    if row.expected_at and (row.kind != MovementKind.OUT or row.expected_at < row.at):
        raise UnableToRecordMovementError(
            _("Tagasi oodatakse seda, kes läks, ja hiljem kui ta läks. Midagi ei salvestatud.")
        )
    if not _is_here(row):
        raise UnableToRecordMovementError(
            _("Seda kohta või inimest siin ei ole. Midagi ei salvestatud.")
        )


def _check_order(row: Movement) -> None:
    """Refuse to go out twice, and to come back without having gone."""
    earlier = Movement.objects.filter(provider_id=row.provider_id, person_id=row.person_id)
    latest = earlier.current().order_by("-at", "-id").first()
    if latest is not None and latest.at > row.at:
        raise UnableToRecordMovementError(
            _(
                "Selle inimese kohta on kirjas hilisem liikumine: paranda seda. "
                "Midagi ei salvestatud."
            )
        )
    is_out = latest is not None and latest.kind == MovementKind.OUT
    if row.kind == MovementKind.OUT and is_out:
        raise UnableToRecordMovementError(
            _("See inimene on juba väljas: pane enne kirja tagasitulek. Midagi ei salvestatud.")
        )
    if row.kind == MovementKind.IN and not is_out:
        raise UnableToRecordMovementError(
            _("See inimene ei ole kirjas kui väljas olev. Midagi ei salvestatud.")
        )
