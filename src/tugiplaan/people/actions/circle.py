"""Who speaks for a person, and who is around them."""

from dataclasses import asdict, dataclass
from datetime import date

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User
from tugiplaan.accounts.queries import overlapping
from tugiplaan.audit.language import show_day
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.people.actions.registering import check_email
from tugiplaan.people.models import NetworkMember, Person, Representative, RepresentativeKind
from tugiplaan.people.queries import require_person


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks for a person.

    Attributes:
        kind: In what right, a `RepresentativeKind`.
        basis: The court ruling or the authorisation.
        valid_to: Last day; None: until further notice.
    """

    kind: str
    name: str
    valid_from: date
    valid_to: date | None = None
    basis: str = ""
    phone: str = ""
    email: str = ""


class UnableToAddRepresentativeError(RefusedError):
    """The representative cannot be added as given."""


def add_representative(*, person: Person, speaker: Speaker, by: User, on: date) -> Representative:
    """Record who speaks for a person from a day on.

    Args:
        person: For whom.
        speaker: Who, in what right, from when to when.
        by: Who records; reaches the person.
        on: Today.

    Returns:
        The new row.

    Raises:
        NotAllowedError: `by` may not.
        UnableToAddRepresentativeError: The name is empty, the kind is unknown, the days or the
            address cannot be, or the same representative is there on some of these days.
    """
    require_person(by, "people.write", person, on)
    wrong = _wrong_days(speaker.name, speaker.valid_from, speaker.valid_to)
    if speaker.kind not in RepresentativeKind.values:
        wrong = _("Esindaja liiki „{kind}“ ei ole.").format(kind=speaker.kind)
    if wrong:
        raise UnableToAddRepresentativeError(_("{wrong} Midagi ei muudetud.").format(wrong=wrong))
    check_email(speaker.email, UnableToAddRepresentativeError)
    row = Representative(provider_id=person.provider_id, person=person, **asdict(speaker))
    name = "people.add_representative"
    with acting(by=by, name=name, provider_id=person.provider_id) as act:
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        same = Representative.objects.filter(
            overlapping(row.valid_from, row.valid_to), person=person, kind=row.kind, name=row.name
        )
        if same.exists():
            raise UnableToAddRepresentativeError(
                _("{name} on neil päevadel juba esindajana kirjas. Midagi ei muudetud.").format(
                    name=row.name
                )
            )
        row.save(force_insert=True)
        act.about(person.pk)
    return row


def _wrong_days(name: str, first: date, last: date | None) -> str:
    if not name.strip():
        return _("Nimi on vajalik.")
    return _("Viimane päev on enne esimest.") if last is not None and last < first else ""


class UnableToEndRepresentativeError(RefusedError):
    """The representative cannot be ended on that day."""


def end_representative(
    *, representative: Representative, last_day: date, why: str, by: User, on: date
) -> None:
    """Record that somebody no longer speaks for a person.

    Args:
        representative: Who.
        last_day: The last day on which they do.
        why: The reason; may be empty.
        by: Who records; reaches the person.
        on: Today.

    Raises:
        NotAllowedError: `by` may not.
        UnableToEndRepresentativeError: The day is before the first, or it ends by then already.
    """
    require_person(by, "people.write", representative.person, on)
    with acting(
        by=by, name="people.end_representative", provider_id=representative.provider_id, why=why
    ) as act:
        held = Representative.objects.select_for_update().get(pk=representative.pk)
        if wrong := _wrong_end(held.valid_from, held.valid_to, last_day):
            raise UnableToEndRepresentativeError(wrong)
        Representative.objects.filter(pk=held.pk).update(valid_to=last_day)
        act.about(held.person_id)


def _wrong_end(first: date, last: date | None, wanted: date) -> str:
    if wanted < first:
        return _("Algus on {first}, lõpp ei saa olla enne seda. Midagi ei muudetud.").format(
            first=show_day(first)
        )
    if last is not None and last <= wanted:
        return _("See lõpeb juba {last}. Midagi ei muudetud.").format(last=show_day(last))
    return ""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody around a person.

    Attributes:
        role: Mother, friend, family doctor, social worker of the municipality …
        valid_to: Last day; None: until further notice.
    """

    name: str
    role: str
    valid_from: date
    valid_to: date | None = None
    organisation: str = ""
    phone: str = ""
    email: str = ""


class UnableToAddNetworkMemberError(RefusedError):
    """The member of the network cannot be added as given."""


def add_network_member(*, person: Person, member: Member, by: User, on: date) -> NetworkMember:
    """Record who is around a person from a day on.

    Args:
        person: Around whom.
        member: Who, in what role, from when to when.
        by: Who records; reaches the person.
        on: Today.

    Returns:
        The new row.

    Raises:
        NotAllowedError: `by` may not.
        UnableToAddNetworkMemberError: Name or role is empty, or the days or the address cannot be.
    """
    require_person(by, "people.write", person, on)
    wrong = _wrong_days(member.name, member.valid_from, member.valid_to)
    if not member.role.strip():
        wrong = _("Roll on vajalik, näiteks ema või perearst.")
    if wrong:
        raise UnableToAddNetworkMemberError(_("{wrong} Midagi ei muudetud.").format(wrong=wrong))
    check_email(member.email, UnableToAddNetworkMemberError)
    row = NetworkMember(provider_id=person.provider_id, person=person, **asdict(member))
    name = "people.add_network_member"
    with acting(by=by, name=name, provider_id=person.provider_id) as act:
        row.save(force_insert=True)
        act.about(person.pk)
    return row


class UnableToEndNetworkMemberError(RefusedError):
    """The member of the network cannot be ended on that day."""


def end_network_member(*, member: NetworkMember, last_day: date, by: User, on: date) -> None:
    """Record that somebody is no longer around a person.

    Args:
        member: Who.
        last_day: The last day.
        by: Who records; reaches the person.
        on: Today.

    Raises:
        NotAllowedError: `by` may not.
        UnableToEndNetworkMemberError: The day is before the first, or it ends by then already.
    """
    require_person(by, "people.write", member.person, on)
    name = "people.end_network_member"
    with acting(by=by, name=name, provider_id=member.provider_id) as act:
        held = NetworkMember.objects.select_for_update().get(pk=member.pk)
        if wrong := _wrong_end(held.valid_from, held.valid_to, last_day):
            raise UnableToEndNetworkMemberError(wrong)
        NetworkMember.objects.filter(pk=held.pk).update(valid_to=last_day)
        act.about(held.person_id)
