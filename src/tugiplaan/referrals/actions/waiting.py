"""Putting persons on the waiting list, and recording what happens while they wait."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.language import language, show_day
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.people.queries import persons_of, standing_of
from tugiplaan.providers.books import hold_provider
from tugiplaan.referrals.corrections import cancellation, check_correction
from tugiplaan.referrals.models import Waiting, WaitingEvent, WaitingKind
from tugiplaan.referrals.queries import is_waiting
from tugiplaan.rules.deadlines import queue_contact
from tugiplaan.rules.eligibility import Outcome, queue_check
from tugiplaan.rules.explanation import tell_step
from tugiplaan.rules.legal import NotInForceError
from tugiplaan.rules.tables import builtin
from tugiplaan.rules.vocabulary import Service


class UnableToWaitError(RefusedError):
    """The person cannot be put on the list, or the event cannot be recorded, as given."""


@dataclass(frozen=True, slots=True)
class Turn:
    """For what a person waits, and since when.

    Attributes:
        since: The day of the decision.
        group: The priority group; None: none.
        group_reason: By which the person belongs to the group; needed with one.
    """

    person_id: UUID
    service: Service
    county: str
    since: date
    group: int | None = None
    group_reason: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened while somebody waited.

    Attributes:
        reason: In plain words; not empty.
        group: The new priority group, for a change of it; None: none any more.
        tried_from: When one first tried to reach the person; for who could not be reached.
    """

    kind: WaitingKind
    day: date
    reason: str
    group: int | None = None
    tried_from: date | None = None


def put_on_waiting_list(*, provider_id: UUID, turn: Turn, by: User, on: date) -> Waiting:
    """Put a person on the waiting list of a service in a county.

    Args:
        provider_id: At which provider.
        turn: Who, for what, and since when.
        by: Who records it.
        on: Today.

    Returns:
        The row from which the turn counts.

    Raises:
        NotAllowedError: `by` may not.
        UnableToWaitError: The person is not here, too young, or waits for the same already; no
            county is given, the day lies in the future, or the group cannot be.

    Law: SHS § 76(1), (3); R70 § 3.
    """
    require(by, "referrals.write", provider_id, on)
    row = Waiting(
        provider_id=provider_id,
        person_id=turn.person_id,
        service=turn.service,
        county=" ".join(turn.county.split()),
        since=turn.since,
    )
    _check_turn(row, turn, on)
    name = "referrals.put_on_waiting_list"
    with acting(by=by, name=name, provider_id=provider_id) as act:
        hold_provider(provider_id)
        _check_twice(row)
        act.about(turn.person_id)
        act.store([row])
        if turn.group is not None:
            event = WaitingEvent(
                provider_id=provider_id,
                waiting=row,
                kind=WaitingKind.GROUP,
                day=turn.since,
                group=turn.group,
                reason=turn.group_reason.strip(),
            )
            act.store([event])
    return row


def note_waiting(*, waiting: Waiting, happening: Happening, by: User, on: date) -> WaitingEvent:
    """Record what changes the turn of who waits, or ends the waiting.

    Args:
        waiting: Whose turn.
        happening: What, when and why.
        by: Who records it.
        on: Today.

    Returns:
        The row; it stays to be seen when the order is explained later.

    Raises:
        NotAllowedError: `by` may not.
        UnableToWaitError: The person does not wait any more, the day cannot be, the reason is
            missing, the group cannot be, or the time to reach the person is not over.

    Law: SHS § 76; R70 (five working days to reach somebody; § 3 the groups).
    """
    require(by, "referrals.write", waiting.provider_id, on)
    _check_happening(waiting, happening, on)
    row = WaitingEvent(
        provider_id=waiting.provider_id,
        waiting=waiting,
        kind=happening.kind,
        day=happening.day,
        group=happening.group if happening.kind == WaitingKind.GROUP else None,
        tried_from=happening.tried_from if happening.kind == WaitingKind.UNREACHABLE else None,
        reason=happening.reason.strip(),
    )
    with acting(by=by, name="referrals.note_waiting", provider_id=waiting.provider_id) as act:
        hold_provider(waiting.provider_id)
        if not is_waiting(waiting):
            raise UnableToWaitError(
                _("See inimene enam ei oota: vaata tema lugu. Midagi ei salvestatud.")
            )
        act.about(waiting.person_id)
        act.details["kind"] = str(happening.kind)
        act.store([row])
    return row


