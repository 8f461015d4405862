"""How many workers the law asks for beside those there are, and until when they must learn what."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tugiplaan.audit.language import language
from tugiplaan.insight.queries import HouseStaff, ServiceStaff, staff
from tugiplaan.providers.queries import WorkerState
from tugiplaan.rules.explanation import tell_step
from tugiplaan.rules.period import Month
from tugiplaan.rules.staffing.training import Course
from tugiplaan.web import telling
from tugiplaan.web.charts import Chart, Series, Words, bars
from tugiplaan.web.downloads import Cell, Column, Kind, Sheet, sheet
from tugiplaan.web.overview.room import HousePage, service_letters, service_name


class Learning(NamedTuple):
    """A course that a worker has not finished, and the services of the worker that need it."""

    worker: WorkerState
    course: Course
    services: tuple[str, ...]

    def is_overdue(self, day: date) -> bool:
        return self.course.due_on is not None and self.course.due_on < day


class Staff(HousePage):
    """Posts needed and held by service, and courses that are not finished."""

    template = "web/overview/page.html"

    def look(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        found = staff(day=self.desk.day, law=self.desk.law, **self.who)
        to_learn = list(unfinished(found.workers))
        return {
            "title": _("Töötajad ja kvalifikatsioon"),
            "answer": answer(found, self.desk.day),
            "chart": _chart(found, answer(found, self.desk.day)),
            "sheet": self._sheet(found),
            "more": _courses(to_learn) if to_learn and not self.file_form else None,
            "notes": [
                _(
                    "Norm on siin täistööajaga töökohtades. Kui seadus loeb teenusel töötajaid "
                    "vahetuses või öösel, on lahter tühi: mitut küsitakse, näitavad normid "
                    "päeviti."
                )
            ],
            "links": [(self.to("overview_staff_days"), _("Normid päeviti ja kohtade kaupa"))],
            "empty_title": _("Siia tulevad töötajad"),
            "empty_text": _("Lisa asutuse töötajad ja nende ametikohad, siis näed siin norme."),
        }

    def _sheet(self, found: HouseStaff) -> Sheet:
        month = Month.of(self.desk.day)
        names = {one.staff.pk: one.staff.name for one in found.workers}
        return sheet(
            _("Töötajad {day}").format(day=telling.day(self.desk.day)),
            [
                Column(_("Teenus")),
                Column(_("Inimesi teenusel"), Kind.NUMBER),
                Column(_("Vaja täistöökohti"), Kind.NUMBER),
                Column(_("Täidetud"), Kind.NUMBER),
                Column(_("Puudu"), Kind.NUMBER),
                Column(_("Töötajad")),
            ],
            [
                (
                    service_name(one.service),
                    Cell(
                        sum(one.persons.values()),
                        self.to(
                            "overview_occupancy",
                            service=one.service,
                            **{"from": month, "to": month},
                        ),
                    ),
                    one.full_time_need.needed if one.full_time_need else None,
                    one.full_time,
                    one.full_time_need.missing if one.full_time_need else None,
                    ", ".join(names[key] for key in one.workers if key in names),
                )
                for one in found.services
            ],
        )


def unfinished(workers: tuple[WorkerState, ...]) -> Iterator[Learning]:
    """Give the courses that are not finished, once each, the services that need them beside."""
    for worker in workers:
        wanted: dict[str, tuple[Course, list[str]]] = {}
        for service, state in worker.by_service.items():
            for course in state.courses:
                if course.missing_hours:
                    wanted.setdefault(course.course, (course, []))[1].append(
                        service_letters(service)
                    )
        for course, services in wanted.values():
            yield Learning(worker, course, tuple(services))


def answer(found: HouseStaff, day: date) -> str:
    """Say where workers are missing and who is late with learning."""
    short = [one for one in found.services if one.full_time_need and one.full_time_need.missing]
    late = {one.worker.staff.pk for one in unfinished(found.workers) if one.is_overdue(day)}
    parts = []
    if short:
        letters = ", ".join(service_letters(one.service) for one in short)
        parts.append(_("Töötajaid on normist vähem: {services}.").format(services=letters))
    else:
        parts.append(_("Täistöökohti on nii palju, kui norm küsib."))
    if late:
        parts.append(
            ngettext(
                "{n} töötajal on koolituse tähtaeg möödas.",
                "{n} töötajal on koolituse tähtaeg möödas.",
                len(late),
            ).format(n=len(late))
        )
    return " ".join(parts)


def _chart(found: HouseStaff, told: str) -> Chart | None:
    rows = [one for one in found.services if one.full_time_need]
    if not rows:
        return None

    def needed(one: ServiceStaff) -> Any:
        return one.full_time_need.needed if one.full_time_need else None

    series = [
        Series(_("vaja"), [needed(one) for one in rows]),
        Series(_("täidetud"), [one.full_time for one in rows]),
    ]
    words = Words(_("Täistöökohad teenuste kaupa"), told)
    return bars(words, [service_letters(one.service) for one in rows], series)


def _courses(to_learn: list[Learning]) -> Sheet:
    far = date.max
    return sheet(
        _("Lõpetamata koolitused"),
        [
            Column(_("Töötaja")),
            Column(_("Koolitus")),
            Column(_("Teenused")),
            Column(_("Tunde puudu"), Kind.NUMBER),
            Column(_("Tähtaeg"), Kind.DAY),
        ],
        [
            (
                one.worker.staff.name,
                tell_step(one.course.explanation[0], language()),
                ", ".join(one.services),
                one.course.missing_hours,
                one.course.due_on,
            )
            for one in sorted(to_learn, key=lambda row: row.course.due_on or far)
        ],
    )
