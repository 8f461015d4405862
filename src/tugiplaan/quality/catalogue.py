"""The themes and standards that a round goes through: numbers and labels of our own."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

import yaml

from tugiplaan.audit.language import language


class EvidenceKind(StrEnum):
    """Which live records speak of a standard."""

    ISOLATIONS = "isolations"
    INCIDENTS = "incidents"
    CONSENTS = "consents"
    COMPLAINTS = "complaints"
    PLANS = "plans"
    E_TRAINING = "e_training"
    SATISFACTION = "satisfaction"


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard: its number, what we call it, which records speak of it."""

    number: str
    labels: Mapping[str, str]
    evidence: tuple[EvidenceKind, ...]

    @property
    def label(self) -> str:
        return self.labels[language()]


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with its standards.

    Attributes:
        articles: The articles of the Convention on the Rights of Persons with Disabilities.
    """

    number: str
    articles: str
    labels: Mapping[str, str]
    standards: tuple[Standard, ...]

    @property
    def label(self) -> str:
        return self.labels[language()]


@cache
def themes() -> tuple[Theme, ...]:
    """Give the five themes with their standards, in order."""
    text = resources.files("tugiplaan.quality").joinpath("data/standards.yaml").read_text("utf-8")
    rows: list[dict[str, Any]] = yaml.safe_load(text)
    return tuple(
        Theme(
            number=row["number"],
            articles=row["articles"],
            labels=row["label"],
            standards=tuple(_standard(one) for one in row["standards"]),
        )
        for row in rows
    )


def _standard(row: Mapping[str, Any]) -> Standard:
    kinds = tuple(EvidenceKind(kind) for kind in row.get("evidence", ()))
    return Standard(number=row["number"], labels=row["label"], evidence=kinds)


@cache
def standards() -> dict[str, Standard]:
    """Give all standards by number, in order."""
    return {one.number: one for theme in themes() for one in theme.standards}


def theme_of(number: str) -> Theme:
    """Give the theme with a number, or that of a standard or criterion.

    Raises:
        KeyError: There is none.
    """
    return {theme.number: theme for theme in themes()}[number.partition(".")[0]]


def standard_of(criterion: str) -> str:
    """Give the number of the standard that a criterion x.y.z is of.

    >>> standard_of("1.2.3")
    '1.2'
    """
    return criterion.rpartition(".")[0]
