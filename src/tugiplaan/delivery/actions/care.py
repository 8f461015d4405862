"""Recording what happened around a person: incidents, isolations, the narrative."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.language import show_day
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.audit.rows import Correctable
from tugiplaan.delivery.models import Incident, Isolation, Narrative
from tugiplaan.people.queries import require_person
from tugiplaan.providers.books import hold_provider
from tugiplaan.referrals.corrections import check_correction, successor
from tugiplaan.referrals.queries import facts_by_id
from tugiplaan.rules.stays.presence import stay_of
from tugiplaan.rules.vocabulary import Service

_ENDED = "Eraldamine lõppes."


class UnableToReportError(RefusedError):
    """The incident cannot be as given."""


class UnableToIsolateError(RefusedError):
    """The isolation cannot be recorded as given."""


class UnableToWriteError(RefusedError):
    """The note cannot be as given."""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something out of the ordinary.

    Attributes:
        happened_at: With its time zone.
        measures: What was done and who was told.
    """

    person_id: UUID
    happened_at: datetime
    kind: str
    text: str
    measures: str = ""
    place_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ProtocolText:
    """What the protocol of an isolation says; see `models.Isolation`."""

    situation: str
    reasons: str
    calming: str = ""
    called: str = ""
    harm: str = ""
    representative_told: str = ""
    explained: str = ""
    is_direct_danger: bool = False
    is_excluded_by_doctor: bool = False


@dataclass(frozen=True, slots=True)
class Start:
    """The start of an isolation.

    Attributes:
        started_at: With its time zone.
        decided_by_id: The worker who decided.
        supervised_by_id: The worker who watches all the time.
    """

    referral_id: UUID
    started_at: datetime
    decided_by_id: UUID
    supervised_by_id: UUID
    protocol: ProtocolText


@dataclass(frozen=True, slots=True)
class Finish:
    """The end of an isolation, with its time zone, and the protocol as it reads now."""

    ended_at: datetime
    protocol: ProtocolText


@dataclass(frozen=True, slots=True)
class Note:
    """A note of a day, in words.

    Attributes:
        record_id: The hour or component record that it belongs to; None: none.
    """

    person_id: UUID
    day: date
    text: str
    record_id: UUID | None = None


def report_incident(*, provider_id: UUID, happening: Happening, by: User, on: date) -> Incident:
    """Record something out of the ordinary.

    Args:
        provider_id: At which provider.
        happening: What, when, where and what was done.
        by: Who records it.
        on: Today.

    Raises:
        NotAllowedError: `by` may not, or not with this person.
        UnableToReportError: A text is empty, the time has no zone or lies on a later day, or the
            person or place is not here.
    """
    require(by, "delivery.record", provider_id, on)
    row = Incident(provider_id=provider_id, **asdict(happening))
    _check_incident(row, on)
    require_person(by, "delivery.record", row.person, on)
    with acting(by=by, name="delivery.report_incident", provider_id=provider_id) as act:
        act.store([row])
        act.about(row.person_id)
    return row


def correct_incident(
    *, row: Incident, happening: Happening, by: User, on: date, why: str
) -> Incident:
    """Put another account in the place of an incident that holds.

    Args:
        row: The row that holds.
        happening: How it should read; of the same person.
        by: Who corrects it.
        on: Today.
        why: The reason; not empty.

    Raises:
        NotAllowedError: `by` may not, or not with this person.
        UnableToReportError: As `report_incident`; or no reason, or the row no longer holds.
    """
    require_person(by, "delivery.record", row.person, on)
    if happening.person_id != row.person_id:
        raise UnableToReportError(_("Juhtum on ühe inimese oma. Midagi ei muudetud."))
    fixed = successor(row, why=why, **asdict(happening))
    _check_incident(fixed, on)
    return _correct(fixed, "correct_incident", by, UnableToReportError)


