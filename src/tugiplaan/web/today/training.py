"""What a worker whose training is not finished should see to, told beside the form to record."""

from typing import Any

from tugiplaan.providers.queries import own_training
from tugiplaan.rules.legal import NotInForceError
from tugiplaan.web.setup.trainees import cautions_told
from tugiplaan.web.shared import Page


class OwnTraining(Page):
    """Cautions about one's own training; a part that the forms ask for. They refuse nothing."""

    permission = "delivery.record"
    template = "web/today/training.html"

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        desk = self.desk
        try:
            found = own_training(desk.provider_id, desk.user.pk, desk.day)
        except NotInForceError:
            found = None
        return {"cautions": cautions_told(found) if found else []}
