"""Lists that come in pages; which one stays in the address."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PER_PAGE = 20


def paged(
    request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], per_page: int = PER_PAGE
) -> Page[Any]:
    """Give the page of a list that `?page=` names; the first or last where it names none."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))
