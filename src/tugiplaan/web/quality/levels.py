"""How a level and a kind of evidence are shown: with an icon and a word always."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tugiplaan.quality.catalogue import EvidenceKind
from tugiplaan.quality.queries import Level, Score
from tugiplaan.web.desk import Desk
from tugiplaan.web.links import address


class Chip(NamedTuple):
    """A level as it is shown: colour, icon, its letters and its word."""

    css: str
    icon: str
    letters: str
    word: str | Promise


_LOOKS = {
    Level.FULL: ("good", "circle-check", "A/F"),
    Level.PART: ("look", "circle-alert", "A/P"),
    Level.BEGUN: ("look", "play", "A/I"),
    Level.NOT: ("stop", "circle-x", "N/I"),
    Level.NONE: ("", "square", "N/A"),
}
EMPTY = Chip("", "circle-help", "–", _("hindamata"))


def chip_of(score: Score | None) -> Chip:
    """Give how a score is shown; of None that nobody has judged."""
    if score is None:
        return EMPTY
    known = Level(score.level)
    return Chip(*_LOOKS[known], known.label)


def level_choices() -> list[tuple[str, str]]:
    """Give the levels as a form offers them."""
    return [(level.value, f"{_LOOKS[level][2]} {level.label}") for level in Level]


def letters_of(level: Level | None) -> str:
    """Give the letters of a level for a table; empty: there is none."""
    return _LOOKS[level][2] if level else ""


class Seen(NamedTuple):
    """A number of records, told, and the page that shows them; empty: there is none."""

    told: str
    url_name: str


def seen(kind: EvidenceKind, count: int) -> Seen:
    """Tell how many records of a kind there were."""
    texts = {
        EvidenceKind.ISOLATIONS: ngettext("{n} eraldamine", "{n} eraldamist", count),
        EvidenceKind.INCIDENTS: ngettext("{n} juhtum", "{n} juhtumit", count),
        EvidenceKind.CONSENTS: ngettext("{n} nõusolek antud", "{n} nõusolekut antud", count),
        EvidenceKind.COMPLAINTS: ngettext("{n} kaebus", "{n} kaebust", count),
        EvidenceKind.PLANS: ngettext("{n} plaan kokku lepitud", "{n} plaani kokku lepitud", count),
        EvidenceKind.SATISFACTION: ngettext("{n} rahulolu vastus", "{n} rahulolu vastust", count),
        EvidenceKind.E_TRAINING: ngettext(
            "{n} töötaja läbinud e-koolituse", "{n} töötajat läbinud e-koolituse", count
        ),
    }
    return Seen(texts[kind].format(n=count), _PAGES.get(kind, ""))


_PAGES = {
    EvidenceKind.ISOLATIONS: "isolations",
    EvidenceKind.INCIDENTS: "incidents",
    EvidenceKind.CONSENTS: "people",
    EvidenceKind.COMPLAINTS: "quality_complaints",
    EvidenceKind.PLANS: "people",
    EvidenceKind.SATISFACTION: "people",
    EvidenceKind.E_TRAINING: "setup_staff",
}
_NEEDS = {
    "isolations": "delivery.record",
    "incidents": "delivery.record",
    "people": "people.read",
    "quality_complaints": "quality.complaints",
    "setup_staff": "providers.read",
}


def told_evidence(desk: Desk, counted: Iterable[tuple[EvidenceKind, int]]) -> list[tuple[str, str]]:
    """Tell numbers of records, each with the page behind it that the user may open, or none."""
    found = [seen(kind, count) for kind, count in counted]
    return [(told, _address(desk, url_name)) for told, url_name in found]


def _address(desk: Desk, url_name: str) -> str:
    is_open = url_name and desk.may(_NEEDS[url_name])
    return address(desk.provider_id, url_name) if is_open else ""
