"""Rounds of assessment: begun, filled by a team, closed for ever."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require_whole
from tugiplaan.audit.language import show_day
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.providers.queries import places_of
from tugiplaan.quality.catalogue import standards, themes
from tugiplaan.quality.evidence import counts_of
from tugiplaan.quality.models import (
    Assessor,
    Closing,
    CriteriaPack,
    Evidence,
    Level,
    Perspective,
    Round,
    Score,
)
from tugiplaan.quality.packs import read_pack
from tugiplaan.quality.queries import criteria_of, latest_scores, missing_numbers, packs_of


class UnableToAssessQualityError(RefusedError):
    """The round, its team or a score cannot be kept as given."""


def bring_criteria(*, provider_id: UUID, data: bytes, by: User, on: date) -> CriteriaPack:
    """Keep the texts of criteria that an organisation has the right to use.

    Args:
        provider_id: Whose they are.
        data: The file; see `packs.read_pack`.
        by: Who brings it.
        on: Today.

    Returns:
        The version. A changed text is a new version; rounds keep theirs.

    Raises:
        NotAllowedError: `by` may not.
        BadPackError: The file is not whole; it says where.
        UnableToAssessQualityError: The version is there already.
    """
    require_whole(by, "quality.write", provider_id, on)
    pack = read_pack(data)
    row = CriteriaPack(
        provider_id=provider_id,
        code=pack.code,
        version=pack.version,
        title=pack.title,
        licence=pack.licence,
        content=[asdict(one) for one in pack.criteria],
    )
    try:
        with acting(by=by, name="quality.bring_criteria", provider_id=provider_id) as act:
            act.store([row])
            act.details["pack"] = str(row)
    except IntegrityError as error:
        raise UnableToAssessQualityError(
            _(
                "Faili {code} versioon {version} on juba olemas. Muudetud tekst vajab uut "
                "versiooni. Midagi ei salvestatud."
            ).format(code=pack.code, version=pack.version)
        ) from error
    return row


@dataclass(frozen=True, slots=True)
class NewRound:
    """What is assessed.

    Attributes:
        first_day: The first day of the period looked at.
        last_day: Its last day.
        place_id: None: the whole organisation.
        pack_id: The criteria; None: standards are scored directly.
    """

    first_day: date
    last_day: date
    place_id: UUID | None = None
    pack_id: UUID | None = None


def start_round(*, provider_id: UUID, new: NewRound, by: User, on: date) -> Round:
    """Begin to assess a place, or the whole organisation.

    Args:
        provider_id: At which provider.
        new: What is assessed, over which period.
        by: Who begins.
        on: Today.

    Returns:
        The round, without team and scores.

    Raises:
        NotAllowedError: `by` may not.
        UnableToAssessQualityError: The days cannot be, or place or criteria are not of the
            provider.
    """
    require_whole(by, "quality.write", provider_id, on)
    wrong = ""
    if new.last_day < new.first_day:
        wrong = _("Viimane päev on enne esimest.")
    elif new.first_day > on:
        wrong = _("Vaadeldav aeg algab tulevikus.")
    elif new.place_id and not places_of(provider_id).filter(pk=new.place_id).exists():
        wrong = _("See koht ei ole selle teenuseosutaja oma.")
    elif new.pack_id and not packs_of(provider_id).filter(pk=new.pack_id).exists():
        wrong = _("See kriteeriumide fail ei ole selle teenuseosutaja oma.")
    if wrong:
        raise UnableToAssessQualityError(_("{wrong} Midagi ei salvestatud.").format(wrong=wrong))
    row = Round(provider_id=provider_id, **asdict(new))
    with acting(by=by, name="quality.start_round", provider_id=provider_id) as act:
        act.store([row])
        act.details["round"] = row.pk
    return row


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the team.

    Attributes:
        perspective: Whose eyes they look with.
        user_id: By whom they log in; None: they do not.
    """

    name: str
    perspective: Perspective
    user_id: UUID | None = None


def add_assessor(*, round_: Round, member: Member, by: User, on: date) -> Assessor:
    """Let somebody join the team of a round.

    Args:
        round_: Which round.
        member: Who, and with whose eyes they look.
        by: Who records.
        on: Today.

    Returns:
        The new row.

    Raises:
        NotAllowedError: `by` may not.
        UnableToAssessQualityError: The name is empty or in the team already, or the round is
            closed.
    """
    require_whole(by, "quality.write", round_.provider_id, on)
    if not member.name.strip():
        raise UnableToAssessQualityError(_("Hindaja nimi on vajalik. Midagi ei salvestatud."))
    row = Assessor(provider_id=round_.provider_id, round=round_, **asdict(member))
    try:
        with acting(by=by, name="quality.add_assessor", provider_id=round_.provider_id) as act:
            _hold_open(round_)
            row.save(force_insert=True)
            act.details["round"] = round_.pk
    except IntegrityError as error:
        raise UnableToAssessQualityError(
            _("{name} on juba meeskonnas. Midagi ei muudetud.").format(name=member.name)
        ) from error
    return row


