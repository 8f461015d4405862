"""What codes of the records are called on pages."""

from django.utils.translation import gettext as _

from tugiplaan.audit.language import language
from tugiplaan.rules.services import kind_of
from tugiplaan.rules.vocabulary import (
    AbsenceKind,
    Audience,
    DayKind,
    EndReason,
    Mode,
    Service,
    Variant,
    VolumeUnit,
)


def service_name(service: str, variant: str = "") -> str:
    """Give the legal name of a service, with its variant where it has one."""
    kind = kind_of(Service(service), Variant.PLAIN if not variant else Variant(variant))
    name = kind.name_en if language() == "en" else kind.name_et
    return f"{name} ({variant})" if variant else name


def absence_name(kind: str) -> str:
    """Say why somebody is away."""
    return {
        AbsenceKind.ABSENT: _("ära"),
        AbsenceKind.HOSPITAL: _("haiglas"),
        AbsenceKind.TUBERCULOSIS: _("tuberkuloosiravil"),
    }[AbsenceKind(kind)]


def end_name(reason: str) -> str:
    """Say why a service ended."""
    names = {
        EndReason.TERM: _("tähtaeg sai läbi"),
        EndReason.PERSON_WISH: _("inimese soov"),
        EndReason.NON_USE: _("teenust ei kasutatud"),
        EndReason.MOVED: _("kolis ära"),
        EndReason.DEATH: _("surm"),
        EndReason.CONTRACT_END: _("leping lõppes"),
        EndReason.DECISION_ANNULLED: _("otsus tühistati"),
        EndReason.COURT_ENDED: _("kohus lõpetas"),
    }
    return names[EndReason(reason)] if reason else ""


def audience_name(audience: str) -> str:
    """Say with whom the worker was."""
    return {
        Audience.PERSON: _("inimesega"),
        Audience.FAMILY: _("perega"),
        Audience.EMPLOYER: _("tööandjaga"),
        Audience.COWORKERS: _("kolleegidega"),
        Audience.PROVIDER: _("teenuseosutajaga"),
    }[Audience(audience)]


def mode_name(mode: str) -> str:
    """Say whether alone or in a group."""
    return {Mode.INDIVIDUAL: _("individuaalselt"), Mode.GROUP: _("rühmas")}[Mode(mode)]


def day_name(kind: str) -> str:
    """Say what was used of day and week care."""
    return {DayKind.DAY: _("päev"), DayKind.OOP: _("ööpäev")}[DayKind(kind)]


def volume_unit_name(unit: str) -> str:
    """Say what the volume of a referral counts."""
    names = {
        VolumeUnit.H_MONTH: _("tundi kuus"),
        VolumeUnit.H_WEEK: _("tundi nädalas"),
        VolumeUnit.DAY_MONTH: _("päeva kuus"),
        VolumeUnit.OOP_MONTH: _("ööpäeva kuus"),
    }
    return names[VolumeUnit(unit)] if unit else ""


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