def start_isolation(*, start: Start, now: datetime, by: User, on: date) -> Isolation:
    """Record that a person was put in a safe room.

    What was not as the law wants is kept as it was: `queries.care.review_of` says what.

    Args:
        start: Whom, when, who decided, who watches, and what is known for the protocol.
        now: This moment, with its time zone.
        by: Who records it.
        on: Today.

    Returns:
        The row; it goes on until `end_isolation`.

    Raises:
        NotAllowedError: `by` may not, or not with this person.
        UnableToIsolateError: The person does not get round-the-clock care here that day, is in
            isolation already, or the time or a worker cannot be.

    Law: SHS §§ 106–107.
    """
    row = Isolation(
        referral_id=start.referral_id,
        started_at=start.started_at,
        decided_by_id=start.decided_by_id,
        supervised_by_id=start.supervised_by_id,
        **asdict(start.protocol),
    )
    _check_isolation(row, now)
    provider_id, row.person = row.referral.provider_id, row.referral.person
    row.provider_id = provider_id
    require_person(by, "delivery.record", row.person, on)
    _check_isolated(row)
    with acting(by=by, name="delivery.start_isolation", provider_id=provider_id) as act:
        hold_provider(provider_id)
        same = Isolation.objects.filter(person_id=row.person_id, ended_at__isnull=True).current()
        if same.exists():
            raise UnableToIsolateError(
                _("Selle inimese eraldamine juba kestab: lõpeta see enne. Midagi ei salvestatud.")
            )
        act.store([row])
        act.about(row.person_id)
    return row


def end_isolation(
    *, row: Isolation, finish: Finish, now: datetime, by: User, on: date
) -> Isolation:
    """Record that an isolation ended.

    Args:
        row: The row that goes on.
        finish: When, and the protocol as it reads now.
        now: This moment, with its time zone.
        by: Who records it.
        on: Today.

    Returns:
        The row that takes its place. What is missing says `queries.care.review_of`.

    Raises:
        NotAllowedError: `by` may not, or not with this person.
        UnableToIsolateError: It ended already, no longer holds, or the time cannot be.

    Law: SHS § 107(5)–(9).
    """
    require_person(by, "delivery.record", row.person, on)
    if row.ended_at is not None:
        raise UnableToIsolateError(_("See eraldamine on juba lõppenud. Midagi ei muudetud."))
    changes = {"ended_at": finish.ended_at, **asdict(finish.protocol)}
    ended = successor(row, why=_ENDED, **changes)
    _check_isolation(ended, now)
    return _correct(ended, "end_isolation", by, UnableToIsolateError)


def correct_isolation(
    *, row: Isolation, protocol: ProtocolText, by: User, on: date, why: str
) -> Isolation:
    """Complete or correct the protocol of an isolation.

    Args:
        row: The row that holds.
        protocol: As it should read.
        by: Who corrects it.
        on: Today.
        why: The reason; not empty.

    Raises:
        NotAllowedError: `by` may not, or not with this person.
        UnableToIsolateError: No reason, or the row no longer holds.

    Law: SHS § 107(8).
    """
    require_person(by, "delivery.record", row.person, on)
    fixed = successor(row, why=why, **asdict(protocol))
    return _correct(fixed, "correct_isolation", by, UnableToIsolateError)


def write_narrative(*, provider_id: UUID, note: Note, by: User, on: date) -> Narrative:
    """Write a note of a day.

    Args:
        provider_id: At which provider.
        note: Whose day, and the text.
        by: Who writes.
        on: Today.

    Raises:
        NotAllowedError: `by` may not, or not of this person.
        UnableToWriteError: The text is empty, the day lies ahead, or the person is not here.
    """
    require(by, "narrative.write", provider_id, on)
    row = Narrative(provider_id=provider_id, **asdict(note))
    _check_note(row, on)
    require_person(by, "narrative.write", row.person, on)
    with acting(by=by, name="delivery.write_narrative", provider_id=provider_id) as act:
        act.store([row])
        act.about(row.person_id)
    return row


def correct_narrative(*, row: Narrative, text: str, by: User, on: date, why: str) -> Narrative:
    """Put another text in the place of a note that holds; the first stays to be read.

    Args:
        row: The note that holds.
        text: How it should read.
        by: Who corrects it.
        on: Today.
        why: The reason; not empty.

    Raises:
        NotAllowedError: `by` may not, or not of this person.
        UnableToWriteError: The text is empty, no reason, or the note no longer holds.
    """
    require_person(by, "narrative.write", row.person, on)
    fixed = successor(row, why=why, text=text)
    _check_note(fixed, on)
    return _correct(fixed, "correct_narrative", by, UnableToWriteError)


