"""Workers: their positions, courses and qualifications, and what is missing."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from tugiplaan.accounts.queries import users_of
from tugiplaan.audit.language import language, show_day
from tugiplaan.providers.actions import (
    CourseData,
    Post,
    QualificationData,
    Worker,
    add_position,
    add_staff,
    complete_course,
    end_position,
    end_staff,
    record_course,
    record_qualification,
)
from tugiplaan.providers.agreements import CourseKind
from tugiplaan.providers.queries import (
    WorkerState,
    place_codes,
    places_of,
    staff_of,
    staff_states,
    supervisions_of,
    supervisors_on,
    trainee_of,
)
from tugiplaan.rules.explanation import tell_step
from tugiplaan.rules.legal import NotInForceError
from tugiplaan.rules.staffing import Course, Qualification
from tugiplaan.rules.vocabulary import Service
from tugiplaan.web.forms import DayField, Form, WhyForm
from tugiplaan.web.lists import paged
from tugiplaan.web.setup.places import holds
from tugiplaan.web.setup.shared import (
    CodeField,
    PickField,
    SettingForm,
    SettingPage,
    offer,
    text,
    word,
)
from tugiplaan.web.setup.trainees import standing


class Lack(NamedTuple):
    """What a worker's training lacks: how grave, in a word and in whole sentences."""

    grave: str
    short: str
    told: str


class StaffList(SettingPage):
    """Who works here today, with what their training lacks; on request all who ever did."""

    template = "web/setup/staff.html"

    def listed(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        provider_id, day = self.desk.provider_id, self.desk.day
        is_all = "all" in self.request.GET
        states = _states(provider_id, day)
        rows: Any = staff_of(provider_id) if is_all else [state.staff for state in states]
        page = paged(self.request, rows)
        known = {state.staff.pk: state for state in states}
        places = place_codes(provider_id)
        told = [(staff, *_told(known.get(staff.pk), places, day)) for staff in page]
        look = sum(bool(warnings(state, day)) for state in states)
        return {"page": page, "told": told, "is_all": is_all, "look": look}


def _states(provider_id: UUID, day: date) -> list[WorkerState]:
    try:
        return staff_states(provider_id, day)
    except NotInForceError:
        return []


def _told(
    state: WorkerState | None, places: dict[UUID, str], day: date
) -> tuple[list[str], list[Lack]]:
    if state is None:
        return [], []
    return [post_text(row, places) for row in state.positions], warnings(state, day)


def post_text(row: Any, places: dict[UUID, str]) -> str:
    """Tell a position: service, place."""
    return f"{word(Service(row.service))}, {places.get(row.place_id, '')}"


def warnings(state: WorkerState, day: date) -> list[Lack]:
    """Tell what a worker's training lacks for the posts held.

    Law: SHS § 86(1), R38 §§ 2–3; what is due when, `rules.staffing` says.
    """
    found = [one for training in state.by_service.values() for one in _lacks(training, day)]
    return list(dict.fromkeys(found))


def _lacks(training: Qualification, day: date) -> list[Lack]:
    if not training.may_begin:
        text_ = _t("Algkoolitus on läbimata: iseseisvalt veel alustada ei tohi.")
        return [Lack("stop", text_, text_)]
    return [_lack(course, day) for course in training.courses if course.missing_hours]


def _lack(course: Course, day: date) -> Lack:
    short = _t("Koolitusest puudu {hours} h").format(hours=course.missing_hours)
    if course.due_on:
        short = _t("{short}, tähtaeg {day}").format(short=short, day=show_day(course.due_on))
    told = " ".join(tell_step(step, language()) for step in course.explanation)
    return Lack("stop" if course.due_on and course.due_on < day else "look", short, told)


class StaffMember(SettingPage):
    """One worker: positions, courses and qualifications over time."""

    template = "web/setup/worker.html"

    def listed(self, **ids: Any) -> dict[str, Any]:
        provider_id, day = self.desk.provider_id, self.desk.day
        staff = staff_of(provider_id).get(pk=ids["staff_id"])
        places = place_codes(provider_id)
        state = {one.staff.pk: one for one in _states(provider_id, day)}.get(staff.pk)
        trainee = state and trainee_of(state, supervisors_on(provider_id, day).get(staff.pk))
        return {
            "staff": staff,
            "standing": standing(trainee) if trainee else "",
            "supervisions": [(row, holds(row, day)) for row in supervisions_of(staff)],
            "warnings": warnings(state, day) if state else [],
            "positions": [
                (row, post_text(row, places), holds(row, day)) for row in staff.positions.all()
            ][::-1],
            "courses": list(staff.courses.all())[::-1],
            "qualifications": [(row, holds(row, day)) for row in staff.qualifications.all()],
        }


class WorkerForm(Form):
    """Somebody who works here."""

    name = text(_("Nimi"))
    code = text(
        _("Lühikood"), most=64, hint=_("Selle koodiga seisab töötaja kirjetel ja failides.")
    )
    occupation = text(_("Amet"), required=False, most=100)
    valid_from = DayField(label=_("Tööl alates"))
    valid_to = DayField(label=_("Tööl kuni"), required=False, help_text=_("Tühi: edaspidi."))
    user = PickField(
        label=_("Kasutaja"),
        required=False,
        help_text=_("Kellena ta sisse logib, kui tal on juba kasutaja."),
    )


class AddStaff(SettingForm):
    """Add somebody who works here."""

    form_class = WorkerForm
    title = _("Lisa töötaja")
    done = _("Töötaja on lisatud. Lisa talle ametikoht ja koolitused.")
    back = "setup_staff"

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> forms.Form:
        form = super().form(data, files, **ids)
        users = users_of(self.desk.provider_id)
        offer(form, "user", ((one.pk, one.name) for one in users), none=_("ei logi sisse"))
        return form

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"valid_from": self.desk.day}

    def act(self, form: forms.Form, **ids: Any) -> str:  # noqa: ARG002
        told = dict(form.cleaned_data)
        worker = Worker(user_id=told.pop("user"), **told)
        staff = add_staff(
            provider_id=self.desk.provider_id, worker=worker, by=self.desk.user, on=self.desk.day
        )
        self.say(str(self.done))
        return self.url("setup_worker", staff.pk)


