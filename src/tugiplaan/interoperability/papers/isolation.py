"""The protocol of an isolation on paper."""

from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from tugiplaan.delivery.queries.care import Isolation, isolations_of
from tugiplaan.interoperability.papers.content import Section, Signature, facts_of
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
from tugiplaan.interoperability.papers.words import moment_words, service_words


@dataclass(frozen=True, slots=True)
class IsolationValues:
    """The protocol of an isolation; all in words.

    Attributes:
        danger: Whether there was direct danger from the person.
        doctor: Whether a doctor is known to have excluded isolation.
    """

    head: Head
    service: str
    started: str
    ended: str
    situation: str
    calming: str
    danger: str
    doctor: str
    reasons: str
    decided_by: str
    supervised_by: str
    called: str
    harm: str
    representative_told: str
    explained: str


def isolation_rows(order: Order) -> list[Isolation]:
    """Give the isolations of a person, the latest first. Two queries."""
    return list(isolations_of(order.provider_id, order.entries))


def isolation_offers(rows: list[Isolation]) -> list[Offer]:
    """Give the isolations that are over."""
    return [Offer(one.pk, moment_words(one.started_at)) for one in rows if one.ended_at is not None]


def isolation_values(order: Order) -> IsolationValues:
    """Give what the protocol of an isolation says.

    Raises:
        ObjectDoesNotExist: The person has no such isolation that holds.
        UnableToMakePaperError: It goes on.

    Law: SHS § 107(7)–(9).
    """
    rows = isolations_of(order.provider_id, order.entries)
    row = next((one for one in rows if one.pk == order.about), None)
    if row is None:
        raise ObjectDoesNotExist
    if row.ended_at is None:
        raise UnableToMakePaperError(
            _("Eraldamine kestab: pane enne lõpp kirja. Dokumenti ei koostatud.")
        )
    yes, no, nothing = _("jah"), _("ei"), _("pole kirja pandud")
    return IsolationValues(
        head=head_of(order),
        service=service_words(row.referral.service, row.referral.variant),
        started=moment_words(row.started_at),
        ended=moment_words(row.ended_at),
        situation=row.situation or nothing,
        calming=row.calming or nothing,
        danger=yes if row.is_direct_danger else no,
        doctor=yes if row.is_excluded_by_doctor else no,
        reasons=row.reasons or nothing,
        decided_by=row.decided_by.name,
        supervised_by=row.supervised_by.name,
        called=row.called or nothing,
        harm=row.harm or nothing,
        representative_told=row.representative_told or nothing,
        explained=row.explained or nothing,
    )


def draw_isolation(order: Order) -> Drawn:
    """Draw the protocol of an isolation, with every field that the law names."""
    values = isolation_values(order)
    facts = facts_of(
        (_("Teenus"), values.service),
        (_("Eraldamise algus"), values.started),
        (_("Eraldamise lõpp"), values.ended),
        (_("Otsustas"), values.decided_by),
        (_("Jälgis kogu aja"), values.supervised_by),
        (_("Otsene oht endale või teistele"), values.danger),
        (_("Arst on eraldamise välistanud"), values.doctor),
    )
    texts = (
        (_("Olukord enne eraldamist"), values.situation),
        (_("Kuidas püüti rahustada"), values.calming),
        (_("Eraldamise põhjused"), values.reasons),
        (_("Kiirabi või politsei kutsumine"), values.called),
        (_("Vigastused ja kahju ruumidele"), values.harm),
        (_("Seadusliku esindaja teavitamine"), values.representative_told),
        (_("Inimesele selgitamine"), values.explained),
    )
    sections = tuple(Section(heading, (text,)) for heading, text in texts)
    signatures = (
        Signature(values.decided_by, _("otsustas")),
        Signature(values.supervised_by, _("jälgis")),
    )
    title = Title(_("Eraldamise protokoll"), "SHS § 107")
    return Drawn(values, laid_out(values.head, title, facts, sections, signatures))
