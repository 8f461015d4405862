"""One of a municipality's people: the package and what was delivered for it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.audit.language import language
from tugiplaan.insight.queries import FunderPerson, funder_person
from tugiplaan.rules.period import Month
from tugiplaan.rules.vocabulary import label
from tugiplaan.web import telling
from tugiplaan.web.charts import Chart, Series, Words, columns
from tugiplaan.web.downloads import Column, Kind, Sheet, sheet
from tugiplaan.web.funder.packages import is_over, notes, package_cells, package_columns
from tugiplaan.web.funder.room import FunderPage
from tugiplaan.web.overview.room import Choice, Filter, month_letters


class FunderPersonPage(FunderPage):
    """The packages of a person, the year by months, and the days of one month."""

    def look(self, **ids: Any) -> dict[str, Any]:
        month = self._month()
        found = funder_person(
            view=self.view_of_year,
            provider_id=self.desk.provider_id,
            person_id=ids["person_id"],
            period=month.period,
            on=self.desk.day,
        )
        return {
            "section": "funder",
            "title": found.person,
            "answer": self._answer(found, month),
            "up": "funder",
            "up_name": _("Paketid"),
            "filters": [self._month_filter(month)],
            "notices": [_("Pakett läheb samas tempos aasta lõpuks üle eelarve.")]
            if any(is_over(one) for one in found.packages)
            else [],
            "chart": self._chart(found),
            "sheet": self._days(found, month),
            "more": self._packages(found),
            "notes": notes(),
            "person_id": ids["person_id"],
        }

    def persons_read(self, shown: dict[str, Any]) -> Iterable[UUID]:
        return [shown["person_id"]]

    def _month(self) -> Month:
        now = Month.of(self.desk.day)
        try:
            asked = Month.parse(self.asked("month"))
        except ValueError:
            return now
        return asked if asked.year == now.year and asked <= now else now

    def _month_filter(self, chosen: Month) -> Filter:
        now = Month.of(self.desk.day)
        months = [Month(now.year, number) for number in range(1, now.month + 1)]
        return Filter(
            "month",
            _("Kuu"),
            tuple(Choice(str(one), telling.month(one.period), one == chosen) for one in months),
        )

    def _answer(self, found: FunderPerson, month: Month) -> str:
        minutes = sum(one.minutes * one.times for one in found.delivered)
        text = _("{month}: osutatud {time}.")
        return text.format(month=telling.month(month.period), time=telling.minutes(minutes))

    def _chart(self, found: FunderPerson) -> Chart:
        now = self.desk.day
        periods = [Month(now.year, number).period for number in range(1, now.month + 1)]
        codes = list(dict.fromkeys(one.component for one in found.packages))
        series = [
            Series(
                self.component_names.get(code, code),
                [found.minutes.get((code, period), 0) for period in periods],
                [f"?month={Month.of_period(period)}" for period in periods],
            )
            for code in codes
        ]
        words = Words(
            _("Osutatud aeg kuude kaupa, minutites"),
            _("Sel aastal kokku {time}.").format(
                time=telling.minutes(sum(one.delivered_minutes for one in found.packages))
            ),
            lambda value: telling.minutes(int(value)),
        )
        return columns(words, [month_letters(one) for one in periods], series, stacked=True)

    def _packages(self, found: FunderPerson) -> Sheet:
        return sheet(
            _("Pakett {year}").format(year=self.desk.day.year),
            [
                Column(_("Komponent")),
                *package_columns(),
                Column(_("Alates"), Kind.DAY),
                Column(_("Kuni"), Kind.DAY),
            ],
            [
                (
                    self.component_names.get(one.component, one.component),
                    *package_cells(one, ""),
                    *(one.first_day, one.last_day),
                )
                for one in found.packages
            ],
        )

    def _days(self, found: FunderPerson, month: Month) -> Sheet:
        return sheet(
            _("{person}, {month}").format(person=found.person, month=telling.month(month.period)),
            [
                Column(_("Päev"), Kind.DAY),
                Column(_("Komponent")),
                Column(_("Kuidas")),
                Column(_("Aeg"), Kind.TIME),
            ],
            [
                (
                    one.day,
                    self.component_names.get(one.component, one.component),
                    f"{label(one.mode, language())}, {label(one.audience, language())}",
                    one.minutes * one.times,
                )
                for one in found.delivered
            ],
        )
