"""Network work: the kinds of work that secure a plan's delivery, and the fields of a network."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tugiplaan.rules.tables import load


@dataclass(frozen=True, slots=True)
class WorkKind:
    """A kind of network work.

    Attributes:
        group: coordination, network or linking.
        needs_whom: It is with somebody, who must be named.
    """

    code: str
    group: str
    labels: Mapping[str, str]
    hints: Mapping[str, str]
    needs_whom: bool


@cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = load("network_work")
    return found


@cache
def work_kinds() -> dict[str, WorkKind]:
    """Give the kinds of network work by code, in their order.

    Law: no law; the description of the component, points 1–3.

    >>> [kind.code for kind in work_kinds().values() if kind.needs_whom]
    ['network', 'community']
    """
    return {
        code: WorkKind(
            code, row["group"], row["label"], row["hint"], needs_whom=row.get("needs_whom", False)
        )
        for code, row in _data()["kinds"].items()
    }


@cache
def network_fields() -> dict[str, Mapping[str, str]]:
    """Give the fields in which members of a network are, with their labels by language."""
    found: dict[str, Mapping[str, str]] = _data()["fields"]
    return found


def group_label(code: str, language: str) -> str:
    """Name a group of kinds.

    >>> group_label("linking", "en")
    'counselling and linking'
    """
    return str(_data()["groups"][code][language])


@cache
def consultation_components() -> frozenset[str]:
    """Give the codes by which price lists call the consultation of an outside specialist.

    Law: no law; the description of the component.
    """
    return frozenset(_data()["consultation_components"])
