"""What codes of a person's records are called on pages."""

from enum import StrEnum

from django.utils.translation import gettext as _

from tugiplaan.audit.language import language
from tugiplaan.rules.vocabulary import (
    AbsenceKind,
    Audience,
    DayKind,
    EndReason,
    Mode,
    Service,
    Variant,
    VolumeUnit,
    label,
)


def service_name(service: str, variant: str = "") -> str:
    """Give the legal name of a service, with its variant where it has one."""
    name = named(Service, service)
    return f"{name}, {named(Variant, variant)}" if variant else name


def named(codes: type[StrEnum], code: str) -> str:
    """Give what people see in the place of a code of one of the lists; empty for none."""
    return label(codes(code), language()) if code else ""


def absence_name(kind: str) -> str:
    """Say why somebody is away."""
    return named(AbsenceKind, kind)


def end_name(reason: str) -> str:
    """Say why a service ended; empty where it is not known."""
    return named(EndReason, reason)


def audience_name(audience: str) -> str:
    """Say with whom the worker was, where it was not the person."""
    return "" if audience == Audience.PERSON else named(Audience, audience)


def mode_name(mode: str) -> str:
    """Say whether alone or in a group."""
    return named(Mode, mode)


def day_name(kind: str) -> str:
    """Say what was used of day and week care."""
    return named(DayKind, kind)


def volume_unit_name(unit: str) -> str:
    """Say what the volume of a referral counts."""
    return named(VolumeUnit, unit)


def document_kind_name(kind: str) -> str:
    """Say what a document is; one of an unknown kind is told by its code."""
    return document_kinds().get(kind, kind)


def document_kinds() -> dict[str, str]:
    """Give the kinds of documents that pages offer, in order."""
    return {
        "hospital_confirmation": _("haigla kinnitus"),
        "health_certificate": _("tervisetõend"),
        "consent": _("nõusolek"),
        "referral": _("suunamisotsus"),
        "other": _("muu dokument"),
    }