def cancel_waiting_event(*, row: WaitingEvent, by: User, on: date, why: str) -> WaitingEvent:
    """Say that something did not happen while somebody waited.

    Args:
        row: The row that holds.
        by: Who cancels it.
        on: Today.
        why: The reason; not empty.

    Raises:
        NotAllowedError: `by` may not.
        UnableToWaitError: There is no reason, or the row no longer holds.
    """
    require(by, "referrals.write", row.provider_id, on)
    name = "referrals.cancel_waiting_event"
    with acting(by=by, name=name, provider_id=row.provider_id, why=why) as act:
        hold_provider(row.provider_id)
        check_correction(row, why, UnableToWaitError)
        act.about(row.waiting.person_id)
        gone = cancellation(row, why=why)
        act.store([gone])
    return gone


def _check_turn(row: Waiting, turn: Turn, on: date) -> None:
    person = persons_of(row.provider_id).filter(pk=row.person_id, merged_into=None).first()
    if person is None:
        raise UnableToWaitError(_("Sellist inimest siin ei ole. Midagi ei salvestatud."))
    if not row.county:
        raise UnableToWaitError(_("Vali maakond, kus inimene kohta soovib. Midagi ei salvestatud."))
    if row.since > on:
        raise UnableToWaitError(
            _("Otsuse kuupäev {day} on tulevikus. Midagi ei salvestatud.").format(
                day=show_day(row.since)
            )
        )
    check = queue_check(person.birth_date, row.since, builtin())
    if check.outcome is Outcome.NOT_MET:
        raise UnableToWaitError(
            _("{term} ({section}) Vaata kuupäevad üle. Midagi ei salvestatud.").format(
                term=tell_step(check.explanation[0], language()), section=check.section
            )
        )
    _check_group(turn.group, on)
    if turn.group is not None and not turn.group_reason.strip():
        raise UnableToWaitError(
            _(
                "Kirjuta, miks inimene kuulub eelisjärjekorra rühma: järjekorda peab saama "
                "hiljem selgitada. Midagi ei salvestatud."
            )
        )


def _check_group(group: int | None, on: date) -> None:
    most = int(builtin().term("queue_groups", on).value)
    if group is not None and not 1 <= group <= most:
        raise UnableToWaitError(
            _(
                "Eelisjärjekorra rühm on arv 1–{most} (määrus nr 70 § 3). Midagi ei salvestatud."
            ).format(most=most)
        )


def _check_twice(row: Waiting) -> None:
    """Refuse a second turn for the same; call it with the provider held."""
    entries = standing_of(row.provider_id, [row.person_id])
    person = entries.get(row.person_id, row.person_id)
    same = Waiting.objects.filter(provider_id=row.provider_id, service=row.service)
    for one in same.select_related("person"):
        is_theirs = person in {one.person_id, one.person.merged_into_id}
        is_there = one.county.casefold() == row.county.casefold()
        if is_theirs and is_there and is_waiting(one):
            raise UnableToWaitError(
                _(
                    "Inimene ootab seda teenust selles maakonnas juba alates {day}. "
                    "Midagi ei salvestatud."
                ).format(day=show_day(one.since))
            )


def _check_happening(waiting: Waiting, happening: Happening, on: date) -> None:
    if not happening.reason.strip():
        raise UnableToWaitError(
            _("Kirjuta põhjus: järjekorda peab saama hiljem selgitada. Midagi ei salvestatud.")
        )
    if happening.day > on:
        raise UnableToWaitError(
            _("Päev {day} on tulevikus. Midagi ei salvestatud.").format(day=show_day(happening.day))
        )
    if happening.day < waiting.since:
        raise UnableToWaitError(
            _("Päev {day} on enne otsust ({since}). Midagi ei salvestatud.").format(
                day=show_day(happening.day), since=show_day(waiting.since)
            )
        )
    _check_group(happening.group, on)
    if happening.kind == WaitingKind.UNREACHABLE:
        _check_reached(happening)


def _check_reached(happening: Happening) -> None:
    if happening.tried_from is None:
        raise UnableToWaitError(
            _("Kirjuta, mis päeval esimest korda helistati või kirjutati. Midagi ei salvestatud.")
        )
    try:
        due = queue_contact(happening.tried_from, builtin())
    except NotInForceError:
        return  # How long one had to try before that is not known.
    days, last = dict(due.explanation[0].numbers)["days"], due.due_on
    if happening.day < last:
        raise UnableToWaitError(
            _(
                "Inimest tuleb püüda kätte saada {days} tööpäeva, kuni {day}. Midagi ei "
                "salvestatud."
            ).format(days=days, day=show_day(last))
        )
