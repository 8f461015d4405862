"""A person's stay: the agreed start, the arrival, the move, the end; all of it on one page."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.referrals.actions import (
    End,
    Moving,
    agree_start,
    cancel_move,
    cancel_stay_day,
    correct_stay_day,
    end_stay,
    move,
    record_arrival,
)
from tugiplaan.referrals.cautions import Recorded
from tugiplaan.referrals.queries import (
    Referral,
    StayKind,
    awaited_now,
    changeable,
    move_with_id,
    readable,
    served_now,
    stay_day_with_id,
    stays_of,
)
from tugiplaan.rules.vocabulary import EndReason
from tugiplaan.web.forms import DayField, WhyForm
from tugiplaan.web.house.fields import (
    DeskForm,
    OfferField,
    ReferralField,
    choices_of,
    text_field,
)
from tugiplaan.web.house.pages import CancelPage, HousePage, RowPage
from tugiplaan.web.house.telling import stay_shown
from tugiplaan.web.shared import Page
from tugiplaan.web.telling import day as show


class Stays(Page):
    """What is recorded of a person's stays: days, moves, days away, confirmations."""

    permission = "referrals.read"
    template = "web/house/stay.html"

    def read(self, **ids: Any) -> dict[str, Any]:
        desk, person_id = self.desk, ids["person_id"]
        found = stays_of(readable(desk.provider_id, desk.user, desk.day, person_id))
        if not found:
            raise Referral.DoesNotExist
        person = found[0].referral.person
        stays = [stay_shown(one, desk.day) for one in found]
        return {"section": "house", "person": person, "stays": stays}

    def persons_read(self, shown: dict[str, Any]) -> list[UUID]:
        return [shown["person"].pk]


class DayForm(DeskForm, WhyForm):
    """Who, and on which day."""

    field_order: tuple[str, ...] = ("referral", "day", "why")
    referral = ReferralField()
    day = DayField(label=gettext_lazy("Päev"))


