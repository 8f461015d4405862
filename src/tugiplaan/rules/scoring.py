"""What an instrument asks and what its answers tell: gates, needs, then and now; never a sum."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from tugiplaan.rules.vocabulary import label

type Labels = Mapping[str, str]
"""A text by language."""
type Said = Mapping[str, str]
"""The value that was answered in one view, by the code of the question."""

YES, NO = "yes", "no"


def in_words(labels: Labels, language: str) -> str:
    """Give a text in a language; where it has none, in the first that it has; empty: none."""
    return labels.get(language) or next(iter(labels.values()), "")


class ScaleKind(StrEnum):
    """What the values of a scale are."""

    NEED = "need"
    ENVIRONMENT = "environment"
    CHOICE = "choice"
    TICK = "tick"
    STAGE = "stage"
    RATING = "rating"
    TEXT = "text"


class AnswerChange(StrEnum):
    """What an answer is beside the one before it."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    NEW = "new"
    GONE = "gone"
    OTHER = "other"

    def label(self, language: str) -> str:
        """Name it.

        >>> AnswerChange.BETTER.label("et")
        'parem'
        """
        return label(self, language)


_LOWER_IS_BETTER = frozenset({ScaleKind.NEED})
_HIGHER_IS_BETTER = frozenset({ScaleKind.ENVIRONMENT, ScaleKind.RATING})
_SAYS_NO_MORE_OR_LESS = frozenset({"8", "9"})


@dataclass(frozen=True, slots=True)
class Scale:
    """The values that an answer may have.

    Attributes:
        values: Its values in order, each with its text by language.
        asks_comment: An answer that tells of a need, a help or a barrier is to be explained.
    """

    kind: ScaleKind
    values: Mapping[str, Labels]
    asks_comment: bool = False

    def degree(self, value: str) -> int | None:
        """Give how much a value is; None: it tells neither more nor less (8, 9, yes, a text).

        >>> scale = Scale(ScaleKind.NEED, {"0": {}, "4": {}, "9": {}})
        >>> scale.degree("4"), scale.degree("9"), scale.degree("")
        (4, None, None)
        """
        is_rated = self.kind in _LOWER_IS_BETTER | _HIGHER_IS_BETTER
        is_silent = value in _SAYS_NO_MORE_OR_LESS and self.kind is not ScaleKind.RATING
        is_number = value in self.values and value.removeprefix("-").isdecimal()
        return int(value) if is_rated and is_number and not is_silent else None

    def told(self, value: str, language: str) -> str:
        """Give a value in words; a value that is not of the scale stands as it is."""
        return in_words(self.values.get(value, {}), language) or value


@dataclass(frozen=True, slots=True)
class Item:
    """One question.

    Attributes:
        code: Its link id: unique among all instruments and for ever, so that an answer keeps
            its question wherever it travels.
        labels: What it asks, in short words of our own, by language.
        scale: What may be answered.
        views: In whose view it is asked: specialist, person, relative.
        domain: Code of its life domain; empty: none.
        icf: Its code in the ICF; empty: none.
        note: What is to be known about it, by language.
    """

    code: str
    labels: Labels
    scale: Scale
    views: tuple[str, ...]
    domain: str = ""
    icf: str = ""
    note: Labels = field(default_factory=dict)

    def label(self, language: str) -> str:
        return in_words(self.labels, language)

    def told(self, value: str, language: str) -> str:
        """Give one of its values in words."""
        return self.scale.told(value, language)

    def is_need(self, value: str) -> bool:
        """Say whether a value tells of a problem of the person: any qualifier above 0.

        Law: HIND (SHS § 70(2)); the result lists domains, never a sum.
        """
        return self.scale.kind is ScaleKind.NEED and (self.scale.degree(value) or 0) > 0

    def is_barrier(self, value: str) -> bool:
        """Say whether a value tells of surroundings that hinder."""
        return self.scale.kind is ScaleKind.ENVIRONMENT and (self.scale.degree(value) or 0) < 0

    def wants_comment(self, value: str) -> bool:
        """Say whether a value should be explained: whatever is not 0, where the scale asks it."""
        return self.scale.asks_comment and bool(self.scale.degree(value))