def remove_assessor(*, assessor: Assessor, by: User, on: date) -> None:
    """Take somebody out of the team of a round; that they were in it stays in the history.

    Raises:
        NotAllowedError: `by` may not.
        UnableToAssessQualityError: The round is closed.
    """
    require_whole(by, "quality.write", assessor.provider_id, on)
    name = "quality.remove_assessor"
    with acting(by=by, name=name, provider_id=assessor.provider_id) as act:
        _hold_open(assessor.round)
        assessor.delete()
        act.details["round"] = assessor.round_id


@dataclass(frozen=True, slots=True)
class Found:
    """What the team found of one criterion, standard or theme."""

    level: Level
    note: str = ""


def record_scores(*, round_: Round, found: Mapping[str, Found], by: User, on: date) -> int:
    """Record what the team found; what is said again unchanged is not stored again.

    A standard and a theme are judged by the team; nothing is computed from what lies below.

    Args:
        round_: Which round, still open.
        found: By number: x of a theme, x.y of a standard, x.y.z of a criterion of the round.
        by: Who records.
        on: Today.

    Returns:
        How many scores are new or different.

    Raises:
        NotAllowedError: `by` may not.
        UnableToAssessQualityError: The round has no such number, a level is unknown, or it is
            closed.
    """
    require_whole(by, "quality.write", round_.provider_id, on)
    with acting(by=by, name="quality.record_scores", provider_id=round_.provider_id) as act:
        held = _hold_open(round_)
        _check_found(held, found)
        known = latest_scores(held)
        rows = [
            Score(provider_id=held.provider_id, round=held, number=number, **asdict(one))
            for number, one in found.items()
            if number not in known
            or (known[number].level, known[number].note) != (one.level, one.note)
        ]
        act.store(rows)
        act.details["round"] = held.pk
    return len(rows)


def _check_found(round_: Round, found: Mapping[str, Found]) -> None:
    known = {theme.number for theme in themes()} | set(standards())
    known |= {one.number for one in criteria_of(round_)}
    for number, one in found.items():
        if number not in known:
            raise UnableToAssessQualityError(
                _("Numbrit {number} selles hindamises ei ole. Midagi ei salvestatud.").format(
                    number=number
                )
            )
        if one.level not in Level.values:
            raise UnableToAssessQualityError(
                _("Taset „{level}“ ei ole. Midagi ei salvestatud.").format(level=one.level)
            )


def close_round(*, round_: Round, conclusion: str, by: User, on: date) -> Closing:
    """Close a round: from then on nothing of it changes, and its evidence is kept as numbers.

    Args:
        round_: Which round.
        conclusion: What the team says of it as a whole.
        by: Who closes.
        on: Today.

    Returns:
        The closing.

    Raises:
        NotAllowedError: `by` may not.
        UnableToAssessQualityError: There is no team or conclusion, something is not scored, the
            period goes on, or it is closed already.
    """
    require_whole(by, "quality.write", round_.provider_id, on)
    with acting(by=by, name="quality.close_round", provider_id=round_.provider_id) as act:
        held = _hold_open(round_)
        _check_whole(held, conclusion, on)
        closing = Closing(
            provider_id=held.provider_id, round=held, day=on, conclusion=conclusion.strip()
        )
        act.store([closing])
        counted = counts_of(held, on)
        act.store(
            [
                Evidence(provider_id=held.provider_id, round=held, kind=kind, count=count)
                for kind, count in counted.items()
            ]
        )
        act.details["round"] = held.pk
    return closing


def _check_whole(round_: Round, conclusion: str, on: date) -> None:
    missing = missing_numbers(round_)
    wrong = ""
    if round_.last_day > on:
        wrong = _("Vaadeldav aeg lõpeb alles {day}.").format(day=show_day(round_.last_day))
    elif not round_.team.exists():
        wrong = _("Meeskonnas ei ole veel kedagi.")
    elif missing:
        wrong = _("Hindamata on {count}: {numbers}.").format(
            count=len(missing), numbers=", ".join(missing[:12]) + (" …" if missing[12:] else "")
        )
    elif not conclusion.strip():
        wrong = _("Kirjuta meeskonna kokkuvõte.")
    if wrong:
        raise UnableToAssessQualityError(_("{wrong} Midagi ei muudetud.").format(wrong=wrong))


def _hold_open(round_: Round) -> Round:
    held = Round.objects.select_for_update(no_key=True).get(pk=round_.pk)
    closing = Closing.objects.filter(round=held).first()
    if closing is not None:
        raise UnableToAssessQualityError(
            _(
                "Hindamine on lõpetatud {day} ja seda enam ei muudeta. Alusta uut hindamist. "
                "Midagi ei muudetud."
            ).format(day=show_day(closing.day))
        )
    return held
