"""One decision: how far it is, what is next, its offers, and where the person moves on to."""

from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from tugiplaan.audit.language import language
from tugiplaan.interoperability.papers.codes import PaperKind
from tugiplaan.interoperability.papers.kinds import KINDS
from tugiplaan.referrals.contents import wanting_of
from tugiplaan.referrals.queries import Change, change_of, offers_under, watched
from tugiplaan.rules.deadlines import turn_up
from tugiplaan.rules.explanation import tell_step
from tugiplaan.web.intake.checks import told_wanting
from tugiplaan.web.intake.room import PERMISSION, referral_at
from tugiplaan.web.intake.stages import next_step, stages
from tugiplaan.web.people.labels import service_name, volume_unit_name
from tugiplaan.web.shared import Page


class OneReferral(Page):
    """Everything about one decision, with the buttons of what is next."""

    permission = PERMISSION
    template = "web/intake/one.html"

    def read(self, **ids: Any) -> dict[str, Any]:
        desk = self.desk
        referral = referral_at(desk, ids["referral_id"])
        theirs = watched(desk.provider_id, date.min, [referral.person_id])
        found = next(one for one in theirs if one.referral.pk == referral.pk)
        window = turn_up(found.facts, desk.law)
        offers = offers_under(desk.provider_id, desk.law, referrals=[referral.pk])
        person, change = referral.person, change_of(referral)
        return {
            "section": "intake",
            "referral": referral,
            "person": person,
            "person_id": person.merged_into_id or person.pk,
            "service": service_name(referral.service, referral.variant),
            "unit": volume_unit_name(referral.volume_unit),
            "known": found.facts,
            "stages": stages(found.facts, offers, window),
            "next": next_step(found.facts, offers[-1] if offers else None, window, desk.day),
            "window": [tell_step(one, language()) for one in window.explanation] if window else [],
            "offers": list(reversed(offers)),
            "has_open_offer": any(one.is_open for one in offers),
            "wanting": [told_wanting(one) for one in wanting_of(referral, desk.day)],
            "change": change,
            "pack": self._pack(change, person.merged_into_id or person.pk),
        }

    def _pack(self, change: Change | None, person_id: UUID) -> str:
        """Give the address where the transfer pack is made; empty where it is not for the user."""
        needed = ("documents.write", *KINDS[PaperKind.TRANSFER].make)
        if change is None or not all(self.desk.may(one) for one in needed):
            return ""
        address = reverse("person_paper_make", args=(self.desk.provider_id, person_id))
        return f"{address}?kind={PaperKind.TRANSFER}&about={change.transfer.consent_id}"

    def persons_read(self, shown: dict[str, Any]) -> list[UUID]:
        return [shown["person_id"]]
