"""What the tests of pages share: a fixed day, two providers and somebody logged in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cast import TODAY
from tugiplaan.accounts.access import User


@pytest.fixture(autouse=True)
def _fixed_day(settings: Any) -> None:
    settings.TODAY = TODAY
    settings.SECOND_STEP = False


@pytest.fixture
def enter() -> Callable[[User], Client]:
    """Give a browser in which a user is logged in."""

    def _enter(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return _enter
