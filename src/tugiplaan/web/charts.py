"""Charts as drawings of plain shapes, each point a link to what it was counted from."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from tugiplaan.web import telling

type Number = int | Decimal | Fraction

# In the drawing's own units; at 390 pixels of a phone one is about 0.8 of a pixel.
_WIDTH = 440
_HEIGHT = 200
_TOP = 16
_FOOT = 24
_LEFT = 52
_RIGHT = 8
_BAR = 18
_BETWEEN = 12
_LABEL = 20
_SIDE = 96
_LETTER = 7
_FEW = 8
_STEPS = (1, 2, 5)
_KEYS = 4


@dataclass(frozen=True, slots=True)
class Series:
    """A row of values, one for each group.

    Attributes:
        values: None: there is no value, which is not 0.
        urls: Where each value leads; empty: nowhere.
    """

    name: str
    values: Sequence[Number | None]
    urls: Sequence[str] = ()

    def url(self, at: int) -> str:
        return self.urls[at] if at < len(self.urls) else ""


@dataclass(frozen=True, slots=True)
class Words:
    """What is said about a chart.

    Attributes:
        title: What it shows.
        told: What it tells, in a sentence, for who does not see it.
        show: Writes a value.
    """

    title: str
    told: str
    show: Callable[[Number], str] = telling.number


@dataclass(frozen=True, slots=True)
class Shape:
    """A rectangle, a line, a path, a circle or a text.

    Attributes:
        at: Attributes of the element.
        css: Its classes.
        text: What a text says; of other shapes what they tell on pointing.
        url: Where it leads.
    """

    tag: str
    at: dict[str, str]
    css: str = ""
    text: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing.

    Attributes:
        legend: Class and name of each series; empty where one series needs none.
    """

    words: Words
    width: int
    height: int
    shapes: tuple[Shape, ...]
    legend: tuple[tuple[str, str], ...] = ()

    @property
    def role(self) -> str:
        """A picture; a group where shapes are links, which a picture may not have in it."""
        return "group" if any(shape.url for shape in self.shapes) else "img"


@dataclass(slots=True)
class _Drawing:
    """A chart while it is drawn."""

    words: Words
    height: int = _HEIGHT
    shapes: list[Shape] = field(default_factory=list)

    def add(self, tag: str, at: dict[str, str], css: str, point: tuple[str, str]) -> None:
        """Add a shape; the point is what it tells on pointing and where it leads."""
        self.shapes.append(Shape(tag, at, css, *point))

    def label(self, x: float, y: float, text: str, anchor: str = "middle") -> None:
        self.add("text", {**_at(x=x, y=y), "text-anchor": anchor}, "", (text, ""))

    def grid(self, top: Number, base: float) -> None:
        """Draw the lines that a height is read by: none, half and all."""
        for part in (Fraction(0), Fraction(1, 2), Fraction(1)):
            y = base - float(part) * (base - _TOP)
            self.add("line", _at(x1=_LEFT, x2=_WIDTH - _RIGHT, y1=y, y2=y), "axis", ("", ""))
            self.label(_LEFT - 6, y + 4, _short(Fraction(top) * part), "end")

    def done(self, series: Sequence[Series], keys: str = "s") -> Chart:
        legend = tuple((_key(keys, at), one.name) for at, one in enumerate(series))
        return Chart(
            self.words,
            _WIDTH,
            self.height,
            tuple(self.shapes),
            legend if len(series) > 1 else (),
        )


def _at(**values: float) -> dict[str, str]:
    return {name: _written(value) for name, value in values.items()}


def _written(value: Any) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def _key(kind: str, at: int) -> str:
    return f"{kind}{at % _KEYS + 1}"


def _short(value: Fraction) -> str:
    """Write a number in few letters for the side of a chart."""
    if value >= 1_000_000:
        return _("{n} mln").format(n=telling.number(round(value / 1_000_000, 1)))
    if value >= 10_000:
        return _("{n} tuh").format(n=telling.number(round(value / 1000)))
    return telling.number(round(value, 1))


def _ceiling(values: Sequence[Number]) -> Fraction:
    """Give the round number above all values: 1, 2 or 5 with noughts.

    >>> _ceiling([37, 12]), _ceiling([]), _ceiling([1001])
    (Fraction(50, 1), Fraction(1, 1), Fraction(2000, 1))
    """
    most = max((Fraction(value) for value in values), default=Fraction(0))
    power = Fraction(1)
    while True:
        for step in _STEPS:
            if most <= step * power:
                return step * power
        power *= 10