@dataclass(frozen=True, slots=True)
class Gate:
    """A yes-or-no question before the others of its part.

    Attributes:
        item: The question.
        opens: The answer that opens the others; the other one leaves them closed.
        sets: What they are set to where they stay closed; empty: they are not asked at all.
    """

    item: Item
    opens: str
    sets: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Questions that stand together."""

    code: str
    labels: Labels
    items: tuple[Item, ...]
    gate: Gate | None = None

    def label(self, language: str) -> str:
        return in_words(self.labels, language)

    def asked(self, view: str) -> tuple[Item, ...]:
        """Give the questions of a view, the gate not among them."""
        return tuple(item for item in self.items if view in item.views)

    def is_open(self, said: Said) -> bool:
        """Say whether its questions may be answered; with an unanswered gate they may not.

        Law: HIND (SHS § 70(2)): "yes" to the main question is independence; of occupation the
        other way round.
        """
        return self.gate is None or said.get(self.gate.item.code) == self.gate.opens


@dataclass(frozen=True, slots=True)
class Domain:
    """A life domain with its parts."""

    code: str
    labels: Labels
    parts: tuple[Part, ...]

    def label(self, language: str) -> str:
        return in_words(self.labels, language)


@dataclass(frozen=True)
class Instrument:
    """The content of a version of an instrument."""

    domains: tuple[Domain, ...]
    title: Labels = field(default_factory=dict)

    @property
    def parts(self) -> Iterator[Part]:
        for domain in self.domains:
            yield from domain.parts

    @cached_property
    def items(self) -> dict[str, Item]:
        """All questions in order by code, each gate before what it opens."""
        found: dict[str, Item] = {}
        for part in self.parts:
            gate = [part.gate.item] if part.gate else []
            found |= {item.code: item for item in (*gate, *part.items)}
        return found

    @cached_property
    def views(self) -> tuple[str, ...]:
        """The views in which anything is asked, in the order in which they come."""
        return tuple(dict.fromkeys(view for item in self.items.values() for view in item.views))


def settled(instrument: Instrument, view: str, said: Said) -> dict[str, str]:
    """Give what the gates answer in the place of the person who asks.

    Args:
        instrument: What is asked.
        view: In whose view.
        said: What was answered in it.

    Returns:
        The set value of each closed question of a gate that was answered; empty: none.

    Law: HIND (SHS § 70(2)): an independent person's items of the part are all 0.
    """
    return {
        item.code: part.gate.sets
        for part in instrument.parts
        if part.gate and part.gate.sets and part.gate.item.code in said and not part.is_open(said)
        for item in part.asked(view)
        if part.gate.sets in item.scale.values
    }


def shut(instrument: Instrument, said: Said) -> dict[str, Gate]:
    """Give the questions that were answered although their gate is closed, with the gate.

    An answer that says what the gate sets anyway is none of them; and a gate that was not
    answered says nothing.
    """
    return {
        item.code: part.gate
        for part in instrument.parts
        if part.gate and part.gate.item.code in said and not part.is_open(said)
        for item in part.items
        if said.get(item.code, part.gate.sets) != part.gate.sets
    }


_MAY_BE_EMPTY = frozenset({ScaleKind.TICK, ScaleKind.TEXT})


def unanswered(domain: Domain, view: str, said: Said) -> list[Item]:
    """Give the questions of a domain that are open in a view and have no answer, in order.

    Tick boxes and free texts may stay empty.
    """
    found: list[Item] = []
    for part in domain.parts:
        gate = [part.gate.item] if part.gate and view in part.gate.item.views else []
        asked = [*gate, *(part.asked(view) if part.is_open(said) else ())]
        found += [
            item for item in asked if item.code not in said and item.scale.kind not in _MAY_BE_EMPTY
        ]
    return found


def uncommented(instrument: Instrument, said: Said, explained: Collection[str]) -> list[Item]:
    """Give the questions whose answer should have a comment and has none.

    Args:
        instrument: What is asked.
        said: What was answered in one view.
        explained: Codes of the questions with a comment.

    Law: HIND (SHS § 70(2)): a qualifier above 0 is explained. It is expected and not demanded.
    """
    return [
        item
        for code, item in instrument.items.items()
        if code not in explained and item.wants_comment(said.get(code, ""))
    ]


def needs(domain: Domain, said: Mapping[str, Said]) -> list[Item]:
    """Give the questions of a domain in which any view sees a need, in order.

    Args:
        domain: Of which domain.
        said: What was answered, by view.

    Returns:
        Questions with a qualifier above 0, 8 and 9 not counting. Which help follows is for a
        person to decide: nothing is summed.

    Law: HIND (SHS § 70(2)).
    """
    return [
        item
        for part in domain.parts
        for item in part.items
        if any(item.is_need(of_view.get(item.code, "")) for of_view in said.values())
    ]


def change(item: Item, then: str, now: str) -> AnswerChange:
    """Say what an answer is beside the one before it.

    Args:
        item: The question.
        then: The answer before; empty: none.
        now: The answer now; empty: none.

    Returns:
        Better and worse only where both answers are degrees of one scale: of a need less is
        better, of surroundings and satisfaction more. Stages are never judged.

    >>> need = Scale(ScaleKind.NEED, {str(degree): {} for degree in (*range(5), 8, 9)})
    >>> item = Item("d350", {}, need, ("person",))
    >>> [change(item, *pair).value for pair in (("3", "1"), ("0", "4"), ("8", "2"), ("", "2"))]
    ['better', 'worse', 'other', 'new']
    """
    if then == now:
        return AnswerChange.SAME
    if not then or not now:
        return AnswerChange.GONE if then else AnswerChange.NEW
    before, after = item.scale.degree(then), item.scale.degree(now)
    if before is None or after is None:
        return AnswerChange.OTHER
    is_less = after < before
    is_better = is_less == (item.scale.kind in _LOWER_IS_BETTER)
    return AnswerChange.BETTER if is_better else AnswerChange.WORSE


@dataclass(frozen=True, slots=True)
class Compared:
    """One question in one view, then and now; empty: not answered."""

    item: Item
    view: str
    then: str
    now: str

    @property
    def change(self) -> AnswerChange:
        return change(self.item, self.then, self.now)


def compare(
    instruments: tuple[Instrument | None, Instrument],
    said: tuple[Mapping[str, Said], Mapping[str, Said]],
    views: Collection[str],
) -> Iterator[Compared]:
    """Lay two assessments beside one another, question by question and view by view.

    Args:
        instruments: The version of then and of now; None: there is no then.
        said: What was answered then and now, by view.
        views: All views in the order in which they are shown.

    Yields:
        Every question that is asked in a view by either version, in the order of the later
        one; questions that only the earlier one had come last.
    """
    old, new = instruments
    items = [new.items, old.items if old else {}]
    for code in dict.fromkeys([*items[0], *items[1]]):
        held = [of_version[code] for of_version in items if code in of_version]
        for view in views:
            if any(view in item.views for item in held):
                then, now = (of_time.get(view, {}).get(code, "") for of_time in said)
                yield Compared(held[0], view, then, now)