def _correct[R: (Incident, Isolation, Narrative)](
    fixed: R, verb: str, by: User, error: type[Exception]
) -> R:
    """Store the row that takes the place of another, which must still hold."""
    provider_id, why = fixed.provider_id, fixed.why
    before: Correctable | None = fixed.corrects
    with acting(by=by, name=f"delivery.{verb}", provider_id=provider_id, why=why) as act:
        hold_provider(provider_id)
        if before is not None:
            check_correction(before, why, error)
        act.store([fixed])
        act.about(fixed.person_id)
    return fixed


def _check_incident(row: Incident, on: date) -> None:
    if not row.kind.strip() or not row.text.strip():
        raise UnableToReportError(
            _("Juhtumi liik ja kirjeldus on vajalikud. Midagi ei salvestatud.")
        )
    if row.happened_at.tzinfo is None or row.happened_at.date() > on:
        raise UnableToReportError(
            _("Juhtumi aeg peab olema ajavööndiga ega tohi olla tulevikus. Midagi ei salvestatud.")
        )
    _check_here(row, UnableToReportError)
    try:
        place = row.place
    except ObjectDoesNotExist as error:
        raise UnableToReportError(_("Sellist kohta ei ole. Midagi ei salvestatud.")) from error
    if place is not None and place.provider_id != row.provider_id:
        raise UnableToReportError(_("See koht on teise teenuseosutaja oma. Midagi ei salvestatud."))


def _check_note(row: Narrative, on: date) -> None:
    if not row.text.strip():
        raise UnableToWriteError(_("Märge on tühi: kirjuta see. Midagi ei salvestatud."))
    if row.day > on:
        raise UnableToWriteError(
            _("Märke päev {day} on tulevikus. Midagi ei salvestatud.").format(day=show_day(row.day))
        )
    _check_here(row, UnableToWriteError)


def _check_here(row: Incident | Narrative, error: type[Exception]) -> None:
    try:
        is_here = row.person.provider_id == row.provider_id
    except ObjectDoesNotExist:
        is_here = False
    if not is_here:
        raise error(_("Seda inimest siin ei ole. Midagi ei salvestatud."))


def _check_isolation(row: Isolation, now: datetime) -> None:
    """Refuse times that cannot be, and a referral or workers that are not there."""
    times: list[Any] = [row.started_at, row.ended_at or now, now]
    if any(time.tzinfo is None for time in times):
        raise UnableToIsolateError(_("Aegadel peab olema ajavöönd. Midagi ei salvestatud."))
    if row.started_at > now or (row.ended_at and not row.started_at < row.ended_at <= now):
        raise UnableToIsolateError(
            _(
                "Eraldamise algus peab olema enne lõppu ja kumbki ei tohi olla tulevikus. "
                "Midagi ei salvestatud."
            )
        )
    try:
        provider_id = row.referral.provider_id
        workers = {row.decided_by.provider_id, row.supervised_by.provider_id}
    except ObjectDoesNotExist as error:
        raise UnableToIsolateError(
            _("Sellist suunamist või töötajat ei ole. Midagi ei salvestatud.")
        ) from error
    if workers != {provider_id}:
        raise UnableToIsolateError(
            _("Otsustaja ja järelevaataja peavad siin töötama. Midagi ei salvestatud.")
        )


def _check_isolated(row: Isolation) -> None:
    """Refuse whom nobody may isolate: only who gets round-the-clock care that day."""
    known = facts_by_id([row.referral_id])[row.referral_id]
    stay, day = stay_of(known), row.started_at.date().toordinal()
    if known.service is not Service.OEH or not stay or not stay[0] <= day < stay[1]:
        raise UnableToIsolateError(
            _(
                "Eraldada tohib ainult seda, kes sel päeval saab ööpäevaringset "
                "erihooldusteenust (SHS §§ 106–107). Kui kedagi siiski eraldati, pane see "
                "kirja juhtumina. Midagi ei salvestatud."
            )
        )
