"""Something out of the ordinary: reported, corrected, cancelled."""

from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.delivery.actions.cancelling import cancel_written
from tugiplaan.delivery.actions.care import Happening, correct_incident, report_incident
from tugiplaan.delivery.queries import written
from tugiplaan.delivery.queries.care import incidents_since
from tugiplaan.people.queries import Person, visible_to
from tugiplaan.referrals.queries import persons_at_places
from tugiplaan.web.desk import Desk, now
from tugiplaan.web.house.fields import DeskForm, MomentField, OfferField, text_field
from tugiplaan.web.house.pages import CancelPage, HousePage, RowPage
from tugiplaan.web.lists import paged
from tugiplaan.web.shared import Page
from tugiplaan.web.telling import moment

_SHOWN = timedelta(days=90)


def reached(desk: Desk, permission: str = "delivery.record") -> QuerySet[Person]:
    """Give the persons of the provider with whom one may do something, by name."""
    found = visible_to(desk.user, desk.day, permission).filter(provider_id=desk.provider_id)
    at_places = persons_at_places(desk.user, desk.day, permission)
    if not at_places:
        return found
    mine = Person.objects.filter(provider_id=desk.provider_id, pk__in=at_places)
    return (found | mine).order_by("sort_name", "id")


def kinds() -> list[str]:
    """Give what the form of an incident suggests; another word may be written."""
    return [
        _("kukkumine"),
        _("vigastus"),
        _("terviseseisundi halvenemine"),
        _("ravimiviga"),
        _("agressiivne käitumine"),
        _("enesevigastamine"),
        _("lahkumine ilma teatamata"),
        _("vara kahjustamine"),
        _("muu"),
    ]


class IncidentForm(DeskForm):
    """What happened, to whom, when, where, and what was done."""

    person = forms.ModelChoiceField(
        Person.objects.none(),
        label=gettext_lazy("Kellega"),
        empty_label=gettext_lazy("Vali inimene"),
    )
    happened_at = MomentField(label=gettext_lazy("Millal"))
    kind = forms.CharField(
        label=gettext_lazy("Mis laadi"),
        max_length=40,
        widget=forms.TextInput(attrs={"list": "incident-kinds", "autocomplete": "off"}),
    )
    text = text_field(gettext_lazy("Mis juhtus?"), rows=4)
    measures = text_field(gettext_lazy("Mida tegite ja kellele teatasite?"), required=False)
    place = OfferField(
        offers="place",
        label=gettext_lazy("Kus"),
        required=False,
        empty_label=gettext_lazy("Mujal"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = reached(self.desk)  # type: ignore[attr-defined]

    @property
    def happening(self) -> Happening:
        data = self.cleaned_data
        place = data["place"]
        return Happening(
            person_id=data["person"].pk,
            happened_at=data["happened_at"],
            kind=data["kind"],
            text=data["text"],
            measures=data["measures"],
            place_id=place.pk if place else None,
        )


class CorrectIncidentForm(IncidentForm):
    """The right account, and why it changes."""

    why = text_field(gettext_lazy("Miks muudad?"), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # An incident stays the same person's; a wrong one is cancelled.
        self.fields["person"].disabled = True


class Incidents(Page):
    """What happened of late to the people within reach; the account itself by permission."""

    permission = "delivery.record"
    template = "web/house/incidents.html"

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        desk = self.desk
        mine = list(reached(desk, "delivery.read").values_list("pk", flat=True))
        rows = incidents_since(desk.provider_id, desk.day - _SHOWN, mine)
        return {"section": "house", "page": paged(self.request, rows)}

    def persons_read(self, shown: dict[str, Any]) -> set[UUID]:
        if not self.desk.may("narrative.read"):
            return set()
        return {row.person_id for row in shown["page"]}


class ReportIncident(HousePage):
    """Something out of the ordinary is written down."""

    permission = "delivery.record"
    form_class = IncidentForm
    template = "web/house/incident.html"
    title = gettext_lazy("Juhtum")
    lead = gettext_lazy("Mis juhtus ja mida tegite. Kirjuta lühidalt ja nii, nagu oli.")
    save = gettext_lazy("Pane kirja")
    after = "incidents"

    def initial(self, **ids: Any) -> dict[str, Any]:
        first: dict[str, Any] = {"happened_at": now()}
        if "person_id" in ids:  # somebody out of reach is not there
            first["person"] = reached(self.desk).get(pk=ids["person_id"])
        return first

    def read(self, **ids: Any) -> dict[str, Any]:
        return super().read(**ids) | {"kinds": kinds()}

    def act(self, form: IncidentForm, **ids: Any) -> HttpResponse | str:  # type: ignore[override]  # noqa: ARG002
        desk = self.desk
        report_incident(provider_id=desk.provider_id, happening=form.happening, **self.who)
        return self.tell(_("Juhtum on kirjas."))


class CorrectIncident(RowPage):
    """Another account in the place of an incident; for who may read it."""

    permission = "narrative.read"
    form_class = CorrectIncidentForm
    template = "web/house/incident.html"
    title = gettext_lazy("Paranda juhtumit")
    after = "incidents"
    names: ClassVar[tuple[str, ...]] = ("happened_at", "kind", "text", "measures")

    def find(self, row_id: UUID) -> Any:
        desk = self.desk
        given = {"provider_id": desk.provider_id, **self.who}
        return written.incident(incident_id=row_id, **given)

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        row = self.row
        values = {name: getattr(row, name) for name in self.names}
        return values | {"person": row.person_id, "place": row.place_id}

    def read(self, **ids: Any) -> dict[str, Any]:
        return super().read(**ids) | {"kinds": kinds()}

    def persons_read(self, shown: dict[str, Any]) -> list[UUID]:  # noqa: ARG002
        return [self.row.person_id]

    def act(self, form: CorrectIncidentForm, **ids: Any) -> HttpResponse | str:  # type: ignore[override]  # noqa: ARG002
        who = {"why": form.cleaned_data["why"], **self.who}
        correct_incident(row=self.row, happening=form.happening, **who)
        return self.tell(_("Juhtum on parandatud."))


class CancelIncident(CancelPage):
    """An incident that was not."""

    permission = "delivery.record"
    after = "incidents"

    def find(self, row_id: UUID) -> Any:
        desk = self.desk
        given = {"provider_id": desk.provider_id, **self.who}
        return written.incident(incident_id=row_id, **given)

    def about(self) -> str:
        row = self.row
        return f"{row.person}: {row.kind}, {moment(row.happened_at)}"

    def cancel(self, why: str) -> None:
        cancel_written(row=self.row, why=why, **self.who)
