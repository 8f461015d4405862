"""Notices: what the authority, the person and the representative must be told, and until when."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import ObjectDoesNotExist
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tugiplaan.audit.language import show_day
from tugiplaan.documents.papers import Addressee
from tugiplaan.interoperability.papers.codes import PaperKind
from tugiplaan.interoperability.papers.content import Content, Section, Signature, facts_of
from tugiplaan.interoperability.papers.order import (
    Drawn,
    Head,
    Offer,
    Order,
    Title,
    UnableToMakePaperError,
    head_of,
    laid_out,
)
from tugiplaan.interoperability.papers.words import day_words, period_words, service_words
from tugiplaan.referrals.queries import Watched, watched
from tugiplaan.rules.deadlines import (
    Deadline,
    DeadlineCode,
    NoticeCase,
    authority_notice,
    contract_end_notice,
    end_notice,
    job_found,
    notices_for,
)
from tugiplaan.rules.deadlines.notices import NOTICES
from tugiplaan.rules.vocabulary import AbsenceKind, EndReason, Service


@dataclass(frozen=True, slots=True)
class NoticeValues:
    """A notice; all in words.

    Attributes:
        code: Which notice.
        event: What is told.
        learned: When the provider learned of it; empty where that does not matter.
        due: Until when it must be sent; empty: the law names no day.
        note: What somebody added.
    """

    head: Head
    code: str
    section: str
    service: str
    referral: str
    period: str
    arrived: str
    ended: str
    event: str
    learned: str
    due: str
    note: str
    to_whom: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a notice is.

    Attributes:
        applies: Whether it may be told of a referral on a day.
        event: What is told of the referral.
        needs_note: Whether it says nothing without words of somebody's own.
        needs_end: Whether somebody must say the day of the end.
    """

    title: Promise | str
    section: str
    applies: Callable[[Watched], bool]
    event: Callable[[Watched, Order], str]
    to_all: bool = False
    needs_note: bool = False
    needs_end: bool = False


def referral_rows(order: Order) -> list[Watched]:
    """Give the referrals of a person with their stays. Two queries."""
    return watched(order.provider_id, date.min, order.entries)


def notice_offers(rows: list[Watched], code: PaperKind) -> list[Offer]:
    """Give the referrals of which a notice can be told."""
    return [
        Offer(one.referral.pk, _("suunamisotsus {code}").format(code=one.referral.code))
        for one in rows
        if _KINDS[code].applies(one)
    ]


def is_learned(code: PaperKind) -> bool:
    """Tell whether the time for a notice runs from the day on which the provider learns of it."""
    return code.value in {one.value for one in NOTICES}


def asks_end(code: PaperKind) -> bool:
    """Tell whether somebody must say the day of the end that a notice tells of."""
    return code in _KINDS and _KINDS[code].needs_end


def learned_day(order: Order, code: PaperKind) -> date | None:
    """Give the day on which the provider learned of what a notice tells, as the facts say it."""
    one = _named(order)
    found = (due.counted_from for due in _by_facts(one, order) if due.code == code.value)
    return next(found, None)


def draw_notice(order: Order, code: PaperKind) -> Drawn:
    """Draw a notice about a referral.

    Args:
        order: About the referral; with the day of learning where the facts do not say it.
        code: Which notice.

    Raises:
        ObjectDoesNotExist: The person has no such referral.
        UnableToMakePaperError: The notice cannot be told of it, or a note or the day of the
            end is wanting.

    Law: SHS §§ 78(3), 80(4)–(7), 83(1) p 8–9, 93(5).
    """
    one, kind = _named(order), _KINDS[code]
    if not kind.applies(one):
        raise UnableToMakePaperError(
            _("Seda teadet ei saa selle suunamise kohta koostada. Dokumenti ei koostatud.")
        )
    if kind.needs_note and not order.note.strip():
        raise UnableToMakePaperError(
            _("Kirjuta, mida on vaja teada anda: ilma selleta ei ütle teade midagi.")
        )
    if kind.needs_end and order.ends_on is None:
        raise UnableToMakePaperError(
            _("Kirjuta lepingu viimane päev: sellest loetakse tähtaega. Dokumenti ei koostatud.")
        )
    head, to_whom = head_of(order), [Addressee.AUTHORITY]
    if kind.to_all:
        to_whom.insert(0, Addressee.PERSON)
        if head.speakers:
            to_whom.insert(1, Addressee.REPRESENTATIVE)
    deadline = _deadline(one, order, code)
    values = _values(one, order, head, code, deadline)
    values = replace(values, to_whom=tuple(str(who.label) for who in to_whom))
    content = _content(values, code)
    return Drawn(values, content, tuple(to_whom))


