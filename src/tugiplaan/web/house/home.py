"""The house now: who is in, who is out, what waits for a shift; going out and coming back."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.audit.language import language
from tugiplaan.audit.rows import new_id
from tugiplaan.delivery.actions.cancelling import cancel_written
from tugiplaan.delivery.actions.home import Going, correct_movement, record_movement
from tugiplaan.delivery.queries import written
from tugiplaan.delivery.queries.home import MovementKind
from tugiplaan.delivery.queries.house import HouseNow, HouseOf, house_now
from tugiplaan.referrals.queries import Referral, active_of
from tugiplaan.rules.vocabulary import label
from tugiplaan.web.desk import now
from tugiplaan.web.forms import Form
from tugiplaan.web.house.fields import MomentField, id_of, text_field
from tugiplaan.web.house.incidents import reached
from tugiplaan.web.house.isolation import clock_of
from tugiplaan.web.house.pages import CancelPage, HousePage, RowPage
from tugiplaan.web.shared import Act, Page
from tugiplaan.web.telling import moment


class House(Page):
    """The house on one page: what a shift must know, and big buttons to what it does."""

    permission = "delivery.record"
    template = "web/house/house.html"

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        house = self.now()
        clocks = [clock_of(one.row, one.review, now(), self.desk.law) for one in house.isolations]
        away = [(one, label(one.away, language())) for one in house.away if one.away]
        shown = {"section": "house", "house": house, "places": house.places}
        return shown | {"place": house.place, "clocks": clocks, "away": away}

    def now(self) -> HouseNow:
        """Ask what the house is like now."""
        of = HouseOf(self.desk.provider_id, id_of(self.request.GET.get("place")), now())
        return house_now(of=of, by=self.desk.user, on=self.desk.day, law=self.desk.law)


class Whereabouts(House):
    """Who is in and who is out, each with the one button that fits."""

    template = "web/house/whereabouts.html"


class GoOutForm(Form):
    """When, where to, with whom, and when back."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    at = MomentField(label=gettext_lazy("Läks välja"))
    where_to = forms.CharField(label=gettext_lazy("Kuhu"), max_length=200, required=False)
    with_whom = forms.CharField(
        label=gettext_lazy("Kellega"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Tühi: üksi."),
    )
    expected_at = MomentField(label=gettext_lazy("Oodatakse tagasi"), required=False)


class CorrectGoingForm(GoOutForm):
    """The right moment and destination, and why."""

    id = None  # type: ignore[assignment]  # left out
    at = MomentField(label=gettext_lazy("Millal"))
    why = text_field(gettext_lazy("Miks muudad?"), rows=2)


class GoOut(HousePage):
    """A person goes out."""

    permission = "delivery.record"
    form_class = GoOutForm
    title = gettext_lazy("Läheb välja")
    save = gettext_lazy("Läks välja")
    after = "whereabouts"

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"id": new_id(), "at": now()}

    def read(self, **ids: Any) -> dict[str, Any]:
        person = reached(self.desk).get(pk=ids["person_id"])
        return super().read(**ids) | {"about": person}

    def act(self, form: forms.Form, **ids: Any) -> HttpResponse | str:
        desk, person = self.desk, reached(self.desk).get(pk=ids["person_id"])
        place_id = place_of(desk.provider_id, person.pk, desk.day)
        going = Going(person.pk, place_id, MovementKind.OUT, **form.cleaned_data)
        record_movement(provider_id=desk.provider_id, going=going, now=now(), **self.who)
        return self.tell(_("{person} on väljas.").format(person=person))


def place_of(provider_id: UUID, person_id: UUID, day: Any) -> UUID:
    """Give the place at which a person is served on a day.

    Raises:
        ObjectDoesNotExist: Nowhere.
    """
    for one in active_of(provider_id, [person_id], day):
        place_id: UUID | None = one.place_now  # type: ignore[attr-defined]  # annotated
        if place_id is not None:
            return place_id
    raise Referral.DoesNotExist


class ComeBack(Act):
    """A person is back now."""

    permission = "delivery.record"

    def act(self, form: forms.Form, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        desk, person = self.desk, reached(self.desk).get(pk=ids["person_id"])
        place_id = place_of(desk.provider_id, person.pk, desk.day)
        going = Going(person.pk, place_id, MovementKind.IN, now())
        who: dict[str, Any] = {"by": desk.user, "on": desk.day}
        record_movement(provider_id=desk.provider_id, going=going, now=now(), **who)
        self.say(_("{person} on tagasi.").format(person=person))
        return self.where_from()


class CorrectGoing(RowPage):
    """Another moment or destination in the place of a movement."""

    permission = "delivery.record"
    form_class = CorrectGoingForm
    title = gettext_lazy("Paranda käimist")
    after = "whereabouts"
    names: ClassVar[tuple[str, ...]] = ("at", "where_to", "with_whom", "expected_at")

    def find(self, row_id: UUID) -> Any:
        desk = self.desk
        given = {"provider_id": desk.provider_id, **self.who}
        return written.movement(movement_id=row_id, **given)

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        row = self.row
        return {name: getattr(row, name) for name in self.names}

    def read(self, **ids: Any) -> dict[str, Any]:
        return super().read(**ids)

    def act(self, form: forms.Form, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        row, data = self.row, dict(form.cleaned_data)
        why = data.pop("why")
        going = Going(row.person_id, row.place_id, row.kind, **data)
        correct_movement(row=row, going=going, now=now(), by=self.desk.user, why=why)
        return self.tell(_("Käimine on parandatud."))


class CancelGoing(CancelPage):
    """A going out or coming back that was not."""

    permission = "delivery.record"
    after = "whereabouts"

    def find(self, row_id: UUID) -> Any:
        desk = self.desk
        given = {"provider_id": desk.provider_id, **self.who}
        return written.movement(movement_id=row_id, **given)

    def about(self) -> str:
        row = self.row
        return f"{row.person}: {row.get_kind_display()}, {moment(row.at)}"

    def cancel(self, why: str) -> None:
        cancel_written(row=self.row, why=why, **self.who)
