"""What holds for all tests: how many examples hypothesis draws, and the database they share."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings
from pytest_django.plugin import DjangoDbBlocker

from tests.database import own_database

settings.register_profile("default", derandomize=True, max_examples=100, deadline=None)
settings.register_profile("soak", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need a database, so that they can be run alone on another one."""
    for item in items:
        if item.get_closest_marker("django_db") is not None:
            item.add_marker("db")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,  # noqa: ARG001 - it goes first
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """Stand in for pytest-django's own, which migrates anew for every worker."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if worker else folder
    with django_db_blocker.unblock(), own_database(shared, worker), django_db_blocker.block():
        yield
