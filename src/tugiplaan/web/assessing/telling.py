"""Assessments in words: answers by domain, then and now, how it went."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tugiplaan.assessments.queries import Answer, Comparison, Trend, View
from tugiplaan.audit.language import language
from tugiplaan.rules.scoring import AnswerChange, Compared, Domain, Instrument, Item, ScaleKind
from tugiplaan.web import charts
from tugiplaan.web.telling import day as show_day

_LOOKS = {AnswerChange.BETTER: "good", AnswerChange.WORSE: "look"}
_ICONS = {
    AnswerChange.BETTER: "trending-up",
    AnswerChange.WORSE: "triangle-alert",
    AnswerChange.SAME: "check",
}


@dataclass(frozen=True, slots=True)
class RowTold:
    """One question in one view, then and now, in words.

    Attributes:
        look: Class of the chip that says how it changed.
    """

    text: str
    view: str
    then: str
    now: str
    change: str
    look: str
    icon: str


@dataclass(frozen=True, slots=True)
class DomainTold:
    """A domain, then and now.

    Attributes:
        needs: How many questions see a need now, in the specialist's view.
        before: How many did then.
        changed: How many answers became better or worse.
    """

    code: str
    label: str
    rows: tuple[RowTold, ...]
    needs: int
    before: int
    changed: int


def domains_told(found: Comparison) -> list[DomainTold]:
    """Tell what is worth a look then or now, by domain; a domain without it is left out."""
    told = []
    for domain, rows in found.domains:
        answered = [row for row in rows if _is_told(row)]
        if answered:
            label = domain.label(language()) if domain else ""
            label = label or _("Küsimused, mida enam ei küsita")
            told.append(
                DomainTold(
                    code=domain.code if domain else "",
                    label=label,
                    rows=tuple(_row(row) for row in answered),
                    needs=_count(answered, is_now=True),
                    before=_count(answered, is_now=False),
                    changed=sum(row.change in _LOOKS for row in answered),
                )
            )
    return told


def _is_told(row: Compared) -> bool:
    """Leave out what says nothing: no need and no help then or now, and yes or no as before."""
    if row.item.scale.kind in {ScaleKind.NEED, ScaleKind.ENVIRONMENT}:
        return any(row.item.scale.degree(value) for value in (row.then, row.now))
    is_as_before = row.item.scale.kind is ScaleKind.CHOICE and row.change is AnswerChange.SAME
    return bool(row.then or row.now) and not is_as_before


def _count(rows: Iterable[Compared], *, is_now: bool) -> int:
    """Count the questions, not their degrees, in which the specialist sees a need."""
    return sum(
        row.item.is_need(row.now if is_now else row.then)
        for row in rows
        if row.view == View.SPECIALIST
    )


def _row(row: Compared) -> RowTold:
    spoken, changed = language(), row.change
    return RowTold(
        text=row.item.label(spoken) or row.item.code,
        view=str(View(row.view).label),
        then=row.item.told(row.then, spoken) if row.then else "",
        now=row.item.told(row.now, spoken) if row.now else "",
        change=changed.label(spoken),
        look=_LOOKS.get(changed, ""),
        icon=_ICONS.get(changed, "info"),
    )


def then_and_now(found: Comparison, domains: list[DomainTold]) -> charts.Chart | None:
    """Draw in how many questions of each domain a need is seen, then and now."""
    seen = [one for one in domains if one.needs or one.before]
    if not seen:
        return None
    series = [charts.Series(show_day(found.now.assessed_on), [one.needs for one in seen])]
    if found.then:
        before = [one.before for one in seen]
        series.insert(0, charts.Series(show_day(found.then.assessed_on), before))
    told = [
        ngettext("{label}: vajadus {n} küsimuses.", "{label}: vajadus {n} küsimuses.", one.needs)
        .format(label=one.label, n=one.needs)
        for one in seen
    ]  # fmt: skip
    title = _("Mitmes küsimuses näeb spetsialist vajadust")
    return charts.bars(charts.Words(title, " ".join(told)), [one.label for one in seen], series)


@dataclass(frozen=True, slots=True)
class AnswerTold:
    """One question with the answers of each view.

    Attributes:
        answers: In the order of the views, each with the view's name: the row that holds and
            its value in words; None: there is none.
    """

    text: str
    answers: tuple[tuple[str, Answer | None, str], ...]


def answers_told(
    instrument: Instrument, held: dict[View, list[Answer]]
) -> list[tuple[str, list[AnswerTold]]]:
    """Tell the answers of one assessment by domain, in the words of its own version."""
    by_item = {view: {row.item: row for row in rows} for view, rows in held.items()}
    closed = _closed(instrument, held)
    told = []
    for domain in instrument.domains:
        rows = [
            AnswerTold(
                item.label(language()) or item.code,
                tuple(
                    _with_words(item, view, of_view.get(item.code))
                    for view, of_view in by_item.items()
                ),
            )
            for item in items_of(domain)
            if any(item.code in of_view for of_view in by_item.values()) and item.code not in closed
        ]
        if rows:
            told.append((domain.label(language()) or _("Küsimused"), rows))
    return told


def items_of(domain: Domain) -> list[Item]:
    """Give the questions of a domain, each main question before its own."""
    found: list[Item] = []
    for part in domain.parts:
        found += [*([part.gate.item] if part.gate else []), *part.items]
    return found


def _with_words(item: Item, view: View, row: Answer | None) -> tuple[str, Answer | None, str]:
    words = item.told(row.value, language()) if row and row.value else ""
    return str(view.label), row, words


def _closed(instrument: Instrument, held: dict[View, list[Answer]]) -> set[str]:
    """Give the questions that the main question answers in every view: it says it all."""
    said = [{row.item: row.value for row in rows} for rows in held.values()]
    return {
        item.code
        for part in instrument.parts
        if part.gate and not any(part.is_open(values) for values in said)
        if any(part.gate.item.code in values for values in said)
        for item in part.items
    }


@dataclass(frozen=True, slots=True)
class Line:
    """One question in one view over all assessments: each day with the value in words."""

    text: str
    view: str
    values: tuple[tuple[date, str], ...]


def lines_told(trend: Trend, domain: Domain) -> list[Line]:
    """Tell the answers of a domain over time; questions never answered are left out."""
    found = [
        Line(item.label(language()) or item.code, str(view.label), _values(trend, item, view))
        for item in items_of(domain)
        for view in View
    ]
    return [line for line in found if any(value for _day, value in line.values)]


def _values(trend: Trend, item: Item, view: View) -> tuple[tuple[date, str], ...]:
    found = [
        (one.assessed_on, trend.said[one.pk].get(view.value, {}).get(item.code, ""))
        for one in trend.assessments
    ]
    return tuple((day, item.told(value, language()) if value else "") for day, value in found)


def over_time(trend: Trend, domain: Domain) -> charts.Chart | None:
    """Draw in how many questions of a domain each view saw a need, from time to time."""
    series = []
    for view in View:
        said = [trend.said[one.pk].get(view.value, {}) for one in trend.assessments]
        counts = [
            sum(item.is_need(values.get(item.code, "")) for item in items_of(domain))
            if values
            else None
            for values in said
        ]
        if any(counts):
            series.append(charts.Series(str(view.label), counts))
    if not series or len(trend.assessments) < 2:
        return None
    days = [show_day(one.assessed_on) for one in trend.assessments]
    title = _("Mitmes küsimuses nähti vajadust")
    told = _("{domain}: esimesest hindamisest ({first}) viimaseni ({last}).").format(
        domain=domain.label(language()), first=days[0], last=days[-1]
    )
    return charts.lines(charts.Words(title, told), days, series)
