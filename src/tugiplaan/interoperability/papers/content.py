"""What a paper says, section by section: the same for the PDF, the DOCX and the page."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and what stands behind it; lines are parted by line breaks."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head.

    Attributes:
        widths: How wide the columns are beside one another, one number for each.
    """

    head: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a paper.

    Attributes:
        level: Of its heading: 2, or 3 for a part of the section before it.
    """

    heading: str
    paragraphs: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    table: Table | None = None
    level: int = 2


@dataclass(frozen=True, slots=True)
class Signature:
    """A line on which somebody signs."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Content:
    """What a paper says.

    Attributes:
        subtitle: The act and section that it rests on; may be empty.
        provider: Who made it.
        letterhead: What stands behind the provider's name.
        footer: What stands at the foot of each page.
        is_plain: For who reads slowly: larger letters, more room.
    """

    title: str
    subtitle: str
    language: str
    provider: str
    letterhead: tuple[str, ...]
    footer: str
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    signatures: tuple[Signature, ...] = ()
    is_plain: bool = False


def plain(values: Any) -> dict[str, Any]:
    """Give a frozen dataclass as plain values: text, numbers, lists, by name."""
    found: dict[str, Any] = _listed(asdict(values))
    return found


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _listed(one) for key, one in value.items()}
    return [_listed(one) for one in value] if isinstance(value, tuple | list) else value


def facts_of(*rows: tuple[str, str]) -> tuple[Fact, ...]:
    """Give facts; those without a text are left out."""
    return tuple(Fact(label, text) for label, text in rows if text)