class _OfWorker(SettingForm):
    back = "setup_worker"

    def back_url(self, **ids: Any) -> str:
        return self.url(self.back, ids["staff_id"])

    def staff(self, **ids: Any) -> Any:
        """Give the worker of the address."""
        return staff_of(self.desk.provider_id).get(pk=ids["staff_id"])

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> forms.Form:
        self.staff(**ids)  # whoever does not work here has no form either
        return super().form(data, files, **ids)


class EndForm(WhyForm):
    """The last day, with a reason."""

    last_day = DayField(label=_("Viimane päev"))
    field_order = ("last_day", "why")


class EndStaff(_OfWorker):
    """Record that a worker leaves; positions end too."""

    form_class = EndForm
    title = _("Töötaja lahkub")
    intro = _("Sellega lõpevad ka ametikohad. Mis ta tegi, jääb alles.")
    button = _("Salvesta lõpp")

    def save(self, form: forms.Form, **ids: Any) -> None:
        told = form.cleaned_data
        staff = self.staff(**ids)
        end_staff(
            staff=staff,
            last_day=told["last_day"],
            why=told["why"],
            by=self.desk.user,
            on=self.desk.day,
        )


class PostForm(Form):
    """How much of a post, where, in which service."""

    place = PickField(label=_("Koht"))
    service = CodeField(Service, label=_("Teenus"))
    full_time_share = forms.DecimalField(
        label=_("Koormus"),
        max_digits=4,
        decimal_places=3,
        localize=True,
        help_text=_("Täiskoormus on 1."),
    )
    valid_from = DayField(label=_("Alates"))
    valid_to = DayField(label=_("Kuni"), required=False, help_text=_("Tühi: edaspidi."))


