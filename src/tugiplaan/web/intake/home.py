"""The list of decisions: who is on the way, and who has come."""

from dataclasses import dataclass
from typing import Any

from tugiplaan.referrals.queries import Watched, offers_under, visible_to, watched
from tugiplaan.rules.deadlines import turn_up
from tugiplaan.web.intake.room import PERMISSION
from tugiplaan.web.intake.stages import Next, next_step
from tugiplaan.web.lists import paged
from tugiplaan.web.people.labels import service_name
from tugiplaan.web.shared import Page


@dataclass(frozen=True, slots=True)
class Line:
    """One decision in the list."""

    watched: Watched
    service: str
    next: Next


class Intakes(Page):
    """Decisions that are not over, those who are on the way first."""

    permission = PERMISSION
    template = "web/intake/list.html"

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        desk = self.desk
        mine = visible_to(desk.user, desk.day, PERMISSION).filter(provider_id=desk.provider_id)
        reached = set(mine.order_by().values_list("pk", flat=True))
        known = [
            one
            for one in watched(desk.provider_id, desk.day)
            if one.referral.pk in reached and one.facts.ended_on is None
        ]  # fmt: skip
        coming = [one for one in known if one.facts.arrived_on is None]
        here = paged(self.request, [one for one in known if one.facts.arrived_on])
        return {
            "section": "intake",
            "coming": self._lines(coming),
            "page": here,
            "here": self._lines(here.object_list),
        }

    def _lines(self, rows: Any) -> list[Line]:
        desk = self.desk
        ids = [one.referral.pk for one in rows if one.facts.arrived_on is None]
        offers = offers_under(desk.provider_id, desk.law, referrals=ids) if ids else []
        latest = {one.offer.referral_id: one for one in offers}
        return [
            Line(
                one,
                service_name(one.referral.service, one.referral.variant),
                next_step(
                    one.facts, latest.get(one.referral.pk), turn_up(one.facts, desk.law), desk.day
                ),
            )
            for one in rows
        ]