def _values(
    one: Watched, order: Order, head: Head, code: PaperKind, due: Deadline | None
) -> NoticeValues:
    referral = one.referral
    return NoticeValues(
        head=head,
        code=code,
        section=_KINDS[code].section,
        service=service_words(referral.service, referral.variant),
        referral=_("{code}, {day}").format(code=referral.code, day=show_day(referral.issued_on)),
        period=period_words(referral.valid_from, referral.valid_to),
        arrived=day_words(one.facts.arrived_on),
        ended=day_words(one.facts.ended_on),
        event=_KINDS[code].event(one, order),
        learned=show_day(due.counted_from) if due and is_learned(code) else "",
        due=show_day(due.due_on) if due else "",
        note=order.note.strip(),
        to_whom=(),
    )


def _content(values: NoticeValues, code: PaperKind) -> Content:
    facts = facts_of(
        (_("Kellele"), ", ".join(values.to_whom)),
        (_("Teenus"), values.service),
        (_("Suunamisotsus"), values.referral),
        (_("Suunamise aeg"), values.period),
        (_("Teenusele saabus"), values.arrived),
        (_("Teenus lõppes"), values.ended),
        (_("Teada saadud"), values.learned),
        (_("Teatada hiljemalt"), values.due),
        (_("Koostatud"), values.head.made_on),
    )
    paragraphs = (values.event, *((values.note,) if values.note else ()))
    return laid_out(
        values.head,
        Title(str(_KINDS[code].title), values.section),
        facts,
        (Section("", paragraphs),),
        (Signature(values.head.provider, _("teenuseosutaja")),),
    )


def _named(order: Order) -> Watched:
    found = next((one for one in referral_rows(order) if one.referral.pk == order.about), None)
    if found is None:
        raise ObjectDoesNotExist
    return found


def _by_facts(one: Watched, order: Order) -> tuple[Deadline, ...]:
    reason = one.facts.end_reason
    code = _OF_END.get(reason) if reason else None
    learned = ((code, one.learned_on),) if code and one.learned_on else ()
    return notices_for(NoticeCase(one.facts, order.day, learned), order.law)


_OF_END: Mapping[EndReason, DeadlineCode] = {
    EndReason.PERSON_WISH: DeadlineCode.WISH_TO_END,
    EndReason.DEATH: DeadlineCode.DEATH,
}


def _deadline(one: Watched, order: Order, code: PaperKind) -> Deadline | None:
    if is_learned(code):
        if order.learned_on is not None:
            return authority_notice(DeadlineCode(code.value), order.learned_on, order.law)
        return next((due for due in _by_facts(one, order) if due.code == code.value), None)
    if code is PaperKind.CONTRACT_END:
        ending = order.ends_on
        return contract_end_notice(one.facts.kind, ending, order.law) if ending else None
    if code is PaperKind.END_NOTICE:
        return end_notice(one.facts, order.law)
    return job_found(one.facts, order.law) if code is PaperKind.JOB_FOUND else None


def _is_served(one: Watched) -> bool:
    return one.facts.arrived_on is not None and one.facts.ended_on is None


def _may_end(one: Watched) -> bool:
    return one.facts.ended_on is None or one.facts.end_reason is EndReason.PERSON_WISH


def _was_unused(one: Watched) -> bool:
    return one.facts.arrived_on is not None and one.facts.end_reason in {None, EndReason.NON_USE}


def _is_dead(one: Watched) -> bool:
    return one.facts.end_reason is EndReason.DEATH


def _did_not_come(one: Watched) -> bool:
    return one.facts.arrived_on is None and one.facts.agreed_start is not None


def _seeks_work(one: Watched) -> bool:
    return one.facts.service is Service.TTT and one.facts.arrived_on is not None


def _was_in_hospital(one: Watched) -> bool:
    return any(away.kind is AbsenceKind.HOSPITAL for away in one.facts.absences)


def _wish(one: Watched, _order: Order) -> str:
    ended = one.facts.ended_on
    if ended is None:
        return _("Inimene soovib teenuse lõpetada enne suunamisotsuse lõppu.")
    return _(
        "Inimene soovis teenuse lõpetada enne suunamisotsuse lõppu. Viimane teenuse päev oli {day}."
    ).format(day=show_day(ended))


def _end_is_near(one: Watched, _order: Order) -> str:
    return _(
        "Suunamisotsuse järgi on teenuse viimane päev {day}. Palume teada anda, kas teenust on "
        "edasi vaja."
    ).format(day=show_day(one.facts.valid_to))


