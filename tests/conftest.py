"""What holds for all tests: how many examples hypothesis draws, the same ones every time."""

import os

import pytest
from hypothesis import settings

settings.register_profile("default", derandomize=True, max_examples=100, deadline=None)
settings.register_profile("soak", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need a database, so that they can be run alone on another one."""
    for item in items:
        if item.get_closest_marker("django_db") is not None:
            item.add_marker("db")