class AddPosition(_OfWorker):
    """Let a worker work in a service at a place."""

    form_class = PostForm
    title = _("Lisa ametikoht")
    done = _("Ametikoht on lisatud.")

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> forms.Form:
        form = super().form(data, files, **ids)
        offer(form, "place", ((one.pk, one.name) for one in places_of(self.desk.provider_id)))
        return form

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"full_time_share": 1, "valid_from": self.desk.day}

    def save(self, form: forms.Form, **ids: Any) -> None:
        told = dict(form.cleaned_data)
        post = Post(place_id=told.pop("place"), **told)
        add_position(staff=self.staff(**ids), post=post, by=self.desk.user, on=self.desk.day)


class LastDayForm(Form):
    """The last day."""

    last_day = DayField(label=_("Viimane päev"))


class EndPosition(_OfWorker):
    """Record that a position ends."""

    form_class = LastDayForm
    title = _("Lõpeta ametikoht")
    done = _("Ametikoha lõpp on salvestatud.")

    def save(self, form: forms.Form, **ids: Any) -> None:
        position = self.staff(**ids).positions.get(pk=ids["position_id"])
        end_position(
            position=position,
            last_day=form.cleaned_data["last_day"],
            by=self.desk.user,
            on=self.desk.day,
        )


class CourseForm(Form):
    """A course and how far it is."""

    kind = forms.ChoiceField(label=_("Koolitus"), choices=CourseKind.choices)
    title = text(_("Nimetus"), required=False)
    hours = forms.IntegerField(
        label=_("Akadeemilisi tunde"), min_value=1, max_value=9999, help_text=_("Nagu tunnistusel.")
    )
    started_on = DayField(label=_("Algas"))
    completed_on = DayField(label=_("Lõpetatud"), required=False, help_text=_("Tühi: pooleli."))
    certificate = text(_("Tunnistuse number"), required=False, most=100)


class AddCourse(_OfWorker):
    """Record that a worker began or passed a course."""

    form_class = CourseForm
    title = _("Lisa koolitus")
    intro = _("Tegevusjuhendaja koolitus: SHS § 86, määrus nr 38 § 2–3.")
    done = _("Koolitus on salvestatud.")

    def save(self, form: forms.Form, **ids: Any) -> None:
        data = CourseData(**form.cleaned_data)
        record_course(staff=self.staff(**ids), data=data, by=self.desk.user, on=self.desk.day)


class CompleteForm(Form):
    """The certificate of a course."""

    completed_on = DayField(label=_("Tunnistuse päev"))
    certificate = text(_("Tunnistuse number"), required=False, most=100)


class CompleteCourse(_OfWorker):
    """Record that a worker passed a course that was under way."""

    form_class = CompleteForm
    title = _("Koolitus sai läbi")
    done = _("Koolituse lõpp on salvestatud.")

    def save(self, form: forms.Form, **ids: Any) -> None:
        complete_course(
            course=self.staff(**ids).courses.get(pk=ids["course_id"]),
            **form.cleaned_data,
            by=self.desk.user,
            on=self.desk.day,
        )


class QualificationForm(Form):
    """A profession or schooling."""

    name = text(
        _("Kutse või haridus"),
        hint=_("Ainult need, mida määrus nr 38 § 2 koolituse asemel arvestab."),
    )
    valid_from = DayField(label=_("Kehtib alates"))
    valid_to = DayField(label=_("Kehtib kuni"), required=False, help_text=_("Tühi: tähtajatu."))
    document = text(_("Diplom või tunnistus"), required=False)


class AddQualification(_OfWorker):
    """Record a profession or schooling that counts instead of the course."""

    form_class = QualificationForm
    title = _("Lisa kvalifikatsioon")
    done = _("Kvalifikatsioon on salvestatud.")

    def save(self, form: forms.Form, **ids: Any) -> None:
        data = QualificationData(**form.cleaned_data)
        record_qualification(
            staff=self.staff(**ids), data=data, by=self.desk.user, on=self.desk.day
        )