class LeavingForm(DayForm):
    """The end of a stay."""

    field_order: tuple[str, ...] = ("referral", "day", "reason", "learned_on", "why")
    day = DayField(label=gettext_lazy("Viimane päev teenusel"))
    reason = forms.ChoiceField(label=gettext_lazy("Miks teenus lõpeb?"))
    learned_on = DayField(
        label=gettext_lazy("Millal sellest teada saite?"),
        required=False,
        help_text=gettext_lazy("Sellest päevast võib sõltuda, kui kaua kohta hüvitatakse."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = choices_of(EndReason)  # type: ignore[attr-defined]


class MovingForm(DeskForm, WhyForm):
    """To which place, and from when."""

    field_order: tuple[str, ...] = ("referral", "place", "day", "why")
    referral = ReferralField()
    place = OfferField(offers="place", label=gettext_lazy("Kuhu"), empty_label=None)
    day = DayField(label=gettext_lazy("Esimene päev uues kohas"))


class StayForm(HousePage):
    """A form about one referral; with a person in the address only theirs is offered."""

    permission = "referrals.stay"
    offers: ClassVar[Any] = staticmethod(served_now)

    def referrals(self, **ids: Any) -> QuerySet[Referral]:
        desk = self.desk
        offered: QuerySet[Referral] = self.offers(desk.provider_id, desk.user, desk.day)
        if "person_id" not in ids:
            return offered
        person_id = ids["person_id"]
        theirs = changeable(desk.provider_id, desk.user, desk.day, person_id)
        if not theirs.exists():
            raise Referral.DoesNotExist
        narrow = theirs.filter(pk__in=offered.values("pk"))
        return narrow if narrow.exists() else theirs

    def initial(self, **ids: Any) -> dict[str, Any]:
        first = {"day": self.desk.day}
        if "person_id" in ids:
            first["referral"] = self.referrals(**ids).first()  # type: ignore[assignment]
        return first

    def act(self, form: forms.Form, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        data = form.cleaned_data
        recorded = self.do(data, why=data["why"], **self.who)
        return self.tell(self.done(data), recorded.cautions)

    def do(self, data: dict[str, Any], **who: Any) -> Recorded[Any]:
        """Do the action."""
        raise NotImplementedError

    def done(self, data: dict[str, Any]) -> str:
        """Say what was done."""
        raise NotImplementedError


class Agree(StayForm):
    """The start that person, provider and authority agreed on."""

    form_class = DayForm
    offers = staticmethod(awaited_now)
    title = gettext_lazy("Kokkulepitud algus")
    lead = gettext_lazy("Päev, mil inimene teenusele tuleb. Sellest algab tulemise aeg.")

    def do(self, data: dict[str, Any], **who: Any) -> Recorded[Any]:
        return agree_start(referral=data["referral"], day=data["day"], **who)

    def done(self, data: dict[str, Any]) -> str:
        person, day = data["referral"].person, show(data["day"])
        return _("{person}: algus {day} on kirjas.").format(person=person, day=day)


class Arrive(StayForm):
    """The day on which somebody came."""

    form_class = DayForm
    offers = staticmethod(awaited_now)
    title = gettext_lazy("Saabumine")
    lead = gettext_lazy("Päev, mil inimene päriselt kohale tuli.")

    def do(self, data: dict[str, Any], **who: Any) -> Recorded[Any]:
        return record_arrival(referral=data["referral"], day=data["day"], **who)

    def done(self, data: dict[str, Any]) -> str:
        person, day = data["referral"].person, show(data["day"])
        return _("{person} saabus {day}. Tere tulemast!").format(person=person, day=day)


class Leave(StayForm):
    """The last day of the service."""

    form_class = LeavingForm
    title = gettext_lazy("Lahkumine")
    lead = gettext_lazy("Teenuse viimane päev ja põhjus. Tulevase lõpu võib ette kirja panna.")

    def do(self, data: dict[str, Any], **who: Any) -> Recorded[Any]:
        end = End(data["day"], EndReason(data["reason"]), data["learned_on"])
        return end_stay(referral=data["referral"], end=end, **who)

    def done(self, data: dict[str, Any]) -> str:
        person, day = data["referral"].person, show(data["day"])
        return _("{person}: teenuse viimane päev on {day}.").format(person=person, day=day)


class MoveOn(StayForm):
    """Somebody lives or is served at another place from a day on."""

    form_class = MovingForm
    title = gettext_lazy("Kolimine teise kohta")

    def do(self, data: dict[str, Any], **who: Any) -> Recorded[Any]:
        moving = Moving(data["place"].pk, data["day"])
        return move(referral=data["referral"], moving=moving, **who)

    def done(self, data: dict[str, Any]) -> str:
        return _("{person} on alates {day} kohas {place}.").format(
            person=data["referral"].person, day=show(data["day"]), place=data["place"]
        )


class CorrectDayForm(DeskForm):
    """The right day, and why."""

    day = DayField(label=gettext_lazy("Õige päev"))
    why = text_field(gettext_lazy("Miks muudad?"), rows=2)


class CorrectEndForm(LeavingForm):
    """The right end, and why."""

    referral = None  # type: ignore[assignment]  # left out
    why = text_field(gettext_lazy("Miks muudad?"), rows=2)


class CorrectDay(RowPage):
    """Another day in the place of an agreed start, an arrival or an end."""

    permission = "referrals.stay"
    title = gettext_lazy("Paranda päeva")

    @property
    def form_class(self) -> type[forms.Form]:  # type: ignore[override]
        return CorrectEndForm if self.row.kind == StayKind.ENDED else CorrectDayForm

    def find(self, row_id: UUID) -> Any:
        desk = self.desk
        return stay_day_with_id(desk.provider_id, row_id, desk.user, desk.day)

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        row = self.row
        return {"day": row.day, "reason": row.reason, "learned_on": row.learned_on}

    def act(self, form: forms.Form, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        data = form.cleaned_data
        to: End | date = data["day"]
        if "reason" in data:
            to = End(data["day"], EndReason(data["reason"]), data["learned_on"])
        recorded = correct_stay_day(row=self.row, to=to, why=data["why"], **self.who)
        return self.tell(_("Päev on parandatud."), recorded.cautions)


class CancelDay(CancelPage):
    """An agreed start, an arrival or an end that does not hold."""

    permission = "referrals.stay"

    def find(self, row_id: UUID) -> Any:
        desk = self.desk
        return stay_day_with_id(desk.provider_id, row_id, desk.user, desk.day)

    def about(self) -> str:
        row = self.row
        return f"{row.referral.person}: {row.get_kind_display()} {show(row.day)}"

    def cancel(self, why: str) -> None:
        cancel_stay_day(row=self.row, why=why, **self.who)


class CancelMove(CancelPage):
    """A move that does not hold."""

    permission = "referrals.stay"

    def find(self, row_id: UUID) -> Any:
        desk = self.desk
        return move_with_id(desk.provider_id, row_id, desk.user, desk.day)

    def about(self) -> str:
        row = self.row
        return f"{row.referral.person}: {row.place}, {show(row.from_day)}"

    def cancel(self, why: str) -> None:
        cancel_move(row=self.row, why=why, **self.who)