def _contract_ends(_one: Watched, order: Order) -> str:
    return _(
        "Soovime Sotsiaalkindlustusametiga sõlmitud lepingu selle teenuse osutamiseks "
        "ennetähtaegselt lõpetada. Lepingu viimane päev on {day}."
    ).format(day=day_words(order.ends_on))


def _missed(one: Watched, _order: Order) -> str:
    return _(
        "Inimene ei tulnud teenusele selleks antud aja jooksul. Kokku lepitud algus oli {day}."
    ).format(day=day_words(one.facts.agreed_start))


def _unused(one: Watched, order: Order) -> str:
    months = order.law.number("non_use_months_in_row", one.referral.valid_from)
    return ngettext(
        "Inimene ei ole teenust kasutanud järjest üle {months} kuu.",
        "Inimene ei ole teenust kasutanud järjest üle {months} kuu.",
        months,
    ).format(months=months)


def _unused_in_year(one: Watched, order: Order) -> str:
    months = order.law.number("non_use_months_in_year", one.referral.valid_from)
    return ngettext(
        "Inimene ei ole teenust ühe aasta jooksul kasutanud kokku üle {months} kuu.",
        "Inimene ei ole teenust ühe aasta jooksul kasutanud kokku üle {months} kuu.",
        months,
    ).format(months=months)


def _months_in_hospital(one: Watched, _order: Order) -> str:
    stays = ", ".join(
        period_words(away.first_day, away.last_day)
        for away in one.facts.absences
        if away.kind is AbsenceKind.HOSPITAL
    )
    return _("Edastame haigla kinnituse statsionaarsel ravil viibimise kohta: {stays}.").format(
        stays=stays
    )


_KINDS: Mapping[PaperKind, _Kind] = {
    PaperKind.END_NOTICE: _Kind(
        gettext_lazy("Teade teenuse lõppemisest"),
        "SHS § 83 lg 1 p 8",
        _is_served,
        _end_is_near,
        to_all=True,
    ),
    PaperKind.WISH_TO_END: _Kind(
        gettext_lazy("Teade: inimene soovib teenuse lõpetada"), "SHS § 80 lg 7 p 1", _may_end, _wish
    ),
    PaperKind.NON_USE: _Kind(
        gettext_lazy("Teade: teenust ei ole järjest kasutatud"),
        "SHS § 80 lg 7 p 2",
        _was_unused,
        _unused,
    ),
    PaperKind.NON_USE_IN_YEAR: _Kind(
        gettext_lazy("Teade: teenust ei ole aasta jooksul kasutatud"),
        "SHS § 80 lg 7 p 2¹",
        _was_unused,
        _unused_in_year,
    ),
    PaperKind.NO_SHOW: _Kind(
        gettext_lazy("Teade: inimene ei tulnud teenusele"),
        "SHS § 80 lg 7 p 3",
        _did_not_come,
        _missed,
    ),
    PaperKind.DEATH: _Kind(
        gettext_lazy("Teade: inimene suri"),
        "SHS § 80 lg 7 p 4",
        _is_dead,
        lambda one, _order: _("Inimene suri. Viimane teenuse päev oli {day}.").format(
            day=day_words(one.facts.ended_on)
        ),
    ),
    PaperKind.MISFIT: _Kind(
        gettext_lazy("Teade: kahtlus, et teenus ei sobi"),
        "SHS § 83 lg 1 p 9",
        _is_served,
        lambda _one, _order: _("Meil on kahtlus, et teenus ei sobi inimesele."),
        to_all=True,
        needs_note=True,
    ),
    PaperKind.JOB_FOUND: _Kind(
        gettext_lazy("Teade: sobivat tööd ei ole leitud"),
        "SHS § 93 lg 5",
        _seeks_work,
        lambda _one, _order: _(
            "Inimene ei ole selleks antud aja jooksul ühtegi pakutud töökohta vastu võtnud."
        ),
    ),
    PaperKind.HOSPITAL: _Kind(
        gettext_lazy("Haigla kinnituse edastamine"),
        "SHS § 80 lg 4–6",
        _was_in_hospital,
        _months_in_hospital,
    ),
    PaperKind.CONTRACT_END: _Kind(
        gettext_lazy("Teade lepingu ennetähtaegsest lõpetamisest"),
        "SHS § 78 lg 3, § 83 lg 1 p 8",
        _is_served,
        _contract_ends,
        to_all=True,
        needs_end=True,
    ),
}


def notice_title(code: PaperKind) -> Promise | str:
    """Say what a notice is called."""
    return _KINDS[code].title


def notice_codes() -> tuple[PaperKind, ...]:
    """Give the notices that can be made, in the order in which a page offers them."""
    return tuple(_KINDS)
