"""Bringing instruments in: by an organisation, or those that come with the program."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Q
from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.assessments.instruments import BadInstrumentError, read_instrument
from tugiplaan.assessments.models import InstrumentVersion
from tugiplaan.assessments.packs import builtin_packs, check_pack
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.providers.books import hold_provider
from tugiplaan.rules.scoring import Instrument

_COLUMNS = {"code", "version", "licence"}


class UnableToBringInstrumentError(RefusedError):
    """The instrument cannot be kept as given."""


def bring_instrument(
    *, provider_id: UUID | None, pack: Mapping[str, Any], by: User, on: date
) -> InstrumentVersion:
    """Keep a version of an instrument from a data pack.

    Args:
        provider_id: Whose it is; None: of the program, for all providers.
        pack: `code`, `version`, `title`, `licence` and the content (`scales`, `items`; see
            `instruments.read_instrument`).
        by: Who brings it.
        on: Today.

    Returns:
        The version. A changed question is a new version; answers keep theirs.

    Raises:
        NotAllowedError: `by` may not.
        UnableToBringInstrumentError: A field is empty, the licence above all, the content is
            not whole, or the version is there already.
    """
    require(by, "assessments.write", provider_id, on)
    row = _version(provider_id, pack)
    with acting(by=by, name="assessments.bring_instrument", provider_id=provider_id) as act:
        if provider_id is not None:
            hold_provider(provider_id)
        whose = Q(provider=None) if provider_id is None else Q(provider_id=provider_id)
        same = InstrumentVersion.objects.filter(whose, code=row.code, version=row.version)
        if same.exists():
            raise UnableToBringInstrumentError(
                _(
                    "Hindamisvahendi {code} versioon {version} on juba olemas. Muudetud vahend "
                    "vajab uut versiooni. Midagi ei salvestatud."
                ).format(code=row.code, version=row.version)
            )
        _check_link_ids(row)
        act.store([row])
        act.details["instrument"] = str(row)
    return row


def _version(provider_id: UUID | None, pack: Mapping[str, Any]) -> InstrumentVersion:
    """Make the row of a version, checked, without storing it."""
    given = pack.get("title", "")
    told = given.get("et", "") if isinstance(given, Mapping) else given
    code, version = (str(pack.get(key, "")).strip() for key in ("code", "version"))
    title = str(told).strip()
    licence = str(pack.get("licence") or "").strip()
    if not (code and version and title):
        raise UnableToBringInstrumentError(
            _("Väljad code, version ja title on vajalikud. Midagi ei salvestatud.")
        )
    if not licence:
        raise UnableToBringInstrumentError(
            _(
                "Hindamisvahendil {code} puudub litsents: kirjuta väljale licence, millise "
                "loaga seda kasutada tohib. Midagi ei salvestatud."
            ).format(code=code)
        )
    is_nested = "domains" in pack
    kept = pack.keys() - _COLUMNS if is_nested else ("scales", "items")
    content = {key: pack.get(key) for key in sorted(kept)}
    try:
        check_pack(pack) if is_nested else read_instrument(content)
    except BadInstrumentError as error:
        raise UnableToBringInstrumentError(
            _("{wrong} Midagi ei salvestatud.").format(wrong=error)
        ) from error
    return InstrumentVersion(
        provider_id=provider_id,
        code=code,
        version=version,
        title=title,
        licence=licence,
        content=content,
    )


def _check_link_ids(row: InstrumentVersion) -> None:
    """Refuse a question whose link id another instrument already has for one of its own."""
    if "domains" not in row.content:
        return
    mine = read_instrument(row.content).items.keys()
    for code, taken in _link_ids(row):
        both = sorted(mine & taken)
        if both and code != row.code:
            raise UnableToBringInstrumentError(
                _(
                    "Küsimuse kood {item} on juba hindamisvahendil {code}. Iga küsimus vajab "
                    "oma koodi, mida teisel küsimusel ei ole. Midagi ei salvestatud."
                ).format(item=both[0], code=code)
            )


def _link_ids(row: InstrumentVersion) -> list[tuple[str, set[str]]]:
    others = InstrumentVersion.objects.filter(Q(provider=None) | Q(provider=row.provider_id))
    kept = others.exclude(code=row.code).filter(content__has_key="domains")
    contents = [(one.code, read_instrument(one.content)) for one in kept.order_by("id")]
    built: list[tuple[str, Instrument]] = [
        (code, read_instrument(pack)) for code, pack in builtin_packs().items()
    ]
    return [(code, set(found.items)) for code, found in (*built, *contents)]


def ensure_builtin(*, code: str, by: User) -> InstrumentVersion:
    """Give a built-in instrument, brought in where it is not there yet.

    Nobody needs a right for this: it comes with the program, and whoever first assesses with it
    leaves its event.

    Args:
        code: Code of a pack of `packs.builtin_packs`.
        by: Who needs it.

    Returns:
        The version that the program has now. Asked again, the same row.

    Raises:
        UnableToBringInstrumentError: No such pack comes with the program.
    """
    pack = builtin_packs().get(code)
    if pack is None:
        raise UnableToBringInstrumentError(
            _("Sellist hindamisvahendit ei ole. Midagi ei salvestatud.")
        )
    found = InstrumentVersion.objects.filter(provider=None, code=code, version=pack["version"])
    held = found.first()
    if held is not None:
        return held
    row = _version(None, pack)
    try:
        with acting(by=by, name="assessments.bring_instrument") as act:
            act.store([row])
            act.details["instrument"] = str(row)
    except IntegrityError:
        return found.get()
    return row
