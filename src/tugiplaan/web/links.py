"""Addresses of other rooms' pages, for numbers that lead to the records behind them."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse


def address(provider_id: UUID, name: str, *ids: Any, **asked: Any) -> str:
    """Give the address of a page of a provider.

    Args:
        provider_id: Which provider.
        name: Name of the address.
        ids: What the address names.
        asked: What stands after the question mark; empty values are left out.

    """
    found = reverse(name, args=(provider_id, *ids))
    given = {key: value for key, value in asked.items() if value not in {None, ""}}
    return f"{found}?{urlencode(given)}" if given else found