def columns(
    words: Words, groups: Sequence[str], series: Sequence[Series], *, stacked: bool = False
) -> Chart:
    """Draw upright bars, as of months.

    Args:
        words: What is said about it.
        groups: Below each group of bars.
        series: One bar of each group each, of values not below 0; up to four.
        stacked: On top of one another rather than side by side.
    """
    drawing = _Drawing(words)
    base = _HEIGHT - _FOOT
    top = _ceiling(
        [_sum(series, at) for at in range(len(groups))]
        if stacked
        else [value for one in series for value in one.values if value is not None]
    )
    drawing.grid(top, base)
    step = (_WIDTH - _LEFT - _RIGHT) / max(len(groups), 1)
    inner = min(step * 0.76, 96.0)
    wide = inner if stacked else inner / max(len(series), 1)
    every = -(-len(groups) // _FEW)
    for at, group in enumerate(groups):
        left, foot = _LEFT + step * at + (step - inner) / 2, float(base)
        for number, one, value in _values(series, at):
            high = float(Fraction(value) / top) * (base - _TOP)
            x, y = (left, foot - high) if stacked else (left + wide * number, base - high)
            told = _point(group, one, words.show(value), series), one.url(at)
            box = _at(x=x, y=y, width=max(wide - 1, 1.0), height=high)
            drawing.add("rect", box, _key("s", number), told)
            foot = y
            if len(series) == 1 and len(groups) <= _FEW:
                drawing.label(x + wide / 2, y - 4, _short(Fraction(value)))
        if at % every == 0:
            drawing.label(left + inner / 2, base + 16, group)
    return drawing.done(series)


def bars(words: Words, groups: Sequence[str], series: Sequence[Series]) -> Chart:
    """Draw lying bars, each with its value at its end, as of services.

    Args:
        words: What is said about it.
        groups: Above each group of bars.
        series: One bar of each group each, of values not below 0; up to four.
    """
    high = _LABEL + _BAR * len(series) + _BETWEEN
    drawing = _Drawing(words, max(high * len(groups), _BAR))
    values = [Fraction(value) for one in series for value in one.values if value is not None]
    top = max([*values, Fraction(0)]) or Fraction(1)
    for at, group in enumerate(groups):
        y = high * at
        drawing.label(0, y + 14, _cut(group), "start")
        for number, one, value in _values(series, at):
            long = max(float(Fraction(value) / top) * (_WIDTH - _SIDE), 1.0)
            told = _point(group, one, words.show(value), series), one.url(at)
            top_of = y + _LABEL + _BAR * number
            box = _at(x=0, y=top_of, width=long, height=_BAR - 2)
            drawing.add("rect", box, _key("s", number), told)
            drawing.label(long + 6, top_of + 12, words.show(value), "start")
    return drawing.done(series)


def lines(words: Words, groups: Sequence[str], series: Sequence[Series]) -> Chart:
    """Draw lines, each with a pattern of its own and its name at its end.

    Args:
        words: What is said about it.
        groups: Below the points; where there are many, some of them.
        series: One line each, of values not below 0; up to three.
    """
    drawing = _Drawing(words)
    base = _HEIGHT - _FOOT
    top = _ceiling([value for one in series for value in one.values if value is not None])
    drawing.grid(top, base)
    step = (_WIDTH - _LEFT - _RIGHT) / max(len(groups), 1)
    for number, one in enumerate(series):
        points = [
            (at, _LEFT + step * (at + 0.5), base - float(Fraction(value) / top) * (base - _TOP))
            for at, value in enumerate(one.values)
            if value is not None
        ]
        for part in _runs(points):
            path = " L".join(f"{_written(x)} {_written(y)}" for _at, x, y in part)
            drawing.add("path", {"d": f"M{path}"}, _key("l", number), ("", ""))
        for at, x, y in points:
            value = one.values[at]
            told = _point(groups[at], one, words.show(value), series) if value is not None else ""
            drawing.add("circle", _at(cx=x, cy=y, r=2.5), _key("s", number), (told, one.url(at)))
    every = -(-len(groups) // _FEW)
    for at in range(0, len(groups), max(every, 1)):
        drawing.label(_LEFT + step * (at + 0.5), base + 16, groups[at])
    return drawing.done(series, "l")


def _values(series: Sequence[Series], at: int) -> Iterator[tuple[int, Series, Number]]:
    for number, one in enumerate(series):
        value = one.values[at]
        if value is not None:
            yield number, one, max(value, 0)


def _sum(series: Sequence[Series], at: int) -> Fraction:
    return sum((Fraction(value) for _n, _one, value in _values(series, at)), Fraction(0))


def _point(group: str, one: Series, value: str, series: Sequence[Series]) -> str:
    name = f"{group}, {one.name}" if len(series) > 1 else group
    return f"{name}: {value}"


def _runs(points: list[tuple[int, float, float]]) -> Iterator[list[tuple[int, float, float]]]:
    """Cut a line where a value is wanting."""
    run: list[tuple[int, float, float]] = []
    for point in points:
        if run and point[0] != run[-1][0] + 1:
            yield run
            run = []
        run.append(point)
    if run:
        yield run


def _cut(text: str) -> str:
    room = _WIDTH // _LETTER
    return text if len(text) <= room else f"{text[: room - 1]}…"
