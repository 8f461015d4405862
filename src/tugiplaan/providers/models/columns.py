"""Choices and conditions of columns that hold a code of a closed list."""

from enum import StrEnum

from django.db.models import Q


def codes(allowed: type[StrEnum]) -> list[tuple[str, str]]:
    """Give the codes of a closed list as choices."""
    return [(code, code) for code in allowed]


def one_of(field: str, allowed: type[StrEnum]) -> Q:
    """Give the condition that a column holds one of the codes of a closed list."""
    return Q(**{f"{field}__in": [str(code) for code in allowed]})
